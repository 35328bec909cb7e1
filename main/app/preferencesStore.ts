import Store from 'electron-store';
import { preferencesFrom, type Preferences } from '../../common/preferences';

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
  const get = (): Preferences => preferencesFrom(store.store);
  return {
    get,
    set: (change) => {
      store.set(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
      return get();
    },
  };
}
