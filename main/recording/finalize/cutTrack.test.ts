import { execFile } from 'node:child_process';
import { BufferSource, EncodedPacketSink, Input, WEBM, type EncodedPacket } from 'mediabunny';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOnDisk } from '../../vault/sealed/sealedHandle';
import { SealedReader } from '../../vault/sealed/sealedReader';
import { SealedWriter } from '../../vault/sealed/sealedWriter';
import { cutTrack, type CutPiece } from './cutTrack';

const run = promisify(execFile);
const ffmpeg = await run('ffmpeg', ['-version']).then(
  () => true,
  () => false,
);
const sourceKey = Buffer.alloc(32, 1);
const keys = { before: Buffer.alloc(32, 2), after: Buffer.alloc(32, 3) };

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cut-track-'));
});
afterAll(() => rm(folder, { recursive: true }));
const newPath = () => join(folder, `${(files += 1)}`);

async function packetsOf(webm: Uint8Array): Promise<EncodedPacket[]> {
  const input = new Input({ formats: [WEBM], source: new BufferSource(webm) });
  const [track] = await input.getTracks();
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track!).packets()) packets.push(packet);
  return packets;
}

async function unseal(path: string, key: Uint8Array): Promise<Buffer> {
  const reader = await SealedReader.open(path, key, { requireComplete: true });
  const bytes = await reader.read(0, reader.size);
  await reader.close();
  return Buffer.from(bytes);
}

async function cut(name: string, fromMs: number, toMs: number, options = {}) {
  const webm = await readFile(join(__dirname, 'fixtures', `${name}.webm`));
  const sourcePath = newPath();
  const writer = await SealedWriter.create(sourcePath, sourceKey);
  await writer.append(webm);
  await writer.finish();
  const [before, after] = [newPath(), newPath()];
  const outcome = await cutTrack(
    {
      ...{ sourcePath, sourceKey, fromMs, toMs },
      before: { path: before, key: keys.before },
      after: { path: after, key: keys.after },
    },
    options,
  );
  const open = async (piece: CutPiece | null, path: string, key: Uint8Array) =>
    piece === null ? null : { ...piece, file: await unseal(path, key), sealed: await readFile(path) };
  if (outcome.status !== 'done') return { webm, outcome, before: null, after: null };
  return {
    ...{ webm, outcome },
    before: await open(outcome.before, before, keys.before),
    after: await open(outcome.after, after, keys.after),
  };
}

/** Whether the frames of these packets are somewhere in the file. Long enough that two frames are not taken for one. */
const holds = (file: Buffer | undefined, packets: readonly EncodedPacket[]) =>
  packets.filter(({ data }) => file?.includes(Buffer.from(data.length > 64 ? data.subarray(8, 64) : data)) === true)
    .length;
const seconds = (packets: readonly EncodedPacket[]) => packets.map(({ timestamp }) => Math.round(timestamp * 1000));

/** How many frames there are, as another program decodes them; throws when it finds anything wrong. */
async function decoded(file: Buffer): Promise<number> {
  const path = newPath();
  await writeFile(path, file);
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']);
  expect(stderr).toBe('');
  const { stdout } = await run('ffprobe', ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path]); // prettier-ignore
  return Number(stdout.trim());
}

describe('pictures', () => {
  test('lose the range, and come back with the first key frame behind it', async () => {
    // Key frames at 0, 2, 4 and 6 s, ten frames a second.
    const { webm, before, after } = await cut('keyed-vp8', 1_550, 4_700);
    const all = await packetsOf(webm);
    const gone = all.filter(({ timestamp }) => timestamp >= 1.55 && timestamp < 6);
    expect(gone).toHaveLength(44);
    expect(holds(before?.file, gone) + holds(after?.file, gone)).toBe(0);
    // Without this the line above could not fail.
    expect(holds(webm, gone)).toBe(44);
    expect(before).toMatchObject({ offsetMs: 0, durationMs: 1_550, mimeType: 'video/webm;codecs=vp8' });
    expect(after).toMatchObject({ offsetMs: 6_000, durationMs: 2_000, mimeType: 'video/webm;codecs=vp8' });
    const [first, second] = [await packetsOf(before!.file), await packetsOf(after!.file)];
    expect(holds(before?.file, all.slice(0, 16))).toBe(16);
    expect(holds(after?.file, all.slice(60))).toBe(20);
    expect(seconds(first)).toEqual(Array.from({ length: 16 }, (_, index) => index * 100));
    expect(seconds(second)).toEqual(Array.from({ length: 20 }, (_, index) => index * 100));
    expect(second[0]?.type).toBe('key');
    expect([before!.bytes, after!.bytes]).toEqual([before!.sealed.length, after!.sealed.length]);
    if (ffmpeg) expect([await decoded(before!.file), await decoded(after!.file)]).toEqual([16, 20]);
  });

  test('without another key frame do not come back', async () => {
    const { outcome, before } = await cut('remote-vp8', 2_000, 3_000);
    expect(outcome).toMatchObject({ status: 'done', before: { offsetMs: 0 }, after: null });
    expect(before!.durationMs).toBeLessThanOrEqual(2_000);
    if (ffmpeg) expect(await decoded(before!.file)).toBe((await packetsOf(before!.file)).length);
  });

  test('that lie in the range altogether leave nothing, not even a file', async () => {
    const before = await readdir(folder);
    const { outcome } = await cut('keyed-vp8', 0, 8_000);
    expect(outcome).toEqual({ status: 'done', before: null, after: null });
    // The source is still there: it is not this function's to delete.
    expect(await readdir(folder)).toHaveLength(before.length + 1);
  });
});

describe('sound', () => {
  test('loses every packet that reaches into the range, and no other behind it', async () => {
    const { webm, before, after } = await cut('remote-opus', 1_000, 3_000);
    const all = await packetsOf(webm);
    const [first, second] = [await packetsOf(before!.file), await packetsOf(after!.file)];
    const kept = all.filter(({ timestamp }) => timestamp >= 3);
    expect(second).toHaveLength(kept.length);
    expect(after!.offsetMs).toBe(Math.round(kept[0]!.timestamp * 1_000));
    expect(after!.offsetMs - 3_000).toBeLessThan(80);
    expect(seconds(second)).toEqual(seconds(kept).map((at) => at - after!.offsetMs));
    expect(first.every(({ timestamp }) => timestamp + 0.06 <= 1)).toBe(true);
    expect(before!.durationMs).toBeGreaterThan(860);
    expect(before!.durationMs).toBeLessThanOrEqual(1_000);
    const gone = all.filter(({ timestamp }) => timestamp > 0.95 && timestamp < 2.999);
    expect(gone.length).toBeGreaterThan(30);
    expect(holds(webm, gone)).toBe(gone.length);
    expect(holds(before?.file, gone) + holds(after?.file, gone)).toBe(0);
    if (ffmpeg) {
      expect(await decoded(before!.file)).toBe(first.length);
      expect(await decoded(after!.file)).toBe(second.length);
    }
  });

  test('from its beginning, or to its end, leaves one part', async () => {
    expect((await cut('new-opus', -500, 2_000)).outcome).toMatchObject({ before: null, after: { offsetMs: 2_040 } });
    expect((await cut('new-opus', 2_000, 60_000)).outcome).toMatchObject({ before: { offsetMs: 0 }, after: null });
  });
});

describe('what cannot be cut', () => {
  test('damage is said, and leaves no file but the source', async () => {
    const names = await readdir(folder);
    const open: typeof openOnDisk = async (path, mode) => {
      const handle = await openOnDisk(path, mode);
      return mode === 'read'
        ? handle
        : Object.assign(handle, { write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) });
    };
    expect((await cut('keyed-vp8', 1_000, 2_000, { open })).outcome).toEqual({ status: 'failed', reason: 'disk-full' });
    expect(await readdir(folder)).toHaveLength(names.length + 1);
  });

  test('a wrong key and a missing file are damaged, never thrown', async () => {
    const job = {
      sourceKey: keys.after,
      ...{ fromMs: 0, toMs: 1_000 },
      before: { path: newPath(), key: keys.before },
      after: { path: newPath(), key: keys.after },
    };
    const [some] = await readdir(folder);
    for (const sourcePath of [join(folder, some!), newPath()]) {
      expect(await cutTrack({ ...job, sourcePath })).toEqual({ status: 'failed', reason: 'damaged' });
    }
  });
});
