/** Of the mix: what Opus works in anyway. */
export const sampleRate = 48_000;

/** One channel from one or several. */
export function toMono(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (first === undefined) return new Float32Array(0);
  if (others.length === 0) return first;
  return first.map(
    (sample, index) => others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length,
  );
}

/** To the rate of the mix, by straight lines: recordings are at that rate already, so this is for foreign ones. */
export function resample(samples: Float32Array, from: number): Float32Array {
  if (from === sampleRate || samples.length === 0) return samples;
  const length = Math.round((samples.length * sampleRate) / from);
  return Float32Array.from({ length }, (_, index) => {
    const position = (index * from) / sampleRate;
    const before = samples[Math.floor(position)] ?? 0;
    const after = samples[Math.floor(position) + 1] ?? before;
    return before + (after - before) * (position % 1);
  });
}

/** Adds `samples`, which begin at frame `at`, to the part of the mix that begins at frame `start`. */
export function mixInto(mix: Float32Array, start: number, samples: Float32Array, at: number): void {
  const from = Math.max(at, start);
  const to = Math.min(at + samples.length, start + mix.length);
  for (let frame = from; frame < to; frame += 1) {
    mix[frame - start] = (mix[frame - start] ?? 0) + (samples[frame - at] ?? 0);
  }
}

/** Above this the mix is bent towards full scale instead of being cut off at it, when several people speak at once. */
const knee = 0.8;

export function limit(mix: Float32Array): void {
  for (let index = 0; index < mix.length; index += 1) {
    const sample = mix[index] ?? 0;
    const beyond = Math.abs(sample) - knee;
    if (beyond <= 0) continue;
    mix[index] = Math.sign(sample) * (knee + (1 - knee) * Math.tanh(beyond / (1 - knee)));
  }
}

/** Timestamps in WebM are whole milliseconds and waver: up to this the next samples simply follow the last. */
const waverFrames = 0.03 * sampleRate;

/** Where samples go that are stamped `stampedFrame` when the ones before ended at `nextFrame` (null: there were none). */
export function placeSamples(stampedFrame: number, nextFrame: number | null): number {
  return nextFrame !== null && Math.abs(stampedFrame - nextFrame) <= waverFrames ? nextFrame : stampedFrame;
}
