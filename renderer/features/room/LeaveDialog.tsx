import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useRecording, useRun } from '../../app/AppContext';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { LeaveAsHost } from './LeaveAsHost';

export function LeaveDialog({
  meeting,
  isOpen,
  onClose,
}: {
  meeting: MeetingState;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const recording = useRecording((state) => state.recording !== null);
  const isHost = meeting.role === 'host';
  const others = meeting.participants.length - 1;
  const successors = meeting.participants.filter(({ role, presence }) => role === 'co-host' && presence === 'here');
  if (isHost && successors.length > 0) {
    return <LeaveAsHost successors={successors} isOpen={isOpen} onClose={onClose} />;
  }
  return (
    <ConfirmDialog
      title={isHost ? t('room.endTitle') : t('room.leaveTitle')}
      isOpen={isOpen}
      confirm={isHost ? t('room.endForAll') : t('room.leaveRoom')}
      onConfirm={() => void run(bridge['session.leave']())}
      onClose={onClose}
    >
      {isHost ? <p>{t('room.endText', { count: others })}</p> : <p>{t('room.leaveHint')}</p>}
      {isHost && recording && <p>{t('room.endRecording')}</p>}
    </ConfirmDialog>
  );
}
