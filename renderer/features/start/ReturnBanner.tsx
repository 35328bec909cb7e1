import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReturnableMeeting } from '../../../common/meeting/sessionState';
import { useBridge, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** The meeting one was in when the app ended without leaving it. */
export function ReturnBanner() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [meeting, setMeeting] = useState<ReturnableMeeting | null>(null);

  useEffect(() => {
    let stopped = false;
    void bridge['session.returnable']().then((result) => {
      if (!stopped && result.ok) setMeeting(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge]);

  if (meeting === null) return null;
  const { title, role } = meeting;
  return (
    <Banner
      role="region"
      tone="warning"
      title={t('start.returnTitle', { title })}
      actions={
        <>
          <Button
            onPress={() => {
              setMeeting(null);
              void run(bridge['session.stayAway']());
            }}
          >
            {t('start.returnNot')}
          </Button>
          <Button look="primary" onPress={() => void run(bridge['session.comeBack']())}>
            {role === 'host' ? t('start.returnAsHost') : t('start.return')}
          </Button>
        </>
      }
    >
      <p>{role === 'host' ? t('start.returnHostText') : t('start.returnText')}</p>
    </Banner>
  );
}
