import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../common/meeting/sessionState';
import { useBridge, useRun, useVault } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { StatusScreen } from './StatusScreen';

export function WaitingScreen({ invitation, name }: { invitation: Invitation; name: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const ownKey = useVault(({ profile }) => profile?.identityKey ?? name);
  return (
    <StatusScreen
      busy
      icon={DoorClosed}
      title={t('join.waitingTitle')}
      actions={<Button onPress={() => void run(bridge['session.leave']())}>{t('join.stopWaiting')}</Button>}
    >
      <p>{t('join.waitingText', { host: invitation.hostName })}</p>
      <section className="seen-by-host" aria-label={t('join.seenByHost', { host: invitation.hostName })}>
        <p className="small">{t('join.seenByHost', { host: invitation.hostName })}</p>
        <div className="seen-card">
          <Avatar id={ownKey} name={name} size={40} />
          <div>
            <strong>{name}</strong>
            <span>{t('join.seenKnocks')}</span>
          </div>
        </div>
        <p className="small">{t('join.seenNothingElse')}</p>
      </section>
    </StatusScreen>
  );
}
