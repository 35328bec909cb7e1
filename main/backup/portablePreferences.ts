import { preferencesFrom, type Preferences } from '../../common/preferences';

/** Devices belong to a machine, not to a person. */
const ofThisMachine = ['microphoneId', 'cameraId', 'speakerId'] as const satisfies readonly (keyof Preferences)[];

type Portable = Omit<Preferences, (typeof ofThisMachine)[number]>;

/** What a person takes along to another machine. */
export function portablePreferences(preferences: Preferences): Portable {
  const kept = Object.entries(preferences).filter(([name]) => !ofThisMachine.some((one) => one === name));
  return Object.fromEntries(kept) as Portable;
}

/** The same out of a backup; what is not there or cannot be read is left out. Never throws. */
export function restoredPreferences(text: string): Partial<Portable> {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof stored !== 'object' || stored === null) return {};
  const read = Object.entries(portablePreferences(preferencesFrom(stored)));
  return Object.fromEntries(read.filter(([name]) => Object.hasOwn(stored, name))) as Partial<Portable>;
}
