import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { resolveAsset } from '../../../main/app/appScheme';
import { parseByteRange } from '../../../main/recording/byteRange';
import { remuxWebm } from '../../../main/recording/finalize/remuxWebm';
import { measureWebm, type RandomReader } from '../../../main/recording/finalize/webmExtent';
import { opusChannels, opusDurationMs } from '../../../renderer/media/recording/frames/opusPacket';
import type { Random } from '../generate/random';
import { allowedLater, Broken, bytesTarget, textTarget, type Target } from '../target';

const fixtures = resolve('main', 'recording', 'finalize', 'fixtures');
const films = readdirSync(fixtures)
  .filter((name) => name.endsWith('.webm'))
  .map((name) => readFileSync(join(fixtures, name)));

/** The beginning of a film: damage at the head tells more than in the frames. */
const film = (random: Random) => {
  const whole = random.pick(films);
  return whole.subarray(0, random.oneIn(3) ? whole.length : Math.min(whole.length, 200 + random.below(4_000)));
};

const readerOf = (bytes: Buffer): RandomReader => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

const root = resolve('renderer');

export const mediaTargets: readonly Target[] = [
  bytesTarget({
    name: 'extent of a recording',
    samples: film,
    parse: async (bytes) => {
      const { bytes: whole, blocks } = await measureWebm(readerOf(bytes));
      if (!(whole >= 0 && whole <= bytes.length)) throw new Broken('longer than the file');
      return blocks > 0;
    },
    cost: 10,
  }),
  bytesTarget({
    name: 'finishing of a damaged recording',
    samples: film,
    parse: async (bytes) => {
      let written = 0;
      // Documented: throws when it cannot be read; the recording is kept as it is and shown as damaged.
      const remuxed = await allowedLater(
        () =>
          remuxWebm(readerOf(bytes), async (_position, part) => {
            written += part.length;
            if (written > 20 * bytes.length + 100_000) throw new Broken('writes without end');
          }),
        (error) =>
          error instanceof Error &&
          !(error instanceof Broken) &&
          !(error instanceof RangeError && /array|stack/iu.test(error.message)),
      );
      if (remuxed && !Number.isFinite(remuxed.durationMs)) throw new Broken('no length of time');
      return remuxed !== undefined && remuxed !== null;
    },
    cost: 600,
  }),
  bytesTarget({
    name: 'packet of sound',
    samples: (random) => random.bytes(1 + random.below(60)),
    parse: (bytes) => {
      const duration = opusDurationMs(bytes);
      if (duration !== null && !(duration > 0 && duration <= 120)) throw new Broken(`lasts ${duration} ms`);
      opusChannels(bytes);
      return duration !== null;
    },
  }),
  textTarget({
    name: 'range of bytes',
    covers: ['main/recording/byteRange.ts#parseByteRange'],
    samples: (random) => `bytes=${random.below(3_000)}-${random.oneIn(2) ? '' : random.below(3_000)}`,
    parse: (header) => parseByteRange(header, 1_000),
    taken: (range) => {
      if (range.type !== 'part') return false;
      const { start, end } = range;
      if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= 1_000)) {
        throw new Broken(`${start} to ${end}`);
      }
      return true;
    },
  }),
  textTarget({
    name: 'path of a file of the page',
    samples: (random) =>
      random.pick(['/index.html', '/assets/index-a1.js', '/../main/index.js', '/%2e%2e/%2e%2e/key.json', '/media/abc']),
    parse: (path) => resolveAsset(root, path),
    taken: (file) => {
      if (file !== null && relative(root, file).startsWith('..')) throw new Broken('outside of the page');
      return file !== null;
    },
  }),
];
