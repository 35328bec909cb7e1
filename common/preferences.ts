import { z } from 'zod';

/** Preferences hold no personal data: they are stored in plain, outside the vault. */
export const preferencesSchema = z.object({
  language: z.enum(['system', 'de', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  microphoneId: z.string().max(200),
  cameraId: z.string().max(200),
  speakerId: z.string().max(200),
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
  withdrawalsSeenUntil: 0,
};
