import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../app/AppContext';
import './privacy.css';

const pages = [
  { page: 'people', label: 'privacy.people' },
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
  return (
    <nav className="privacy-tabs" aria-label={t('privacy.tabs')}>
      {pages.map(({ page, label }) => (
        <Button
          key={page}
          className="privacy-tab"
          {...(page === current ? { 'aria-current': 'page' as const } : {})}
          onPress={() => go({ page })}
        >
          {t(label)}
        </Button>
      ))}
    </nav>
  );
}
