import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/Logo';

export function StartingScreen() {
  const { t } = useTranslation();
  return (
    <main className="centre" aria-busy="true">
      <Logo size={56} />
      <p className="visually-hidden">{t('vault.starting')}</p>
    </main>
  );
}
