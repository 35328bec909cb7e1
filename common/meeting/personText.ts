import { z } from 'zod';

/**
 * Text typed by a person: trimmed, no control characters, no half surrogate pairs (they have no canonical form to sign),
 * no text-direction overrides that could fake another name.
 */
export function personText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u);
}
