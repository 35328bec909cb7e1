import Store from 'electron-store';
import { defaultPreferences, preferencesSchema, type Preferences } from '../../common/preferences';

export interface PreferencesStore {
  get(): Preferences;
  /** What is undefined stays as it is. */
  set(change: { readonly [Key in keyof Preferences]?: Preferences[Key] | undefined }): Preferences;
}

/** Preferences in `preferences.json`; whatever cannot be read there falls back to the default, value by value. */
export function openPreferences(folder: string): PreferencesStore {
  const store = new Store<Record<string, unknown>>({
    name: 'preferences',
    cwd: folder,
    clearInvalidConfig: true,
  });
  const get = (): Preferences => {
    const stored = store.store;
    const entries = Object.entries(preferencesSchema.shape).map(([key, schema]) => {
      const parsed = schema.safeParse(stored[key]);
      return [key, parsed.success ? parsed.data : defaultPreferences[key as keyof Preferences]];
    });
    return preferencesSchema.parse(Object.fromEntries(entries));
  };
  return {
    get,
    set: (change) => {
      store.set(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      return get();
    },
  };
}
