import { z } from 'zod';
import type { Hold } from './hold';
import { limits } from './meeting/limits';
import { idSchema } from './meeting/models';

/**
 * What expires (R21). `request`: what people asked about their data, once it is answered. `chat`: a meeting with its chat
 * and who took part. `registration`: what somebody filled in at the door. `contact`: a person who was met. `incident`: the
 * documentation of a breach, once it is closed. `log`: the deletion log.
 */
const retentionKindSchema = z.enum([
  ...['recording', 'chat', 'registration', 'receipt'],
  ...['contact', 'request', 'incident', 'log'],
] as const);
export type RetentionKind = z.infer<typeof retentionKindSchema>;
export const retentionKinds = retentionKindSchema.options;

interface RetentionRule {
  readonly unit: 'days' | 'years';
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** What the window offers. */
  readonly choices: readonly number[];
}

/**
 * How long each kind may be kept. Of recordings, chats and registrations it counts for new ones only: those that are here keep the date
 * that was promised. Receipts go at the end of a calendar year, as claims do (§§ 195, 199 BGB: three years).
 */
export const retentionRules: Readonly<Record<RetentionKind, RetentionRule>> = {
  recording: { unit: 'days', ...limits.retentionDays, choices: [1, 7, 14, 30, 90, 180, 365] },
  chat: { unit: 'days', min: 1, max: 365, default: 30, choices: [1, 7, 14, 30, 90, 180, 365] },
  registration: { unit: 'days', ...limits.registration.retentionDays, choices: [1, 7, 14, 30, 90, 180, 365] },
  receipt: { unit: 'years', min: 1, max: 10, default: 3, choices: [1, 2, 3, 5, 10] },
  contact: { unit: 'days', min: 7, max: 1_095, default: 365, choices: [30, 90, 180, 365, 730] },
  request: { unit: 'years', min: 1, max: 10, default: 3, choices: [1, 2, 3, 5, 10] },
  log: { unit: 'days', min: 30, max: 1_095, default: 365, choices: [90, 180, 365, 730] },
  // Long enough for the authority to look into it (Art. 33 (5) GDPR), and for claims.
  incident: { unit: 'years', min: 3, max: 10, default: 5, choices: [3, 5, 10] },
};

/** What to choose from for a kind, what is set included, the shortest first. */
export function retentionChoices(kind: RetentionKind, period: number): readonly number[] {
  return [...new Set([...retentionRules[kind].choices, period])].sort((a, b) => a - b);
}

/** A change of one setting, within the rule of its kind. */
export const retentionPeriodSchema = z
  .object({ kind: retentionKindSchema, period: z.number().int() })
  .refine(({ kind, period }) => period >= retentionRules[kind].min && period <= retentionRules[kind].max);

export type RetentionPeriods = Readonly<Record<RetentionKind, number>>;

/** What can be put on hold: a recording, or a meeting with its chat. */
const holdKindSchema = z.enum(['recording', 'chat']);
export type HoldKind = z.infer<typeof holdKindSchema>;
export const holdTargetSchema = z.object({ kind: holdKindSchema, id: idSchema });
export type HoldTarget = z.infer<typeof holdTargetSchema>;

/** Why something went, or what else was done to it that its deletion depends on. */
export type DeletionReason = 'retention' | 'by-hand' | 'cut' | 'withdrawn' | 'request' | 'hold-set' | 'hold-lifted';

/**
 * What went. `track`: one stretch of sound, picture or chat of one person within a recording that stays; `line`: one chat
 * message of a meeting that stays; `presence`: that somebody was in such a meeting.
 */
type DeletedKind = Exclude<RetentionKind, 'log'> | 'track' | 'line' | 'presence';

/** One line of the deletion log: what kind, when, why and how many. Never whose or what. */
export interface DeletionEntry {
  readonly kind: DeletedKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly why: DeletionReason;
  readonly count: number;
}

/** Something with a date. */
export interface UpcomingDeletion {
  /** Of a recording or a meeting, which can be put on hold; null for the other kinds. */
  readonly id: string | null;
  /** Null where there is none (an entry of the log). */
  readonly title: string | null;
  readonly at: number;
}

/** How one kind stands. */
export interface RetentionOfKind {
  readonly period: number;
  readonly count: number;
  /** What goes first, the earliest first; what is on hold is not among it. At most `upcomingShown`. */
  readonly upcoming: readonly UpcomingDeletion[];
}

export interface HeldItem extends Hold, HoldTarget {
  readonly title: string;
  /** When it would have gone, or would go. */
  readonly deleteAfter: number;
}

/** What the window shows of retention: everything that is kept, and when it goes. */
export interface RetentionOverview {
  readonly kinds: Readonly<Record<RetentionKind, RetentionOfKind>>;
  /** Longest held first. */
  readonly holds: readonly HeldItem[];
  /** Newest first, at most `logShown`. */
  readonly log: readonly DeletionEntry[];
  /**
   * Set while nothing is deleted because the clock has leapt ahead: when it last seemed right, and when deleting goes on
   * unless it is set back.
   */
  readonly leap: { readonly lastSeen: number; readonly resumesAt: number } | null;
}

export const upcomingShown = 5;
export const logShown = 200;
/** How long before its end the window says that a recording will be deleted. */
export const noticeBeforeDeletionMs = 7 * 24 * 60 * 60 * 1000;
