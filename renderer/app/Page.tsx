import { House, Library, Settings, ShieldCheck, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Logo } from '../ui/Logo';
import { useNavigation } from './AppContext';
import { StorageState } from './StorageState';

const dataProtection: ReadonlySet<string> = new Set([
  'people',
  'requests',
  'objections',
  'retention',
  'documents',
  'assessment',
  'incidents',
  'incident',
  'audit',
]);

/** The frame of everything outside a meeting: where one is, and that it is locked away. */
export function Page({ children, flush = false }: { children: ReactNode; flush?: boolean }) {
  const { t } = useTranslation();
  const place = useNavigation((state) => state.place);
  const go = useNavigation((state) => state.go);
  const entries = [
    { page: 'start', label: t('start.nav'), icon: House, current: place.page === 'start' },
    {
      page: 'recordings',
      label: t('recordings.nav'),
      icon: Library,
      current: place.page === 'recordings' || place.page === 'recording',
    },
    { page: 'consents', label: t('consents.nav'), icon: Signature, current: place.page === 'consents' },
    {
      page: 'people',
      label: t('privacy.nav'),
      icon: ShieldCheck,
      current: dataProtection.has(place.page),
    },
    {
      page: 'settings',
      label: t('settings.nav'),
      icon: Settings,
      current: place.page === 'settings' || place.page === 'contacts',
    },
  ] as const;

  return (
    <div className="page">
      <header className="top">
        <span className="brand">
          <Logo size={26} />
          <span>Konklave</span>
        </span>
        <nav className="top-nav" aria-label={t('start.navLabel')}>
          {entries.map(({ page, label, icon: Icon, current }) => (
            <Button
              key={page}
              className="nav-button"
              {...(current ? { 'aria-current': 'page' as const } : {})}
              onPress={() => go({ page })}
            >
              <Icon size={18} strokeWidth={1.9} aria-hidden />
              {label}
            </Button>
          ))}
        </nav>
        <StorageState />
      </header>
      <main className={flush ? 'page-main page-flush' : 'page-main'}>{children}</main>
    </div>
  );
}
