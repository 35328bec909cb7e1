export type Correction =
  { readonly type: 'keep' } | { readonly type: 'rate'; readonly rate: number } | { readonly type: 'seek' };

/** Below this nobody notices; sound and lips may differ by about as much (ITU-R BT.1359). */
const tolerableMs = 60;
/** Beyond this it would take too long to catch up by playing faster. */
const seekMs = 1_200;

/**
 * How to bring an element that plays back into step. `driftMs`: how far it is ahead (negative: behind); `correcting`:
 * whether it plays at another rate already, and so is brought all the way back instead of to the edge.
 */
export function correctDrift(driftMs: number, correcting: boolean): Correction {
  const distance = Math.abs(driftMs);
  if (distance > seekMs) return { type: 'seek' };
  if (distance <= (correcting ? tolerableMs / 4 : tolerableMs)) return { type: 'keep' };
  const strength = distance > 300 ? 0.2 : 0.06;
  return { type: 'rate', rate: 1 - Math.sign(driftMs) * strength };
}
