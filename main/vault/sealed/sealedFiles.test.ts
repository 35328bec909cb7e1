import fc from 'fast-check';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SealedFileError } from './sealedFileError';
import { openOnDisk, type SealedHandle } from './sealedHandle';
import { sealedFormat } from './sealedHeader';
import { SealedPatchWriter } from './sealedPatchWriter';
import { SealedReader } from './sealedReader';
import { SealedWriter } from './sealedWriter';

const key = Buffer.alloc(32, 7);
let folder = '';
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-'));
});
afterAll(() => rm(folder, { recursive: true }));

const newPath = () => join(folder, `${(files += 1)}`);

async function writeLive(chunks: readonly Uint8Array[], finish = true): Promise<string> {
  const path = newPath();
  const writer = await SealedWriter.create(path, key);
  try {
    for (const chunk of chunks) await writer.append(chunk);
    if (finish) await writer.finish();
  } finally {
    await writer.destroy();
  }
  return path;
}

async function readAll(path: string, trackKey: Uint8Array = key, requireComplete = false) {
  const reader = await SealedReader.open(path, trackKey, { requireComplete });
  try {
    return { complete: reader.complete, bytes: Buffer.from(await reader.read(0, reader.size)) };
  } finally {
    await reader.close();
  }
}

/** The segments of a live file, with their lengths. */
function segmentsOf(file: Buffer): Buffer[] {
  const segments: Buffer[] = [];
  for (let at: number = sealedFormat.headerBytes; at < file.length;) {
    const end = at + 4 + file.readUInt32BE(at);
    segments.push(file.subarray(at, end));
    at = end;
  }
  return segments;
}

const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
const chunks = fc.array(chunk, { maxLength: 8 });
const few = { numRuns: 60 };

describe('live files', () => {
  test('what was appended is read, whole and in any part', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, fc.boolean(), fc.nat(), fc.nat(), async (parts, finish, a, b) => {
        const plaintext = Buffer.concat(parts);
        const path = await writeLive(parts, finish);
        const { complete, bytes } = await readAll(path);
        expect(bytes.equals(plaintext)).toBe(true);
        expect(complete).toBe(finish);
        const [start = 0, end = 0] = [a % (plaintext.length + 1), b % (plaintext.length + 1)].sort((x, y) => x - y);
        const reader = await SealedReader.open(path, key);
        expect(Buffer.from(await reader.read(start, end)).equals(plaintext.subarray(start, end))).toBe(true);
        await reader.close();
      }),
      few,
    );
  });

  test('a full chunk of 1 MiB fits, one byte more is refused', async () => {
    const path = await writeLive([Buffer.alloc(sealedFormat.maxSegmentBytes, 1)]);
    expect((await readAll(path)).bytes.length).toBe(sealedFormat.maxSegmentBytes);
    await expect(writeLive([Buffer.alloc(sealedFormat.maxSegmentBytes + 1)])).rejects.toThrow(RangeError);
  });

  test('any changed byte is refused, or reads as cut short', async () => {
    const file = await readFile(await writeLive([Buffer.from('first'), Buffer.from('second'), Buffer.from('third')]));
    const plaintext = 'firstsecondthird';
    for (let at = 0; at < file.length; at += 1) {
      for (const bit of [0, 3, 7]) {
        const path = newPath();
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        await writeFile(path, changed);
        // A finished file that must be complete is refused, wherever the change is ...
        await expect(readAll(path, key, true)).rejects.toThrow(SealedFileError);
        // ... and no reading ever yields anything else than a prefix that says it is one.
        const read = await readAll(path).catch((error: unknown) => error);
        if (read instanceof SealedFileError) continue;
        const { complete, bytes } = read as Awaited<ReturnType<typeof readAll>>;
        expect(complete).toBe(false);
        expect(plaintext.startsWith(bytes.toString())).toBe(true);
      }
    }
  });

  test('cut at any byte, whole segments remain and it says it is not complete', async () => {
    const parts = ['first', 'second', 'third'].map((text) => Buffer.from(text));
    const file = await readFile(await writeLive(parts));
    for (let length = 0; length < file.length; length += 1) {
      const path = newPath();
      await writeFile(path, file.subarray(0, length));
      const { complete, bytes } = await readAll(path);
      expect(complete).toBe(false);
      expect(['', 'first', 'firstsecond', 'firstsecondthird']).toContain(bytes.toString());
      // All that came before the cut is there.
      let end: number = sealedFormat.headerBytes;
      let whole = '';
      for (const part of parts) {
        end += 4 + part.length + 16;
        if (end <= length) whole += part.toString();
      }
      expect(bytes.toString()).toBe(whole);
    }
  });

  test('swapped, repeated and dropped segments are refused', async () => {
    const file = await readFile(await writeLive(['one', 'two', 'six'].map((text) => Buffer.from(text))));
    const header = file.subarray(0, sealedFormat.headerBytes);
    const [a, b, c, last] = segmentsOf(file) as [Buffer, Buffer, Buffer, Buffer];
    const orders = [
      [b, a, c, last],
      [a, c, b, last],
      [a, a, b, c, last],
      [a, b, c, c, last],
      [a, c, last],
      [b, c, last],
      [a, b, c, last, last],
      [a, b, c, last, a],
      [a, last],
    ];
    for (const order of orders) {
      const path = newPath();
      await writeFile(path, Buffer.concat([header, ...order]));
      await expect(readAll(path)).rejects.toThrow(SealedFileError);
    }
  });

  test('segments of another file under the same track key are refused', async () => {
    const [first, second] = await Promise.all([writeLive([Buffer.from('one')]), writeLive([Buffer.from('two')])]);
    const [fileA, fileB] = await Promise.all([readFile(first), readFile(second)]);
    const path = newPath();
    await writeFile(path, Buffer.concat([fileA.subarray(0, sealedFormat.headerBytes), ...segmentsOf(fileB)]));
    await expect(readAll(path)).rejects.toThrow('authentication');
  });

  test('a wrong key, a foreign file and a newer version are refused by name', async () => {
    const path = await writeLive([Buffer.from('one')]);
    await expect(readAll(path, Buffer.alloc(32, 8))).rejects.toThrow('authentication');
    const file = await readFile(path);
    file.writeUInt8(2, 8);
    await writeFile(path, file);
    await expect(readAll(path)).rejects.toThrow('unsupported');
    await writeFile(path, 'RIFF');
    await expect(readAll(path)).rejects.toThrow('not-sealed');
  });

  test('a tail of zeros after a power cut counts as not written', async () => {
    const path = await writeLive([Buffer.from('one'), Buffer.from('two')], false);
    const file = await readFile(path);
    for (const kept of [file.length, file.length - 10]) {
      await writeFile(path, Buffer.concat([file.subarray(0, kept), Buffer.alloc(100_000)]));
      const { complete, bytes } = await readAll(path);
      expect(complete).toBe(false);
      expect(bytes.toString()).toBe(kept === file.length ? 'onetwo' : 'one');
    }
  });

  test('after a failed write the writer never writes again', async () => {
    let writes = 0;
    const path = newPath();
    const writer = await SealedWriter.create(path, key, {
      open: async (name, mode) => failingHandle(await openOnDisk(name, mode), () => (writes += 1) === 3),
    });
    await writer.append(Buffer.from('one'));
    await expect(writer.append(Buffer.from('two'))).rejects.toThrow('ENOSPC');
    await expect(writer.append(Buffer.from('two'))).rejects.toThrow('closed');
    expect((await readAll(path)).bytes.toString()).toBe('one');
  });
});

/** A disk that takes half of a write and then is full. */
function failingHandle(handle: SealedHandle, fails: () => boolean): SealedHandle {
  return new Proxy(handle, {
    get(target, name) {
      if (name === 'write') {
        return async (bytes: Uint8Array, offset: number, length: number, position: number) => {
          if (!fails()) return target.write(bytes, offset, length, position);
          await target.write(bytes, offset, Math.floor(length / 2), position);
          throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('patched files', () => {
  const size = sealedFormat.fixedSegmentBytes;

  test('arbitrary writes and patches inside the window read back', async () => {
    const write = fc.record({
      back: fc.nat(2 * size),
      length: fc.integer({ min: 1, max: size + 5 }),
      fill: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 8 }), async (writes) => {
        const path = newPath();
        const writer = await SealedPatchWriter.create(path, key, { windowBytes: 4 * size });
        let expected = Buffer.alloc(0);
        for (const { back, length, fill } of writes) {
          const position = Math.max(0, expected.length - back);
          const bytes = Buffer.alloc(length, fill);
          await writer.write(position, bytes);
          expected = Buffer.concat([expected, Buffer.alloc(Math.max(0, position + length - expected.length))]);
          bytes.copy(expected, position);
        }
        const head = Buffer.from('head');
        if (expected.length >= 4) {
          await writer.write(0, head);
          head.copy(expected);
        }
        const fileBytes = await writer.finish();
        expect((await readFile(path)).length).toBe(fileBytes);
        const { complete, bytes } = await readAll(path);
        expect(complete).toBe(true);
        expect(bytes.equals(expected)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('sizes around the segment border end with the right last segment', async () => {
    for (const length of [0, 1, size - 1, size, size + 1, 2 * size, 2 * size + 1]) {
      const path = newPath();
      const writer = await SealedPatchWriter.create(path, key, { windowBytes: size });
      await writer.write(0, Buffer.alloc(length, 9));
      await writer.finish();
      const { complete, bytes } = await readAll(path);
      expect([complete, bytes.length]).toEqual([true, length]);
    }
  });

  test('a patch behind the window is refused, and so is a hole', async () => {
    const writer = await SealedPatchWriter.create(newPath(), key, { windowBytes: size });
    await expect(writer.write(1, Buffer.alloc(1))).rejects.toThrow(RangeError);
    await writer.write(0, Buffer.alloc(4 * size));
    await expect(writer.write(size + 3, Buffer.alloc(1))).rejects.toThrow('sealed-already');
    await expect(writer.finish()).rejects.toThrow('closed');
  });

  /** What is written, as positions and lengths. */
  function counting(written: { at: number; length: number }[], fails: () => boolean = () => false) {
    return async (name: string, mode: 'create' | 'read') => {
      const handle = await openOnDisk(name, mode);
      const write = handle.write.bind(handle) as (...args: unknown[]) => ReturnType<SealedHandle['write']>;
      return Object.assign(handle, {
        write: (...args: unknown[]) => {
          written.push({ at: args[3] as number, length: args[2] as number });
          if (fails()) return Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
          return write(...args);
        },
      });
    };
  }

  test.each([1, 9, 64, 640])('with a window of %i segments no byte of the file is written twice', async (segments) => {
    const written: { at: number; length: number }[] = [];
    const path = newPath();
    const writer = await SealedPatchWriter.create(path, key, {
      windowBytes: segments * size,
      open: counting(written),
    });
    for (let at = 0; at < 150; at += 1) {
      await writer.write(at * size, Buffer.alloc(size, at));
      await writer.write(0, Buffer.from([at]));
      // Inside the window a change is always taken.
      if (at > 1) await writer.write((at - Math.min(at - 1, segments - 1)) * size, Buffer.from([255]));
    }
    const bytes = await writer.finish();
    let end = 0;
    for (const { at, length } of [...written].sort((a, b) => a.at - b.at)) {
      expect(at).toBe(end);
      end += length;
    }
    expect(end).toBe(bytes);
    // Many small ones would be slow.
    expect(written.length).toBeLessThan(segments < 8 ? 152 : 80);
    const plaintext = (await readAll(path)).bytes;
    for (let at = 2; at < 150; at += 1) expect(plaintext.readUInt8(at * size + 1)).toBe(at);
    expect(plaintext.readUInt8((149 - Math.min(148, segments - 1)) * size)).toBe(255);
  });

  test('a write that fails on its way ends the writer, and is told at the latest at the end', async () => {
    for (const failing of [2, 3, 5]) {
      const written: { at: number; length: number }[] = [];
      const writer = await SealedPatchWriter.create(newPath(), key, {
        windowBytes: 8 * size,
        open: counting(written, () => written.length === failing),
      });
      const writing = async () => {
        for (let at = 0; at < 20; at += 1) await writer.write(at * size, Buffer.alloc(size, at));
        await writer.finish();
      };
      await expect(writing()).rejects.toThrow('ENOSPC');
      expect(written.length).toBe(failing);
      await expect(writer.write(0, Buffer.alloc(1))).rejects.toThrow('closed');
      await expect(writer.finish()).rejects.toThrow('closed');
    }
  });

  test('read in order, out of order and at the same time, it is the same; a changed segment is never given out', async () => {
    const path = newPath();
    const writer = await SealedPatchWriter.create(path, key);
    const plaintext = Buffer.concat(Array.from({ length: 41 }, (_, at) => Buffer.alloc(size - 7, at + 1)));
    await writer.write(0, plaintext);
    await writer.finish();
    for (const step of [1_000, size, 3 * size + 5, 20 * size]) {
      const reader = await SealedReader.open(path, key, { requireComplete: true });
      const starts = Array.from({ length: Math.ceil(reader.size / step) }, (_, at) => at * step).slice(0, 50);
      const read = async (start: number) => {
        const end = Math.min(start + step, reader.size);
        expect(Buffer.from(await reader.read(start, end)).equals(plaintext.subarray(start, end))).toBe(true);
      };
      for (const start of starts) await read(start);
      await Promise.all([...starts].reverse().map(read));
      // Something else than what was read ahead.
      for (const start of [0, step, 30 * step, 0, step, 7 * step]) {
        if (start + step <= reader.size) await read(start);
      }
      await reader.close();
    }
    const file = await readFile(path);
    file.writeUInt8(file.readUInt8(32 + 5 * 65_556 + 40_000) ^ 1, 32 + 5 * 65_556 + 40_000);
    await writeFile(path, file);
    const reader = await SealedReader.open(path, key);
    const target = Buffer.alloc(10 * size, 0xee);
    await expect(reader.readInto(target, 0)).rejects.toThrow('authentication');
    expect(target.subarray(0, 5 * size).equals(plaintext.subarray(0, 5 * size))).toBe(true);
    expect(target.subarray(5 * size, 6 * size).every((byte) => byte === 0)).toBe(true);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const before = Buffer.from(await reader.read(4 * size + 1, 4 * size + 30));
      expect(before.equals(plaintext.subarray(4 * size + 1, 4 * size + 30))).toBe(true);
      await expect(reader.read(5 * size + 1, 5 * size + 3)).rejects.toThrow('authentication');
    }
    await reader.close();
  });

  test('changed, cut or with segments swapped it is refused', async () => {
    const path = newPath();
    const writer = await SealedPatchWriter.create(path, key);
    await writer.write(0, Buffer.alloc(3 * size - 100, 1));
    await writer.finish();
    const file = await readFile(path);
    const stride = 4 + size + 16;
    const swapped = Buffer.concat([
      file.subarray(0, 32),
      file.subarray(32 + stride, 32 + 2 * stride),
      file.subarray(32, 32 + stride),
      file.subarray(32 + 2 * stride),
    ]);
    const flips = [0, 8, 9, 10, 13, 15, 20, 32, 35, 36, 32 + stride, 32 + stride + 3, file.length - 1].map((at) => {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      return changed;
    });
    for (const bytes of [swapped, ...flips, ...[1, 16, 20, stride].map((cut) => file.subarray(0, file.length - cut))]) {
      const target = newPath();
      await writeFile(target, bytes);
      await expect(readAll(target, key, true)).rejects.toThrow(SealedFileError);
    }
  });
});
