import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RegisteredAnswer } from '../../../common/meeting/registration';
import type { Invitation } from '../../../common/meeting/sessionState';
import { useBridge, useRun, useVault } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { RegistrationAnswers } from '../registration/RegistrationAnswers';
import { StatusScreen } from './StatusScreen';

export interface WaitingScreenProps {
  readonly invitation: Invitation;
  readonly name: string;
  /** What oneself filled in for the host. */
  readonly told: readonly RegisteredAnswer[];
}

export function WaitingScreen({ invitation, name, told }: WaitingScreenProps) {
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
      {told.length > 0 && (
        <section className="seen-by-host" aria-labelledby="told-host">
          <p id="told-host" className="small">
            {t('registration.givenOnly', { name: invitation.hostName })}
          </p>
          <div className="seen-card">
            <RegistrationAnswers answers={told} label={t('registration.given', { name: invitation.hostName })} />
          </div>
        </section>
      )}
    </StatusScreen>
  );
}
