import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingSummary } from '../../../common/recording/models';
import { useBridge, useLanguage, useLibrary, useNotify, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatDuration, formatTime } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { DeleteRecordingDialog } from './DeleteRecordingDialog';

/** Recordings that a crash cut short: what could be saved of them, and the question whether to keep it. */
export function RecoveredBanner() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();
  const now = useClock(60_000);
  const recordings = useLibrary((state) => state.recordings);
  const [deleting, setDeleting] = useState<RecordingSummary | null>(null);
  const recovered = recordings?.filter(({ phase }) => phase === 'recovered') ?? [];

  async function keep({ id }: RecordingSummary) {
    const result = await run(bridge['recordings.keep']({ recordingId: id }));
    if (result.ok) say(t('recordings.kept'));
  }

  return (
    <>
      {recovered.map((recording) => (
        <Banner
          key={recording.id}
          tone="warning"
          role="region"
          title={t('recordings.recoveredTitle', { title: recording.title })}
          actions={
            <>
              <Button onPress={() => setDeleting(recording)}>{t('common.delete')}</Button>
              <Button onPress={() => void keep(recording)}>{t('recordings.keep')}</Button>
            </>
          }
        >
          {t('recordings.recoveredText', {
            day: formatDay(recording.startedAt, now, language),
            time: formatTime(recording.startedAt, language),
            duration: formatDuration(recording.durationMs, language),
          })}
        </Banner>
      ))}
      <DeleteRecordingDialog recording={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}
