import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedPatchWriter } from '../../main/vault/sealed/sealedPatchWriter';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import { SealedWriter } from '../../main/vault/sealed/sealedWriter';
import {
  interleaved,
  mebibyte,
  median,
  show,
  syncToDisk,
  timed,
  writeRandomFile,
  type BenchmarkContext,
  type Table,
} from './benchmark';

/** Sealing and opening a whole file, against the `age` command on the same file; from file to file, brought to the disk. */
export async function sealing({ folder, sizeMiB, rounds, age }: BenchmarkContext): Promise<Table> {
  const plain = join(folder, 'plain');
  const [live, finished, aged, opened] = ['live', 'finished', 'aged', 'opened'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  const key = randomBytes(32);
  const identity = join(folder, 'identity');
  await writeRandomFile(plain, sizeMiB);
  const recipient = age ? makeIdentity(identity) : '';

  const replacing = async (path: string, work: () => Promise<void>) => {
    await rm(path, { force: true });
    return timed(work);
  };
  const runAge = (args: readonly string[], target: string) =>
    replacing(target, async () => {
      execFileSync('age', [...args], { stdio: 'ignore' });
      await syncToDisk(target);
    });
  const seal = await interleaved(rounds, {
    'sealed, live': () =>
      replacing(live, async () => {
        const writer = await SealedWriter.create(live, key);
        await readPieces(plain, (bytes) => writer.append(bytes));
        await writer.finish();
      }),
    'sealed, finished': () =>
      replacing(finished, async () => {
        const writer = await SealedPatchWriter.create(finished, key);
        await readPieces(plain, (bytes, position) => writer.write(position, bytes));
        await writer.finish();
      }),
    ...(age && { age: () => runAge(['-r', recipient, '-o', aged, plain], aged) }),
  });
  const openInto = (path: string) =>
    replacing(opened, async () => {
      const reader = await SealedReader.open(path, key, { requireComplete: true });
      const target = await open(opened, 'wx');
      let [bytes, other] = [Buffer.alloc(mebibyte), Buffer.alloc(mebibyte)];
      let writing: Promise<unknown> = Promise.resolve();
      for (let at = 0; at < reader.size; at += mebibyte) {
        const piece = bytes.subarray(0, Math.min(mebibyte, reader.size - at));
        await reader.readInto(piece, at);
        await writing;
        // Written while the next piece is read and opened.
        writing = target.write(piece, 0, piece.length, at);
        [bytes, other] = [other, bytes];
      }
      await writing;
      await target.datasync();
      await target.close();
      await reader.close();
    });
  const unseal = await interleaved(rounds, {
    'sealed, live': () => openInto(live),
    'sealed, finished': () => openInto(finished),
    ...(age && { age: () => runAge(['-d', '-i', identity, '-o', opened, aged], opened) }),
  });
  return {
    columns: [`${sizeMiB} MiB`, 'seal: s (median)', 'MB/s', 'of age', 'open: s (median)', 'MB/s', 'of age'],
    rows: Object.keys(seal).map((name) => [name, ...speeds(seal, name, sizeMiB), ...speeds(unseal, name, sizeMiB)]),
  };
}

function speeds(times: Readonly<Record<string, number[]>>, name: string, sizeMiB: number): readonly string[] {
  const own = median(times[name] ?? []);
  const peer = times['age'] ? median(times['age']) : null;
  return [
    show(own / 1000),
    show((sizeMiB * mebibyte) / 1000 / own),
    peer === null ? 'age is missing' : `${(peer / own).toFixed(2)} x as fast`,
  ];
}

function makeIdentity(path: string): string {
  execFileSync('age-keygen', ['-o', path], { stdio: 'ignore' });
  return execFileSync('age-keygen', ['-y', path], { encoding: 'utf8' }).trim();
}

async function readPieces(path: string, take: (bytes: Uint8Array, position: number) => Promise<void>): Promise<void> {
  const file = await open(path, 'r');
  let [bytes, other] = [Buffer.alloc(mebibyte), Buffer.alloc(mebibyte)];
  let reading = file.read(bytes, 0, mebibyte, 0);
  for (let position = 0; ;) {
    const { bytesRead } = await reading;
    if (bytesRead === 0) break;
    const piece = bytes.subarray(0, bytesRead);
    position += bytesRead;
    // Read while this piece is sealed and written.
    reading = file.read(other, 0, mebibyte, position);
    await take(piece, position - bytesRead);
    [bytes, other] = [other, bytes];
  }
  await file.close();
}
