import { useTranslation } from 'react-i18next';
import type { RecordingSummary } from '../../../common/recording/models';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatBytes, formatDuration, formatList } from '../../i18n/format';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { HoldDialog } from '../retention/HoldDialog';
import { recordingHold } from './recordingHold';

export interface DeleteRecordingDialogProps {
  /** Null: closed. */
  readonly recording: RecordingSummary | null;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Says exactly what goes, and what it cannot reach. What is on hold has to be let go first. */
export function DeleteRecordingDialog({ recording, onClose, onDeleted }: DeleteRecordingDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();
  const people = recording?.people.filter(({ kinds }) => kinds.length > 0).map(({ name }) => name) ?? [];
  const hasClips = recording?.people.some(({ kinds }) => kinds.includes('clip')) === true;

  async function remove({ id }: RecordingSummary) {
    const result = await run(bridge['recordings.delete']({ recordingId: id }));
    if (!result.ok) return;
    say(t('recordings.deleted'));
    onDeleted?.();
  }

  const held = recordingHold(recording);
  if (held?.hold) return <HoldDialog subject={held} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t('recordings.deleteTitle', { title: recording?.title ?? '' })}
      isOpen={recording !== null}
      confirm={t('recordings.delete')}
      onConfirm={() => {
        if (recording !== null) void remove(recording);
      }}
      onClose={onClose}
    >
      <p>
        {t('recordings.deleteText', {
          duration: formatDuration(recording?.durationMs ?? 0, language),
          size: formatBytes(recording?.bytes ?? 0, language),
        })}
      </p>
      {people.length > 0 && <p>{t('recordings.deletePeople', { people: formatList(people, language) })}</p>}
      {hasClips && <p>{t('clip.deletedToo')}</p>}
      <p>{t('recordings.deleteFinal')}</p>
      <p className="small">{t('recordings.deleteKeeps')}</p>
    </ConfirmDialog>
  );
}
