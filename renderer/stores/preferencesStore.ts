import { createStore } from 'zustand/vanilla';
import { defaultPreferences, type Preferences } from '../../common/preferences';

export interface PreferencesStoreState {
  readonly preferences: Preferences;
}

export function createPreferencesStore() {
  return createStore<PreferencesStoreState>(() => ({ preferences: defaultPreferences }));
}
