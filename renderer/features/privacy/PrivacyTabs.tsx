import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../common/privacy/deadline';
import { useNavigation } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { urgentAmong } from '../requests/useDueWords';
import { askLog, useRequestData } from '../requests/useRequestData';
import './privacy.css';

const pages = [
  { page: 'people', label: 'privacy.people' },
  { page: 'requests', label: 'requests.tab' },
  { page: 'objections', label: 'rights.tab' },
  { page: 'retention', label: 'privacy.retention' },
  { page: 'documents', label: 'records.tab' },
  { page: 'incidents', label: 'incidents.tab' },
  { page: 'audit', label: 'audit.tab' },
] as const;

export type PrivacyPlace = (typeof pages)[number]['page'];

/** The parts of data protection, one screen each. */
export function PrivacyTabs({ current }: { current: PrivacyPlace }) {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const today = localDay(useClock(60_000));
  const urgent = urgentAmong(useRequestData(askLog) ?? [], today).length;
  return (
    <nav className="privacy-tabs" aria-label={t('privacy.tabs')}>
      {pages.map(({ page, label }) => (
        <Button
          key={page}
          className="privacy-tab"
          {...(page === current ? { 'aria-current': 'page' as const } : {})}
          {...(page === 'requests' && urgent > 0 ? { 'aria-label': t('requests.tabDue', { count: urgent }) } : {})}
          onPress={() => go({ page })}
        >
          {t(label)}
          {page === 'requests' && urgent > 0 && (
            <span className="privacy-badge" aria-hidden>
              {urgent}
            </span>
          )}
        </Button>
      ))}
    </nav>
  );
}
