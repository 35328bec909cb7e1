import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedFormat } from './sealedHeader';
import { SealedPatchWriter } from './sealedPatchWriter';
import { SealedReader } from './sealedReader';
import { SealedWriter } from './sealedWriter';
import vectors from './vectors/sealed-v1.json';

const hex = (text: string) => Buffer.from(text, 'hex');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-vectors-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Bytes 0, 1, 2 … 250, 0, 1 …, as docs/sealed-files.md says. */
const pattern = (length: number) => Buffer.from(Array.from({ length }, (_, at) => at % 251));

describe('the vectors of docs/sealed-files.md', () => {
  test.each(vectors.live)('writing: $name', async ({ name, key, fileId, segments, finished, file }) => {
    const path = join(folder, `live-${name}`);
    const writer = await SealedWriter.create(path, hex(key), { fileId: hex(fileId) });
    for (const segment of segments) await writer.append(hex(segment));
    if (finished) await writer.finish();
    else await writer.destroy();
    expect((await readFile(path)).toString('hex')).toBe(file);
  });

  test.each(vectors.fixed)('writing: $name', async ({ name, key, fileId, patternBytes, fileSha256 }) => {
    const path = join(folder, `fixed-${name}`);
    const writer = await SealedPatchWriter.create(path, hex(key), { fileId: hex(fileId) });
    await writer.write(0, pattern(patternBytes));
    await writer.finish();
    expect(sha256(await readFile(path))).toBe(fileSha256);
  });

  test.each(vectors.reading)('reading: $name', async ({ name, key, file, plaintext, complete, problem }) => {
    const path = join(folder, `read-${name}`);
    await writeFile(path, hex(file));
    const reading = SealedReader.open(path, hex(key)).then(async (reader) => {
      try {
        return { plaintext: Buffer.from(await reader.read(0, reader.size)).toString('hex'), complete: reader.complete };
      } finally {
        await reader.close();
      }
    });
    if (problem === undefined) expect(await reading).toEqual({ plaintext, complete });
    else await expect(reading).rejects.toMatchObject({ problem });
  });

  test('the header is 32 bytes', () => {
    expect(sealedFormat.headerBytes).toBe(32);
  });
});
