import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useClock } from '../../app/useClock';
import { useScreenFocus } from '../../app/useScreenFocus';
import { formatClock } from '../../i18n/format';
import { Logo } from '../../ui/Logo';
import { EncryptionState } from './EncryptionState';

/** What the room is called, how long it has been open, and that its door is shut. */
export function RoomTop({ meeting, onConnection }: { meeting: MeetingState; onConnection: () => void }) {
  const { t } = useTranslation();
  const now = useClock(1_000);
  const heading = useScreenFocus();
  return (
    <header className="room-top">
      <Logo size={22} />
      <h1 ref={heading} tabIndex={-1}>
        {meeting.title}
      </h1>
      <span className="room-time times" aria-label={t('room.elapsed')} role="timer">
        {formatClock(now - meeting.startedAt)}
      </span>
      <span className="room-top-space" />
      {meeting.locked && (
        <span className="room-locked">
          <Lock size={15} strokeWidth={2.2} aria-hidden />
          {t('room.locked')}
        </span>
      )}
      <EncryptionState meeting={meeting} onConnection={onConnection} />
    </header>
  );
}
