import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { systemLanguage } from '../i18n/createI18n';
import { usePreferences } from './AppContext';

/** Puts language and theme of the preferences into effect. */
export function useAppearance(): void {
  const { i18n } = useTranslation();
  const language = usePreferences(({ preferences }) => preferences.language);
  const theme = usePreferences(({ preferences }) => preferences.theme);

  useEffect(() => {
    const spoken = language === 'system' ? systemLanguage(navigator.languages) : language;
    document.documentElement.lang = spoken;
    if (i18n.language !== spoken) void i18n.changeLanguage(spoken);
  }, [i18n, language]);

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
