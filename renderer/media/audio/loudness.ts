/** Silence on the meter, in decibels below full scale. */
const floorDecibels = -60;

/** Loudness of one window of samples (-1 to 1) as 0 to 1, linear in decibels, as a meter is read. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  if (sum === 0) return 0;
  const decibels = 10 * Math.log10(sum / samples.length);
  return Math.min(1, Math.max(0, 1 - decibels / floorDecibels));
}
