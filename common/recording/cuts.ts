import { z } from 'zod';
import { idSchema } from '../meeting/models';
import type { Cut } from './models';

/** A range of the time line to destroy, in whole milliseconds; the end is not part of it. */
export const cutRangeSchema = z
  .object({
    recordingId: idSchema,
    fromMs: z.number().int().nonnegative(),
    toMs: z.number().int().nonnegative(),
  })
  .refine(({ fromMs, toMs }) => fromMs < toMs);

/** A cut that has been worked out and destroys nothing until it is carried out. */
export interface PreparedCut extends Cut {
  readonly cutId: string;
  /** How many recorded chat lines go with it. */
  readonly chatLines: number;
  /** Whose pictures come back only after the range, with the next frame that does not lean on others. */
  readonly latePictures: readonly LatePicture[];
}

export interface LatePicture {
  readonly participantId: string;
  /** When it is back on the time line; null: not again in this stretch. */
  readonly atMs: number | null;
}

export function overlaps(one: Cut, other: Cut): boolean {
  return one.fromMs < other.toMs && other.fromMs < one.toMs;
}

/** In order of the time line; those that touch or overlap become one. */
export function mergeCuts(cuts: readonly Cut[]): readonly Cut[] {
  const merged: Cut[] = [];
  for (const { fromMs, toMs } of [...cuts].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last === undefined || fromMs > last.toMs) merged.push({ fromMs, toMs });
    else merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, toMs) };
  }
  return merged;
}

/** What a cut leaves of a stretch: nothing, one part or two, in order, none of them empty. */
export function withoutCut(stretch: Cut, cut: Cut): readonly Cut[] {
  if (!overlaps(stretch, cut)) return stretch.fromMs < stretch.toMs ? [stretch] : [];
  return [
    { fromMs: stretch.fromMs, toMs: cut.fromMs },
    { fromMs: cut.toMs, toMs: stretch.toMs },
  ].filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** The cut that a position lies in, or null. */
export function cutAt(cuts: readonly Cut[], positionMs: number): Cut | null {
  return cuts.find(({ fromMs, toMs }) => positionMs >= fromMs && positionMs < toMs) ?? null;
}

/**
 * How long a player and an exported film stay at a cut before they go on behind it, in milliseconds: long enough to read
 * that something is missing.
 */
const slateMs = 2_000;

/** How long this cut is shown: never longer than what was there. */
export function slateOf({ fromMs, toMs }: Cut): number {
  return Math.min(slateMs, toMs - fromMs);
}

/** Where a position of the recording lies in a film that stays at each cut only for its slate. */
export function filmPosition(cuts: readonly Cut[], positionMs: number): number {
  const skipped = cuts
    .filter(({ fromMs }) => fromMs < positionMs)
    .map((cut) => Math.max(0, Math.min(positionMs, cut.toMs) - cut.fromMs - slateOf(cut)));
  return positionMs - skipped.reduce((sum, length) => sum + length, 0);
}
