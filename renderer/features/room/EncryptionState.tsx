import { LockKeyhole, Network, ShieldAlert, ShieldCheck } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useMedia } from '../../app/AppContext';
import { useAnnounceChange } from '../../app/useAnnounceChange';
import { Button as PlainButton } from '../../ui/Button';
import { Disclosure } from '../../ui/Disclosure';
import { TrustMark } from '../verification/TrustMark';
import { encryptionPhase, type EncryptionPhase } from './encryption';

const words = {
  alone: 'room.encryptionAlone',
  securing: 'room.encryptionSecuring',
  insecure: 'verification.stateInsecure',
  warning: 'verification.stateWarning',
  verified: 'verification.stateVerified',
  encrypted: 'room.encryptionOn',
} as const satisfies Record<EncryptionPhase, string>;

const connectionWords = {
  connecting: 'room.connecting',
  connected: 'room.connectionOn',
  reconnecting: 'room.reconnecting',
  failed: 'room.connectionFailed',
} as const;

/** Always in sight (R19): the lock with its words. A change is said aloud. */
export function EncryptionState({ meeting, onConnection }: { meeting: MeetingState; onConnection: () => void }) {
  const { t } = useTranslation();
  const remote = useMedia((state) => state.remote);
  const others = meeting.participants.filter(({ id }) => id !== meeting.selfId);
  const phase = encryptionPhase(
    others.map(({ id }) => id),
    remote,
    meeting.trust,
  );
  const Icon =
    phase === 'insecure' || phase === 'warning' ? ShieldAlert : phase === 'verified' ? ShieldCheck : LockKeyhole;
  useAnnounceChange(t(words[phase]));

  return (
    <DialogTrigger>
      <Button className={`lock-state encryption encryption-${phase}`} data-testid="encryption">
        <Icon size={16} strokeWidth={2.2} aria-hidden />
        {t(words[phase])}
      </Button>
      <Popover className="popover" placement="bottom end" offset={8}>
        <Dialog className="lock-popover">
          <Heading slot="title" level={2}>
            {t('room.encryptionTitle')}
          </Heading>
          <p>{t('room.encryptionText')}</p>
          {others.length > 0 && (
            <ul className="connection-list">
              {others.map(({ id, name }) => (
                <li key={id}>
                  <span>{name}</span>
                  <span>
                    {t(connectionWords[remote[id]?.connection ?? 'connecting'])}
                    {' · '}
                    <TrustMark participantId={id} withWords />
                  </span>
                </li>
              ))}
            </ul>
          )}
          {phase === 'encrypted' && <p>{t('verification.popoverUnverified')}</p>}
          <Disclosure label={t('room.encryptionMore')}>
            <p>{t('room.encryptionTechnical')}</p>
          </Disclosure>
          <PlainButton slot="close" icon={Network} onPress={onConnection}>
            {t('contacts.showConnection')}
          </PlainButton>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
