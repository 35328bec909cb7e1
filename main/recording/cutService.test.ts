import { BufferSource, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DomainError, errorCodeOf } from '../../common/errors';
import { cutTrack, type CutTrackOutcome } from './finalize/cutTrack';
import type { RunCut } from './finalize/cutInProcess';
import { finishedRecording, type FinishedTrack } from './testing/finishedRecording';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

let host: TestPerson;
let running: (() => void)[] = [];
let runCut: RunCut;
let exportsTo = '';
beforeEach(async () => {
  running = [];
  runCut = (job) => cutTrack(job);
  exportsTo = await mkdtemp(join(tmpdir(), 'cut-export-'));
  host = await testPerson('Hanna', new TestTimers(), {
    runCut: (job, signal) => runCut(job, signal),
    exportPorts: { chooseFile: async () => join(exportsTo, 'film.webm'), reveal: () => undefined },
  });
});
afterEach(async () => {
  await dismissPersons();
  await rm(exportsTo, { recursive: true, force: true });
});

const anna = 'A'.repeat(22);
const ben = 'B'.repeat(22);
const lines = [500, 2_400, 2_900, 5_000].map((offsetMs) => ({ name: 'Anna', text: `line at ${offsetMs}`, offsetMs }));
const everything: readonly FinishedTrack[] = [
  { kind: 'audio', film: 'remote-opus', participantId: anna },
  { kind: 'video', film: 'keyed-vp8', participantId: anna },
  { kind: 'video', film: 'remote-vp8', participantId: ben, offsetMs: 400 },
  { kind: 'audio', film: 'new-opus', participantId: ben, offsetMs: 4_000 },
  { kind: 'chat', lines, participantId: anna },
  { kind: 'clip', film: 'keyed-vp8', participantId: ben },
];
const record = (tracks = everything, changes = {}) => finishedRecording(host.vault, tracks, changes);
const commands = () => host.service.commands;
const prepare = (recordingId: string, fromMs = 2_000, toMs = 3_000) =>
  commands()['recordings.prepareCut']({ recordingId, fromMs, toMs });
async function cut(recordingId: string, fromMs = 2_000, toMs = 3_000) {
  const prepared = await prepare(recordingId, fromMs, toMs);
  if (!prepared) throw new Error('given up');
  await commands()['recordings.cut']({ cutId: prepared.cutId });
  return prepared;
}
const code = (work: Promise<unknown>) => work.then(() => 'done', errorCodeOf);
const detail = (recordingId: string) => commands()['recordings.get']({ recordingId });
const stretches = async (recordingId: string) =>
  (await detail(recordingId)).tracks.map(({ participantId, kind, offsetMs, durationMs }) => [
    ...[participantId === anna ? 'anna' : 'ben', kind, offsetMs, offsetMs + durationMs],
  ]);
const fileNames = (recordingId: string) =>
  host.vault.recordings
    .tracks(recordingId)
    .map(({ fileName }) => fileName)
    .sort();
const files = async () => (await host.files()).filter((name) => name.endsWith('.sealed')).sort();

/** When each frame that is served lies on the time line, in milliseconds. */
async function frames(recordingId: string, kind: 'audio' | 'video'): Promise<readonly number[]> {
  const all: number[] = [];
  for (const track of (await detail(recordingId)).tracks.filter((one) => one.kind === kind)) {
    const response = await host.service.mediaResponse(track.id, null);
    const input = new Input({ formats: [WEBM], source: new BufferSource(await response.arrayBuffer()) });
    const [only] = await input.getTracks();
    for await (const { timestamp } of new EncodedPacketSink(only!).packets()) {
      all.push(Math.round(track.offsetMs + timestamp * 1_000));
    }
  }
  return all.sort((a, b) => a - b);
}

describe('a cut', () => {
  test('takes the range from everybody, and leaves what lies around it where it was', async () => {
    const { recording, tracks } = await record();
    const before = await frames(recording.id, 'audio');
    const prepared = await prepare(recording.id);
    expect(prepared).toMatchObject({ fromMs: 2_000, toMs: 3_000, chatLines: 2 });
    // Key frames at 0, 2, 4 s; Ben's picture has only one, at its beginning.
    expect(prepared?.latePictures).toEqual([
      { participantId: anna, atMs: 4_000 },
      { participantId: ben, atMs: null },
    ]);
    // Nothing has happened yet.
    expect(fileNames(recording.id)).toEqual(tracks.map(({ track }) => track.fileName).sort());
    expect((await detail(recording.id)).cuts).toEqual([]);

    await commands()['recordings.cut']({ cutId: prepared!.cutId });
    const after = await detail(recording.id);
    expect(after.cuts).toEqual([{ fromMs: 2_000, toMs: 3_000 }]);
    expect(after.chat.map(({ offsetMs }) => offsetMs)).toEqual([500, 5_000]);
    expect(after.durationMs).toBe(10_000);
    expect(await stretches(recording.id)).toEqual([
      ['ben', 'audio', 4_000, 8_140],
      ['anna', 'audio', 0, expect.closeTo(1_960, -2)],
      ['anna', 'audio', expect.closeTo(3_030, -2), 6_110],
      ['anna', 'video', 0, 2_000],
      ['anna', 'video', 4_000, 8_000],
      ['ben', 'video', 400, expect.closeTo(2_000, -2)],
    ]);
    const inside = (at: number) => at >= 2_000 && at < 3_000;
    expect(before.some(inside)).toBe(true);
    expect((await frames(recording.id, 'audio')).filter(inside)).toEqual([]);
    expect((await frames(recording.id, 'video')).filter(inside)).toEqual([]);
    expect((await frames(recording.id, 'audio')).filter((at) => at >= 3_000)).toEqual(
      before.filter((at) => at >= 3_000),
    );
  });

  test('destroys keys and files, and leaves the clip and what does not reach into it', async () => {
    const { recording, tracks } = await record();
    await cut(recording.id);
    const stays = [tracks[3]!, tracks[5]!];
    for (const { track, key } of tracks) {
      const standing = stays.some((one) => one.track.id === track.id);
      expect(host.vault.recordings.trackKey(track.id)).toEqual(standing ? Uint8Array.from(key) : null);
      expect((await host.files()).includes(track.fileName)).toBe(standing);
      const response = await host.service.mediaResponse(track.id, null);
      await response.arrayBuffer();
      expect(response.status).toBe(standing ? 200 : 404);
    }
    expect(await files()).toEqual(fileNames(recording.id));
    expect(host.vault.deletionLog.newest(1)).toMatchObject([{ kind: 'track', why: 'cut', count: 4 }]);
  });

  test('that overlaps an earlier one is one with it, and can take everything', async () => {
    const { recording } = await record();
    await cut(recording.id, 2_000, 3_000);
    await cut(recording.id, 2_500, 4_500);
    await cut(recording.id, 9_000, 10_000);
    expect((await detail(recording.id)).cuts).toEqual([
      { fromMs: 2_000, toMs: 4_500 },
      { fromMs: 9_000, toMs: 10_000 },
    ]);
    expect((await frames(recording.id, 'video')).filter((at) => at >= 2_000 && at < 4_500)).toEqual([]);
    await cut(recording.id, 0, 10_000);
    expect(await detail(recording.id)).toMatchObject({ tracks: [], chat: [], cuts: [{ fromMs: 0, toMs: 10_000 }] });
    expect((await detail(recording.id)).clips).toHaveLength(1);
    expect(await files()).toEqual(fileNames(recording.id));
  });

  test('reaches the last frame of a track, which its stored length does not count', async () => {
    const { recording } = await record([{ kind: 'video', film: 'remote-vp8', participantId: ben }]);
    expect((await frames(recording.id, 'video')).at(-1)).toBe(6_035);
    await cut(recording.id, 6_035, 6_200);
    expect((await frames(recording.id, 'video')).at(-1)).toBeLessThan(6_035);
  });

  test('reaches a track that could not be finalized', async () => {
    const { recording } = await record([{ kind: 'audio', film: 'remote-opus', phase: 'closed', durationMs: null }]);
    await cut(recording.id, 5_000, 9_000);
    const after = await detail(recording.id);
    expect(after.tracks).toMatchObject([{ offsetMs: 0 }]);
    expect(after.tracks[0]!.durationMs).toBeLessThanOrEqual(5_000);
  });

  test('ends an export, which was planned with what is gone', async () => {
    const { recording } = await record();
    const { exportId } = (await commands()['export.begin']({ recordingId: recording.id, language: 'en' }))!;
    await commands()['export.write']({ exportId, position: 0, bytes: new Uint8Array([1, 2, 3]) });
    await cut(recording.id);
    expect(await code(commands()['export.finish']({ exportId }))).toBe('export/unknown');
    expect(await readdir(exportsTo)).toEqual([]);
  });
});

describe('a cut is refused, with nothing changed,', () => {
  /** How preparing ended, and whether tracks and files are as they were. */
  const attempt = async (recordingId: string, range: [number, number] = [2_000, 3_000]) => {
    const standing = async () => [fileNames(recordingId), await files()].join();
    const before = await standing();
    return { code: await code(prepare(recordingId, ...range)), unchanged: (await standing()) === before };
  };
  const refused = (expected: string) => ({ code: expected, unchanged: true });

  test('of what is not there, not finished, or on hold', async () => {
    expect(await attempt('C'.repeat(22))).toEqual(refused('recording/not-found'));
    for (const phase of ['recording', 'finalizing'] as const) {
      expect(await attempt((await record(everything, { phase })).recording.id)).toEqual(
        refused('recording/in-progress'),
      );
    }
    const { recording } = await record();
    host.vault.holds.set({ kind: 'recording', id: recording.id, reason: 'Evidence', since: 1 });
    expect(await attempt(recording.id)).toEqual(refused('retention/held'));
    host.vault.holds.lift({ kind: 'recording', id: recording.id });
    const recovered = await record(everything, { phase: 'recovered' });
    expect(await code(cut(recovered.recording.id))).toBe('done');
  });

  test('of a range that reaches beyond the recording', async () => {
    const { recording } = await record();
    const wrong: [number, number][] = [
      [9_000, 10_001],
      [10_000, 11_000],
      [3_000, 3_000],
      [3_000, 2_000],
      [-1, 5],
    ];
    for (const range of wrong) expect(await attempt(recording.id, range)).toEqual(refused('recording/range-invalid'));
  });

  test('when a track cannot be read, or the disk is full', async () => {
    const { recording, tracks } = await record();
    const damaged = host.vault.recordings.trackKey(tracks[1]!.track.id)!.fill(9);
    host.vault.recordings.replaceTrackFile(tracks[1]!.track.id, { ...tracks[1]!.track, durationMs: 8_000 }, damaged);
    expect(await attempt(recording.id)).toEqual(refused('recording/damaged'));
    runCut = async () => ({ status: 'failed', reason: 'disk-full' });
    expect(await attempt(recording.id)).toEqual(refused('recording/disk-full'));
    runCut = () => Promise.reject(new Error('the process died'));
    expect(await attempt(recording.id)).toEqual(refused('internal/unexpected'));
  });

  test('under an unknown name, twice, or once it was given up', async () => {
    const { recording } = await record();
    expect(await code(commands()['recordings.cut']({ cutId: 'D'.repeat(22) }))).toBe('recording/changed');
    const { cutId } = await cut(recording.id);
    expect(await code(commands()['recordings.cut']({ cutId }))).toBe('recording/changed');
    const names = fileNames(recording.id);
    for (const giveUp of [
      () => commands()['recordings.abandonCut']({ recordingId: recording.id }),
      () => host.service.handleWindowGone(),
      () => host.service.handleVaultOpened(),
      () =>
        prepare(recording.id, 5_000, 6_000).then(() =>
          commands()['recordings.abandonCut']({ recordingId: recording.id }),
        ),
    ]) {
      const prepared = await prepare(recording.id);
      expect((await files()).length).toBeGreaterThan(names.length);
      await giveUp();
      expect(await code(commands()['recordings.cut']({ cutId: prepared!.cutId }))).toBe('recording/changed');
      expect([fileNames(recording.id), await files()]).toEqual([names, names]);
    }
  });

  test('when the recording changed after it was prepared', async () => {
    const changes: ((recordingId: string, trackId: string) => unknown)[] = [
      (recordingId) => commands()['recordings.delete']({ recordingId }),
      (_recordingId, trackId) => host.vault.recordings.eraseTracks([trackId]),
      (recordingId) => host.vault.holds.set({ kind: 'recording', id: recordingId, reason: 'Evidence', since: 1 }),
    ];
    for (const change of changes) {
      const { recording, tracks } = await record();
      const prepared = await prepare(recording.id);
      await change(recording.id, tracks[0]!.track.id);
      expect(await code(commands()['recordings.cut']({ cutId: prepared!.cutId }))).toMatch(/changed|held/);
      expect(host.vault.recordings.cutsOf(recording.id)).toEqual([]);
      const standing = host.vault.recordings.list().flatMap(({ id }) =>
        host.vault.recordings
          .tracks(id)
          .filter(({ phase }) => phase !== 'erased')
          .map(({ fileName }) => fileName),
      );
      expect(await files()).toEqual(expect.arrayContaining(standing));
      // Only what was erased may have left its file to whoever erased it.
      expect((await files()).filter((name) => !standing.includes(name))).toEqual([]);
    }
  });
});

test('a new file that is gone or short keeps the old ones', async () => {
  const { recording, tracks } = await record();
  const names = fileNames(recording.id);
  const prepared = await prepare(recording.id);
  const fresh = (await files()).filter((name) => !names.includes(name));
  await rm(join(host.vault.recordingsFolder, fresh[1]!));
  expect(await code(commands()['recordings.cut']({ cutId: prepared!.cutId }))).toBe('recording/changed');
  expect([fileNames(recording.id), await files()]).toEqual([names, names]);
  expect(tracks.every(({ track }) => host.vault.recordings.trackKey(track.id) !== null)).toBe(true);
});

describe('while it is prepared', () => {
  /** Each track waits until it is told to go on. */
  function hold() {
    runCut = (job, signal) =>
      new Promise<CutTrackOutcome>((resolve, reject) => {
        running.push(() => void cutTrack(job).then(resolve, reject));
        signal.addEventListener('abort', () => reject(new Error('killed')));
      });
  }
  const started = () => expect.poll(() => running.length).toBeGreaterThan(0);

  test('it can be given up, and leaves nothing', async () => {
    const { recording } = await record();
    hold();
    const preparing = prepare(recording.id);
    await started();
    await commands()['recordings.abandonCut']({ recordingId: recording.id });
    expect(await preparing).toBeNull();
    expect(await files()).toEqual(fileNames(recording.id));
  });

  test('another recording is not given up with it, and a later range replaces it', async () => {
    const { recording } = await record();
    const other = await record();
    hold();
    const first = prepare(recording.id, 1_000, 2_000);
    await started();
    await commands()['recordings.abandonCut']({ recordingId: other.recording.id });
    const second = prepare(recording.id, 5_000, 6_000);
    expect(await first).toBeNull();
    const releasing = setInterval(() => running.splice(0).forEach((go) => go()), 5);
    const prepared = await second;
    clearInterval(releasing);
    await commands()['recordings.cut']({ cutId: prepared!.cutId });
    expect((await detail(recording.id)).cuts).toEqual([{ fromMs: 5_000, toMs: 6_000 }]);
    expect((await files()).length).toBe(fileNames(recording.id).length + fileNames(other.recording.id).length);
  });
});

test('when the vault fails after it has destroyed the keys, the new files stay and the old ones go', async () => {
  const { recording } = await record();
  const whole = host.vault.recordings.cut;
  Object.assign(host.vault.recordings, {
    cut: (...cutting: Parameters<typeof whole>) => {
      whole(...cutting);
      throw new DomainError('vault/damaged');
    },
  });
  expect(await code(cut(recording.id))).toBe('vault/damaged');
  expect(await files()).toEqual(fileNames(recording.id));
  expect((await frames(recording.id, 'video')).some((at) => at >= 2_000 && at < 3_000)).toBe(false);
  expect(await frames(recording.id, 'audio')).not.toEqual([]);
});
