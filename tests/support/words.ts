import i18next, { type TFunction } from 'i18next';
import type { Language } from '../../common/meeting/models';
import { de } from '../../renderer/locales/de';
import { en } from '../../renderer/locales/en';

/** What the app says in this language, from its own locales: a new wording breaks no test. */
export function wordsOf(language: Language): TFunction {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    resources: { de: { translation: de }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<typeof instance.init>[0]);
  return instance.t;
}
