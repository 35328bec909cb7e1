import { useTranslation } from 'react-i18next';
import { useKindList } from './useRecordingMark';
import { canPause, type RecordPlan } from './recordPlan';

/** What is set, in one line: `Ton, Bild und Chat · wer zustimmt · 14 Tage · Antwort in 2 Minuten`. */
export function usePlanSummary(): (plan: RecordPlan) => string {
  const { t } = useTranslation();
  const listKinds = useKindList();
  return (plan) =>
    [
      listKinds(plan.kinds),
      t(plan.policy === 'everybody' ? 'consent.summaryEverybody' : 'consent.summaryThose'),
      t('notice.days', { count: plan.retentionDays }),
      plan.answerSeconds % 60 === 0
        ? t('consent.summaryAnswer', { count: plan.answerSeconds / 60 })
        : t('consent.summaryAnswerSeconds', { count: plan.answerSeconds }),
      ...(plan.clip ? [t('consent.summaryClip', { count: plan.clipRetentionDays })] : []),
      ...(plan.pauseForDecliners && canPause(plan) ? [t('consent.summaryPause')] : []),
    ].join(' · ');
}
