import { CalendarClock, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { noticeBeforeDeletionMs } from '../../../common/retention';
import { useLanguage } from '../../app/AppContext';
import { formatShortDate, retentionLeft } from '../../i18n/format';

export interface RetentionProps {
  readonly deleteAfter: number;
  readonly now: number;
  /** On hold: it does not go. */
  readonly held?: boolean;
}

/** How long something is still kept; in its last week, when it goes. */
export function Retention({ deleteAfter, now, held = false }: RetentionProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const left = retentionLeft(deleteAfter, now);
  if (held) {
    return (
      <span className="retention retention-held">
        <Lock size={14} strokeWidth={2.2} aria-hidden />
        {t('retention.held')}
      </span>
    );
  }
  const soon = deleteAfter - now <= noticeBeforeDeletionMs;
  return (
    <span className={soon ? 'retention retention-soon times' : 'retention times'}>
      <CalendarClock size={15} strokeWidth={2} aria-hidden />
      {left.unit === 'over'
        ? t('recordings.leftNothing')
        : left.unit === 'hours'
          ? t('retention.goesInHours', { count: left.count })
          : soon
            ? t('retention.goesOn', { date: formatShortDate(deleteAfter, language) })
            : t('recordings.leftDays', { count: left.count })}
    </span>
  );
}
