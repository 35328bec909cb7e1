import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../common/meeting/models';
import { de } from '../locales/de';
import { en } from '../locales/en';

/** The words of the app. All texts are bundled, so this is ready when it returns. */
export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { de: { translation: de }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    showSupportNotice: false,
  } as Parameters<i18n['init']>[0]);
  return instance;
}

/** German for a system that speaks German, English for everybody else. */
export function systemLanguage(languages: readonly string[]): Language {
  const first = languages.find((language) => /^(de|en)\b/i.test(language));
  return first?.toLowerCase().startsWith('de') === true ? 'de' : 'en';
}
