import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainCheck } from '../../../common/consent/chainCheck';
import { useBridge, useNavigation } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** The check at the opening of the vault found something. Nothing is shown while all is well. */
export function ChainAlarm() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const go = useNavigation((state) => state.go);
  const [check, setCheck] = useState<ChainCheck | null>(null);

  useEffect(() => {
    let stopped = false;
    void bridge['receipts.lastCheck']().then((result) => {
      if (!stopped && result.ok) setCheck(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge]);

  if (check === null || (check.readable && check.troubles.length === 0)) return null;
  return (
    <Banner
      tone="danger"
      role="region"
      title={t('consents.chainAlarm')}
      actions={<Button onPress={() => go({ page: 'consents' })}>{t('consents.chainLook')}</Button>}
    >
      {t('consents.chainAlarmText')}
    </Banner>
  );
}
