import { z } from 'zod';

export const holdReasonLength = 300;
/** Why something must not be deleted for now: one line, typed by a person. */
export const holdReasonSchema = z
  .string()
  .trim()
  .min(1)
  .max(holdReasonLength)
  .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u);

/** Somebody decided that this is kept beyond its date, and why. */
export interface Hold {
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}
