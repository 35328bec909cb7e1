import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { termsOf, type RecordingState } from '../../../../common/consent/models';
import { deleteAfter } from '../../../../common/recording/retention';
import { useLanguage, useNotify } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';

/** Says once how one's own clip ended: kept, and until when, or not. */
export function useClipEnd({ request, clips, consents }: RecordingState, selfId: string): void {
  const { t } = useTranslation();
  const language = useLanguage();
  const { say } = useNotify();
  const { clipRetentionDays } = termsOf(request);
  const isYes = consents.find(({ participantId }) => participantId === selfId)?.clip === 'yes';
  const phase = isYes ? (clips.find(({ participantId }) => participantId === selfId)?.phase ?? null) : null;
  const date = formatDate(deleteAfter(request.requestedAt, clipRetentionDays ?? request.retentionDays), language);
  const before = useRef(phase);

  useEffect(() => {
    const wasRecording = before.current === 'recording';
    before.current = phase;
    if (!wasRecording) return;
    if (phase === 'made') say(t('clip.made'), t('clip.madeText', { date }));
    if (phase === 'failed') say(t('clip.failed'), t('clip.failedText'));
  }, [date, phase, say, t]);
}
