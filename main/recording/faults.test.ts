import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOnDisk, type OpenSealedHandle, type SealedHandle } from '../vault/sealed/sealedHandle';
import { SealedReader } from '../vault/sealed/sealedReader';
import chunks from './finalize/fixtures/chunks.json';
import { finalizeTrack } from './finalize/finalizeTrack';
import { diskRig, type DiskRig } from './testing/diskRig';
import { memoryVault, type MemoryVault } from './testing/memoryVault';
import { TestTimers } from './testing/testTimers';

let parent = '';
let folder = '';
let vault: MemoryVault;
let timers: TestTimers;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'faults-'));
  folder = join(parent, 'recordings');
  await mkdir(folder);
  vault = memoryVault({ recordingsFolder: folder, name: 'Hanna', publicKey: 'key' });
  timers = new TestTimers();
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const rigWith = (extras: Partial<Parameters<typeof diskRig>[0]> = {}) =>
  diskRig({ vault, timers, now: () => timers.now, ...extras });

/** A real recording in the chunks of half a second it came in. */
async function film(name: 'remote-vp8' | 'remote-opus') {
  const webm = await readFile(join(__dirname, 'finalize', 'fixtures', `${name}.webm`));
  let at = 0;
  return chunks[name].map((size) => webm.subarray(at, (at += size)));
}

/** Lets a second pass, and everything that was begun in it come to its end. */
async function second(): Promise<void> {
  timers.pass(1_000);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Seconds pass until it is so. */
const untilTold = async (rig: DiskRig, trouble: string | null) => {
  await expect.poll(async () => second().then(() => rig.told.at(-1)), { timeout: 15_000, interval: 5 }).toBe(trouble);
};

type Overrides = Partial<Record<'write' | 'datasync', (...args: unknown[]) => Promise<unknown>>>;

const overriding =
  (overrides: (handle: SealedHandle) => Overrides): OpenSealedHandle =>
  async (path, mode) => {
    const handle = await openOnDisk(path, mode);
    return Object.assign(handle, overrides(handle));
  };

describe('about once a second', () => {
  test('what was appended is brought to the disk, and nothing when nothing was', async () => {
    let synced = 0;
    const rig = rigWith({
      openFile: overriding((handle) => {
        const datasync = handle.datasync.bind(handle);
        return { datasync: () => ((synced += 1), datasync()) };
      }),
    });
    const recordingId = rig.start();
    const trackId = await rig.open(recordingId, 'audio');
    for (const part of (await film('remote-opus')).slice(0, 3)) {
      const before = synced;
      await rig.sinks.appendTrack(trackId, part);
      await expect.poll(() => second().then(() => synced)).toBe(before + 1);
    }
    await second();
    await second();
    expect(synced).toBe(3);
    await rig.stop(recordingId);
  });

  test('a disk that refuses that ends the track and is told; the next stretch is another file', async () => {
    let broken = false;
    const rig = rigWith({
      openFile: overriding((handle) => {
        const datasync = handle.datasync.bind(handle);
        return { datasync: () => (broken ? Promise.reject(Object.assign(new Error(), { code: 'EIO' })) : datasync()) };
      }),
    });
    const recordingId = rig.start();
    const trackId = await rig.open(recordingId, 'audio');
    for (const part of await film('remote-opus')) await rig.sinks.appendTrack(trackId, part);
    broken = true;
    await untilTold(rig, 'write-failed');
    await expect(rig.sinks.appendTrack(trackId, Buffer.from('x'))).rejects.toMatchObject({
      code: 'recording/unknown-track',
    });
    broken = false;
    await untilTold(rig, null);
    await rig.open(recordingId, 'audio');
    await rig.stop(recordingId);
    expect(vault.recordings.track(trackId)).toMatchObject({ phase: 'final' });
  });
});

describe('a disk that is too slow', () => {
  /** Writes that hang until they are let go. */
  function slowDisk() {
    const waiting: (() => void)[] = [];
    const disk = { slow: false, letGo: () => waiting.splice(0).forEach((go) => go()) };
    const openFile = overriding((handle) => {
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      return {
        write: async (...args) => {
          if (disk.slow) await new Promise<void>((resolve) => waiting.push(resolve));
          return write(...args);
        },
      };
    });
    return { disk, openFile };
  }

  test('keeps sound and chat, pauses pictures, says so, and takes them back when it keeps up', async () => {
    const { disk, openFile } = slowDisk();
    const rig = rigWith({ openFile });
    const recordingId = rig.start();
    const [sound, picture] = [await rig.open(recordingId, 'audio'), await rig.open(recordingId, 'video')];
    const [opus, vp8] = [await film('remote-opus'), await film('remote-vp8')];
    for (const part of vp8.slice(0, 6)) await rig.sinks.appendTrack(picture, part);
    for (const part of opus.slice(0, 6)) await rig.sinks.appendTrack(sound, part);
    disk.slow = true;
    const inFlight = [rig.sinks.appendTrack(picture, vp8[6]!), rig.sinks.appendTrack(sound, opus[6]!)];
    await second();
    await second();
    expect(rig.told).toEqual([]);
    await untilTold(rig, 'too-slow');
    // What was taken is written all the same.
    disk.slow = false;
    disk.letGo();
    await Promise.all(inFlight);
    await expect(rig.sinks.appendTrack(picture, vp8[7]!)).rejects.toMatchObject({ code: 'recording/unknown-track' });
    await expect(rig.open(recordingId, 'video')).rejects.toMatchObject({ code: 'recording/damaged' });
    await expect(rig.open(recordingId, 'screen')).rejects.toMatchObject({ code: 'recording/damaged' });
    await rig.sinks.appendTrack(sound, opus[7]!);
    await rig.sinks.appendChat('somebody', 'Gustav', 'still here');
    const pausedAt = timers.now;
    await untilTold(rig, null);
    expect(timers.now - pausedAt).toBeGreaterThanOrEqual(9_000);
    await rig.open(recordingId, 'video');
    await rig.stop(recordingId);
    expect(rig.told).toEqual(['too-slow', null]);
    expect(vault.recordings.track(picture)?.durationMs).toBeGreaterThan(2_500);
    expect(vault.recordings.track(sound)?.durationMs).toBeGreaterThan(3_000);
  });

  test('that is slow again with the pictures gets them back later each time', async () => {
    const { disk, openFile } = slowDisk();
    const rig = rigWith({ openFile });
    const recordingId = rig.start();
    const pauses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const picture = await rig.open(recordingId, 'video');
      disk.slow = true;
      const inFlight = rig.sinks.appendTrack(picture, Buffer.alloc(1_000));
      await untilTold(rig, 'too-slow');
      disk.slow = false;
      disk.letGo();
      await inFlight;
      const pausedAt = timers.now;
      await untilTold(rig, null);
      pauses.push(timers.now - pausedAt);
    }
    expect(pauses[1]).toBeGreaterThan(pauses[0]! * 1.5);
    expect(pauses[2]).toBeGreaterThan(pauses[1]! * 1.5);
    await rig.stop(recordingId);
  });
});

describe('a disk that vanishes', () => {
  test('is told; nothing is written to what stands in its place; back again, recording goes on and nothing is missing', async () => {
    const rig = rigWith();
    const recordingId = rig.start();
    const trackId = await rig.open(recordingId, 'audio');
    const parts = await film('remote-opus');
    for (const part of parts.slice(0, 4)) await rig.sinks.appendTrack(trackId, part);
    await rename(folder, `${folder}-away`);
    await untilTold(rig, 'disk-gone');
    await mkdir(folder);
    await expect(rig.open(recordingId, 'video')).rejects.toMatchObject({ code: 'recording/damaged' });
    for (const part of parts.slice(4)) await rig.sinks.appendTrack(trackId, part);
    await second();
    expect(rig.told).toEqual(['disk-gone']);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
    await rename(`${folder}-away`, folder);
    await untilTold(rig, null);
    await rig.open(recordingId, 'video');
    await rig.stop(recordingId);
    expect(vault.recordings.track(trackId)?.durationMs).toBeGreaterThan(500 * parts.length - 700);
  });

  test('and is away when the recording ends, and at the next start, costs nothing once it is back', async () => {
    const rig = rigWith();
    const recordingId = rig.start();
    const trackId = await rig.open(recordingId, 'audio');
    const parts = await film('remote-opus');
    for (const part of parts) await rig.sinks.appendTrack(trackId, part);
    await rename(folder, `${folder}-away`);
    await rig.stop(recordingId);
    await mkdir(folder);
    await writeFile(join(folder, 'notes.txt'), 'of another disk');
    await rigWith().recover();
    expect(vault.erased).toEqual([]);
    expect(vault.recordings.trackKey(trackId)).not.toBeNull();
    await rm(folder, { recursive: true });
    await rename(`${folder}-away`, folder);
    await rigWith().recover();
    expect(vault.recordings.get(recordingId)?.phase).toBe('ready');
    expect(vault.recordings.track(trackId)).toMatchObject({ phase: 'final' });
    expect(vault.recordings.track(trackId)?.durationMs).toBeGreaterThan(500 * parts.length - 700);
  });
});

test('a full disk is well again once there is room: the recording goes on in a new file', async () => {
  let full = false;
  const rig = rigWith({
    openFile: overriding((handle) => {
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
      const refused = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      return { write: (...args) => (full ? refused() : write(...args)) };
    }),
  });
  const recordingId = rig.start();
  const first = await rig.open(recordingId, 'audio');
  const parts = await film('remote-opus');
  for (const part of parts) await rig.sinks.appendTrack(first, part);
  full = true;
  await expect(rig.sinks.appendTrack(first, parts[0]!)).rejects.toMatchObject({ code: 'recording/disk-full' });
  await second();
  await second();
  expect(rig.told).toEqual(['disk-full']);
  full = false;
  await untilTold(rig, null);
  expect(await readdir(folder)).toHaveLength(1);
  const next = await rig.open(recordingId, 'audio');
  for (const part of parts) await rig.sinks.appendTrack(next, part);
  await rig.stop(recordingId);
  for (const id of [first, next]) expect(vault.recordings.track(id)?.phase).toBe('final');
});

test('a track that could not be finalized, because the disk was full, is finalized at the next start', async () => {
  const full: OpenSealedHandle = overriding(() => ({
    write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  }));
  const rig = rigWith({ run: (job) => finalizeTrack(job, { open: (path, mode) => full(path, mode) }) });
  const recordingId = rig.start();
  const trackId = await rig.open(recordingId, 'audio');
  for (const part of await film('remote-opus')) await rig.sinks.appendTrack(trackId, part);
  await rig.stop(recordingId);
  // It plays as it is.
  expect(vault.recordings.get(recordingId)?.phase).toBe('ready');
  expect(vault.recordings.track(trackId)).toMatchObject({ phase: 'closed', durationMs: null });
  await rigWith().recover();
  expect(vault.recordings.get(recordingId)?.phase).toBe('ready');
  expect(vault.recordings.track(trackId)).toMatchObject({ phase: 'final' });
});

test('power cut at any byte of the last second: all before it is recovered and plays', async () => {
  const rig = rigWith();
  const recordingId = rig.start();
  const trackId = await rig.open(recordingId, 'audio');
  const parts = (await film('remote-opus')).slice(0, 8);
  for (const part of parts) await rig.sinks.appendTrack(trackId, part);
  const track = vault.recordings.track(trackId)!;
  const sourceKey = vault.recordings.trackKey(trackId)!;
  const whole = await readFile(join(folder, track.fileName));
  const lastSecond = parts.slice(-2).reduce((sum, part) => sum + 20 + part.length, 0);
  const complete = await outcomeOf(whole);
  const outcomes = new Map<number, number>();
  for (let cut = 1; cut <= lastSecond; cut += 1) {
    const torn = whole.subarray(0, whole.length - cut);
    await writeFile(join(parent, 'torn'), torn);
    const reader = await SealedReader.open(join(parent, 'torn'), sourceKey);
    const { size } = reader;
    await reader.close();
    // What is left decides, and it is the same for many cuts.
    if (!outcomes.has(size)) outcomes.set(size, (await outcomeOf(torn)).durationMs);
    // The second, and the sound packet that was cut in two where it begins.
    expect(complete.durationMs - outcomes.get(size)!, `cut by ${cut}`).toBeLessThanOrEqual(1_000 + 120);
  }
  expect(outcomes.size).toBe(2);
  await rig.sinks.closeAll();

  async function outcomeOf(bytes: Uint8Array) {
    const [sourcePath, targetPath] = [join(parent, 'torn'), join(parent, 'target')];
    await writeFile(sourcePath, bytes);
    const outcome = await finalizeTrack({ sourcePath, sourceKey, targetPath, targetKey: sourceKey });
    if (outcome.status !== 'done') throw new Error(outcome.status);
    await rm(targetPath);
    return outcome;
  }
}, 30_000);
