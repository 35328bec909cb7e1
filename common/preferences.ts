import { z } from 'zod';
import { lockMinutesSchema } from './lock';

/** `name:port`, an IPv6 address in brackets; empty: none. */
export const relayAddressSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]):[1-9][0-9]{0,4})?$/);

/** Preferences hold no personal data: they are stored in plain, outside the vault. */
export const preferencesSchema = z.object({
  language: z.enum(['system', 'de', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  microphoneId: z.string().max(200),
  cameraId: z.string().max(200),
  speakerId: z.string().max(200),
  /** The team's own relay, for meetings hosted here. */
  relay: relayAddressSchema,
  /** Hide this computer's address from the others, unless chosen otherwise for a meeting. */
  relayOnly: z.boolean(),
  /** People who work for this installation's owner take part in its meetings. */
  employees: z.boolean(),
  /** Every question of others to record this person is answered with No; a yes by hand is still possible. */
  neverRecordMe: z.boolean(),
  /** Say by the system's notifications, too, when a request about data is due. */
  requestReminders: z.boolean(),
  /** After how many idle minutes the app locks; null: as `minutesUntilLock` has it. */
  lockAfter: lockMinutesSchema.nullable(),
  /** Whether it does so during a meeting too. */
  lockInMeetings: z.boolean(),
  /** Until when the host has seen what others took back from recordings, in milliseconds since 1970. */
  withdrawalsSeenUntil: z.number().int().nonnegative(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  microphoneId: 'default',
  cameraId: 'default',
  speakerId: 'default',
  relay: '',
  relayOnly: false,
  employees: false,
  neverRecordMe: false,
  requestReminders: false,
  lockAfter: null,
  lockInMeetings: false,
  withdrawalsSeenUntil: 0,
};

/** Preferences as they were stored; whatever cannot be read falls back to the default, value by value. Never throws. */
export function preferencesFrom(stored: unknown): Preferences {
  const values = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(preferencesSchema.shape).map(([key, schema]) => {
    const parsed = schema.safeParse(values[key]);
    return [key, parsed.success ? parsed.data : defaultPreferences[key as keyof Preferences]];
  });
  return preferencesSchema.parse(Object.fromEntries(entries));
}
