import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { retentionLeft } from '../../i18n/format';

/** How long something is still kept, with more weight on the last three days. */
export function Retention({ deleteAfter, now }: { deleteAfter: number; now: number }) {
  const { t } = useTranslation();
  const left = retentionLeft(deleteAfter, now);
  const soon = left.unit !== 'days' || left.count <= 3;
  return (
    <span className={soon ? 'retention retention-soon times' : 'retention times'}>
      <CalendarClock size={15} strokeWidth={2} aria-hidden />
      {left.unit === 'over'
        ? t('recordings.leftNothing')
        : left.unit === 'hours'
          ? t('recordings.leftHours', { count: left.count })
          : t('recordings.leftDays', { count: left.count })}
    </span>
  );
}
