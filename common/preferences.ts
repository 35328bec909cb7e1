import { z } from 'zod';

/** Preferences hold no personal data: they are stored in plain, outside the vault. */
export const preferencesSchema = z.object({
  language: z.enum(['system', 'de', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  microphoneId: z.string().max(200),
  cameraId: z.string().max(200),
  speakerId: z.string().max(200),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  microphoneId: 'default',
  cameraId: 'default',
  speakerId: 'default',
};
