import { cameraProfile } from '../devices/captureConstraints';

/** What is sent of the picture to one peer; `off`: nothing, so that the sound stays clear. */
export type VideoTarget =
  | 'off'
  | {
      readonly maxBitrate: number;
      readonly maxFramerate: number;
      readonly scaleResolutionDownBy: number;
    };

/** Bits per pixel that make a face look well in VP8; small pictures need a little more. */
const bitsPerPixel = 0.11;
const leastBitrate = 80_000;

const steps = [
  { scale: 1, rate: 1, bits: 1 },
  { scale: 1, rate: 0.75, bits: 0.6 },
  { scale: 1.5, rate: 0.6, bits: 0.35 },
  { scale: 2, rate: 0.5, bits: 0.2 },
] as const;

/** The rung on which nothing is sent of the picture. */
export const offRung = steps.length;

/**
 * What a rung of the ladder means when the picture goes to so many others: 0 is all that the camera gives, each one costs about half of
 * the one before.
 */
export function videoTarget(rung: number, peers: number): VideoTarget {
  const step = steps[rung];
  if (step === undefined) return 'off';
  const { width, height, frameRate } = cameraProfile(peers);
  const full = width * height * frameRate * bitsPerPixel;
  return {
    maxBitrate: Math.max(leastBitrate, Math.round(full * step.bits)),
    maxFramerate: Math.round(frameRate * step.rate),
    scaleResolutionDownBy: step.scale,
  };
}
