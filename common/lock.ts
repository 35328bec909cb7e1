import { z } from 'zod';

/** After how many minutes without anybody at the computer the app locks; 0: it does not by itself. */
export const lockMinutes = [0, 1, 5, 15, 30] as const;
export const lockMinutesSchema = z.literal(lockMinutes);
export type LockMinutes = z.infer<typeof lockMinutesSchema>;

const usualLockMinutes = 15;

export const lockCodeLength = { min: 6, max: 100 } as const;

/** What opens a locked app: the vault's passphrase, or, where the keychain keeps the key, a code of its own. */
export type LockSecret = 'passphrase' | 'code';

export interface LockState {
  readonly locked: boolean;
  /** Null: there is nothing that could open it again, so it does not lock. */
  readonly secret: LockSecret | null;
  /** Whether there is a keychain that could keep the vault's key. */
  readonly keychain: boolean;
  /** After wrong tries: for how many milliseconds, from when this was told, no other is taken. */
  readonly waitMs: number;
}

/** What the person could not see while it was locked. */
export interface LockReport {
  /** Somebody asked to record them, and the question is over: no answer was a No. */
  readonly missedQuestion: boolean;
}

/** The time that is in force: the person's choice, else fifteen minutes where something opens it again. */
export function minutesUntilLock(chosen: LockMinutes | null, secret: LockSecret | null): LockMinutes {
  return secret === null ? 0 : (chosen ?? usualLockMinutes);
}
