import { useTranslation } from 'react-i18next';
import { notificationState } from '../../../../common/privacy/incidentState';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { useLanguage } from '../../../app/AppContext';
import { formatDate, formatTime } from '../../../i18n/format';

const minute = 60_000;
const hour = 60 * minute;

/** Times and states of incidents in words. */
export function useIncidentWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = (moment: number) =>
    t('common.dayAtTime', { day: formatDate(moment, language), time: formatTime(moment, language) });
  /** Whole hours, on the last one minutes; never more than there is. */
  const left = (ms: number) =>
    ms >= hour
      ? t('incidents.left.hours', { count: Math.floor(ms / hour) })
      : t('incidents.left.minutes', { count: Math.max(0, Math.floor(ms / minute)) });
  const state = ({ closedAt, incident }: StoredIncident, now: number) => {
    if (closedAt !== null) return t('incidents.state.closed');
    const found = notificationState(incident, now);
    switch (found.state) {
      case 'none':
        return t('incidents.state.none');
      case 'sent':
        return t(found.late ? 'incidents.state.sentLate' : 'incidents.state.sent');
      case 'running':
        return t('incidents.state.running', { left: left(found.leftMs) });
      case 'overdue':
        return t('incidents.state.overdue');
    }
  };
  return { at, left, state };
}
