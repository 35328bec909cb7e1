import { useTranslation } from 'react-i18next';
import { daysBetween, localDay, noonOf, urgencyOf, type Urgency } from '../../../common/privacy/deadline';
import type { LoggedRequest } from '../../../common/privacy/requestLog';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';

interface DueWords {
  readonly urgency: Urgency;
  /** The last day. */
  readonly date: string;
  /** How long it is until then, or since. */
  readonly left: string;
}

/** How the time for an answer stands, in words. */
export function useDueWords(): (dueOn: string) => DueWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = localDay(useClock(60_000));
  return (dueOn) => {
    const days = daysBetween(today, dueOn);
    return {
      urgency: urgencyOf(dueOn, today),
      date: formatDate(noonOf(dueOn), language),
      left:
        days === 0
          ? t('requests.dueToday')
          : days > 0
            ? t('requests.dueInDays', { count: days })
            : t('requests.overdue', { count: -days }),
    };
  };
}

/** The open requests that are due within a week, or overdue. */
export function urgentAmong(requests: readonly LoggedRequest[], today: string): readonly LoggedRequest[] {
  return requests.filter(({ state, dueOn }) => state === 'open' && urgencyOf(dueOn, today) !== 'later');
}
