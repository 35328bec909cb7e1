import { randomBytes, randomInt } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedPatchWriter } from '../../main/vault/sealed/sealedPatchWriter';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import { mebibyte, percentile, show, timed, type BenchmarkContext, type Table } from './benchmark';

const places = 1_000;
const bytesEach = 65_536;

/** The first 64 KiB at random places of a finished file, against the same of a plain file. */
export async function seeking({ folder, sizeMiB }: BenchmarkContext): Promise<Table> {
  const [path, plain] = [join(folder, 'finished'), join(folder, 'plain')];
  const key = randomBytes(32);
  const writer = await SealedPatchWriter.create(path, key);
  const plainFile = await open(plain, 'wx+');
  for (let at = 0; at < sizeMiB; at += 1) {
    const bytes = randomBytes(mebibyte);
    await plainFile.write(bytes);
    await writer.write(at * mebibyte, bytes);
  }
  await writer.finish();
  await plainFile.datasync();

  const reader = await SealedReader.open(path, key);
  const contenders: Record<string, (place: number) => Promise<void>> = {
    'sealed: open, read, close (one request of the player)': async (place) => {
      const one = await SealedReader.open(path, key, { requireComplete: true });
      await one.read(place, place + bytesEach);
      await one.close();
    },
    'sealed: read in an open file': async (place) => void (await reader.read(place, place + bytesEach)),
    'plain file: open, read, close': async (place) => {
      const one = await open(plain, 'r');
      await one.read(Buffer.alloc(bytesEach), 0, bytesEach, place);
      await one.close();
    },
    'plain file: read in an open file': async (place) => {
      await plainFile.read(Buffer.alloc(bytesEach), 0, bytesEach, place);
    },
  };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < places; round += 1) {
    const place = randomInt(sizeMiB * mebibyte - bytesEach);
    for (const [name, read] of Object.entries(contenders)) {
      times[name] ??= [];
      times[name].push(await timed(() => read(place)));
    }
  }
  await reader.close();
  await plainFile.close();
  return {
    columns: [`64 KiB at ${places.toLocaleString('en-GB')} places of ${sizeMiB} MiB`, 'p50 ms', 'p99 ms'],
    rows: Object.entries(times).map(([name, list]) => [
      name,
      show(percentile(list, 0.5)),
      show(percentile(list, 0.99)),
    ]),
  };
}
