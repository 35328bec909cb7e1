import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOnDisk } from '../../vault/sealed/sealedHandle';
import { SealedReader } from '../../vault/sealed/sealedReader';
import { SealedWriter } from '../../vault/sealed/sealedWriter';
import { finalizeTrack } from './finalizeTrack';
import chunks from './fixtures/chunks.json';
import { measureWebm } from './webmExtent';

const run = promisify(execFile);
const probe = await run('ffprobe', ['-version']).then(
  () => true,
  () => false,
);
const sourceKey = Buffer.alloc(32, 1);
const targetKey = Buffer.alloc(32, 2);
const fixtures = join(__dirname, 'fixtures');

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finalize-'));
});
afterAll(() => rm(folder, { recursive: true }));
const newPath = () => join(folder, `${(files += 1)}`);

/** Seals a recording chunk by chunk, as it would have come. */
async function seal(webm: Uint8Array, sizes: readonly number[]): Promise<string> {
  const path = newPath();
  const writer = await SealedWriter.create(path, sourceKey);
  let at = 0;
  for (const size of sizes) {
    await writer.append(webm.subarray(at, at + size));
    at += size;
  }
  await writer.destroy();
  return path;
}

async function unseal(path: string): Promise<Buffer> {
  const reader = await SealedReader.open(path, targetKey, { requireComplete: true });
  const bytes = await reader.read(0, reader.size);
  await reader.close();
  return Buffer.from(bytes);
}

async function finalize(sourcePath: string, options = {}) {
  const targetPath = newPath();
  const outcome = await finalizeTrack({ sourcePath, sourceKey, targetPath, targetKey }, options);
  return { outcome, targetPath };
}

/** What ffprobe sees: the duration, and whether seeking works, which needs cues. */
async function probeFile(webm: Uint8Array) {
  const path = newPath();
  await writeFile(path, webm);
  const { stdout } = await run('ffprobe', [
    '-v', 'error', '-of', 'json', '-count_packets',
    '-show_entries', 'format=duration:stream=codec_name,nb_read_packets', path,
  ]); // prettier-ignore
  const { format, streams } = JSON.parse(stdout) as {
    format: { duration?: string };
    streams: { codec_name: string; nb_read_packets: string }[];
  };
  return {
    seconds: Number(format.duration),
    codec: streams[0]?.codec_name,
    packets: Number(streams[0]?.nb_read_packets),
  };
}

/** `stream,seconds` of each frame, in order of time. */
async function packetsOf(webm: Uint8Array): Promise<readonly string[]> {
  const path = newPath();
  await writeFile(path, webm);
  const entries = 'packet=codec_type,pts_time';
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'csv=p=0', '-show_entries', entries, path]);
  return stdout.trim().split('\n').sort();
}

const cuesId = Buffer.from('1c53bb6b', 'hex');
const recordings = Object.entries(chunks).map(([name, sizes]) => ({ name, sizes, codec: name.split('-')[1] ?? '' }));

describe('recordings as MediaRecorder writes them', () => {
  test.each(recordings)('$name becomes seekable, with every frame', async ({ name, sizes, codec }) => {
    const webm = await readFile(join(fixtures, `${name}.webm`));
    const { outcome, targetPath } = await finalize(await seal(webm, sizes));
    if (outcome.status !== 'done') throw new Error(outcome.status);
    const result = await unseal(targetPath);
    expect(outcome.bytes).toBe((await readFile(targetPath)).length);
    expect(outcome.mimeType).toMatch(codec === 'opus' ? /^audio\/webm;codecs=opus$/ : /^video\/webm;codecs=vp/);
    // The SeekHead near the start and the element itself.
    expect(result.subarray(0, 4096).includes(cuesId)).toBe(true);
    expect(result.lastIndexOf(cuesId)).toBeGreaterThan(4096);
    expect(Math.abs(outcome.durationMs - sizes.length * 500)).toBeLessThan(1100);
    if (!probe) return;
    const [before, after] = [await probeFile(webm), await probeFile(result)];
    expect(before.seconds).toBeNaN();
    expect(after.codec).toBe(codec);
    expect(after.packets).toBe(before.packets);
    expect(Math.abs(after.seconds * 1000 - outcome.durationMs)).toBeLessThan(50);
  });

  test('cut after any chunk, all whole frames before the cut are there', async () => {
    const { name, sizes } = recordings.find((one) => one.name === 'remote-vp8')!;
    const webm = await readFile(join(fixtures, `${name}.webm`));
    let last = 0;
    for (let count = 1; count <= sizes.length; count += 1) {
      const length = sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
      const part = webm.subarray(0, length);
      const expected = await measureWebm({ size: length, read: async (start, end) => part.subarray(start, end) });
      const { outcome, targetPath } = await finalize(await seal(webm, sizes.slice(0, count)));
      if (outcome.status !== 'done') throw new Error(outcome.status);
      expect(outcome.durationMs).toBeGreaterThan(last);
      last = outcome.durationMs;
      if (probe) expect((await probeFile(await unseal(targetPath))).packets).toBe(expected.blocks);
    }
  });

  test('cut inside the last sealed chunk, that chunk is missing and nothing else', async () => {
    const { name, sizes } = recordings.find((one) => one.name === 'remote-opus')!;
    const webm = await readFile(join(fixtures, `${name}.webm`));
    const whole = await readFile(await seal(webm, sizes));
    const without = await finalize(await seal(webm, sizes.slice(0, -1)));
    for (const cut of [1, 16, 17, 500, (sizes.at(-1) ?? 0) + 19]) {
      const path = newPath();
      await writeFile(path, whole.subarray(0, whole.length - cut));
      const { outcome } = await finalize(path);
      expect(outcome).toEqual(without.outcome);
    }
  });
});

describe('a consent clip', () => {
  const webm = () => readFile(join(fixtures, 'clip-vp8-opus.webm'));
  const finalizeClip = async (clipMs: number | undefined) => {
    const targetPath = newPath();
    const bytes = await webm();
    const job = { sourcePath: await seal(bytes, [bytes.length]), sourceKey, targetPath, targetKey };
    return { targetPath, outcome: await finalizeTrack({ ...job, ...(clipMs === undefined ? {} : { clipMs }) }) };
  };

  test('keeps sound and picture in one file, every frame of them', async () => {
    const { outcome, targetPath } = await finalizeClip(10_000);
    if (outcome.status !== 'done') throw new Error(outcome.status);
    expect(outcome.mimeType).toBe('video/webm;codecs=vp8,opus');
    if (!probe) return;
    expect(await packetsOf(await unseal(targetPath))).toEqual(await packetsOf(await webm()));
  });

  test('is cut off where it is longer than a clip', async () => {
    const { outcome, targetPath } = await finalizeClip(1_500);
    if (outcome.status !== 'done') throw new Error(outcome.status);
    expect(outcome.durationMs).toBeGreaterThan(1_300);
    expect(outcome.durationMs).toBeLessThan(1_700);
    if (!probe) return;
    const times = (await packetsOf(await unseal(targetPath))).map((line) => Number(line.split(',')[1]));
    expect(Math.max(...times)).toBeLessThan(1.5);
    expect(times.length).toBeGreaterThan(20);
  });

  test('is the only file that may hold two tracks', async () => {
    expect((await finalizeClip(undefined)).outcome).toEqual({ status: 'failed', reason: 'damaged' });
  });
});

describe('what cannot be finalized', () => {
  const sizesOf = (name: keyof typeof chunks) => chunks[name];

  test('nothing, or only a header, is empty and leaves no file', async () => {
    const webm = await readFile(join(fixtures, 'remote-vp8.webm'));
    for (const length of [0, 1, 40, 100, 200]) {
      const { outcome, targetPath } = await finalize(await seal(webm, [length]));
      expect(outcome).toEqual({ status: 'empty' });
      await expect(readFile(targetPath)).rejects.toThrow('ENOENT');
    }
  });

  test('damage in the middle is said, and leaves no file', async () => {
    const webm = await readFile(join(fixtures, 'remote-vp8.webm'));
    const path = await seal(webm, sizesOf('remote-vp8'));
    const file = await readFile(path);
    file.writeUInt8(file.readUInt8(20_000) ^ 1, 20_000);
    await writeFile(path, file);
    const { outcome, targetPath } = await finalize(path);
    expect(outcome).toEqual({ status: 'failed', reason: 'damaged' });
    await expect(readFile(targetPath)).rejects.toThrow('ENOENT');
  });

  test('a wrong key, a missing file and what is no WebM are said by name, never thrown', async () => {
    const webm = await readFile(join(fixtures, 'remote-vp8.webm'));
    const sourcePath = await seal(webm, sizesOf('remote-vp8'));
    const job = { sourcePath, sourceKey: targetKey, targetPath: newPath(), targetKey };
    expect(await finalizeTrack(job)).toEqual({ status: 'failed', reason: 'damaged' });
    expect((await finalize(newPath())).outcome).toEqual({ status: 'failed', reason: 'disk-gone' });
    expect((await finalize(await seal(Buffer.from('no film'), [7]))).outcome).toEqual({ status: 'empty' });
  });

  test('a full disk is said, and leaves no file', async () => {
    const webm = await readFile(join(fixtures, 'own-vp8.webm'));
    const sourcePath = await seal(webm, sizesOf('own-vp8'));
    const before = await readdir(folder);
    const open: typeof openOnDisk = async (path, mode) => {
      const handle = await openOnDisk(path, mode);
      return Object.assign(handle, {
        write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
      });
    };
    const { outcome } = await finalize(sourcePath, { open });
    expect(outcome).toEqual({ status: 'failed', reason: 'disk-full' });
    expect(await readdir(folder)).toEqual(before);
  });
});
