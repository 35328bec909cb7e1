import type { Language } from '../../common/meeting/models';
import type { Preferences } from '../../common/preferences';

/** The language of what main says by itself (dialog titles): the person's choice, or else the system's. */
export function effectiveLanguage(preferences: Preferences, systemLocale: string): Language {
  if (preferences.language !== 'system') return preferences.language;
  return systemLocale.toLowerCase().startsWith('de') ? 'de' : 'en';
}
