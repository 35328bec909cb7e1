import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordingKind } from '../../common/consent/models';
import { errorCodeOf } from '../../common/errors';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { addRecording, newId, newTrack, openFixture, vaultFixture } from '../../main/vault/testing/vaultFixture';
import type { RecordingEnvironment } from '../../main/recording/environment';
import { RecordingLibrary } from '../../main/recording/library';

const day = 24 * 60 * 60 * 1000;

/** A finished recording with these kinds in a real vault, and the rounds of retention over it. */
async function world(kinds: readonly RecordingKind[], days: { rest: number; clips: number | null }) {
  const fixture = vaultFixture();
  const { vault } = await openFixture(fixture);
  const { clock } = fixture;
  const startedAt = clock.now;
  const { recording } = addRecording(vault, 0, {
    ...{ phase: 'ready', startedAt, endedAt: startedAt + 60_000 },
    ...{ retentionDays: days.rest, clipRetentionDays: days.clips },
  });
  for (const kind of kinds) {
    const track = newTrack(recording.id, { id: newId(), kind, phase: 'final', fileName: `${newId()}.sealed` });
    vault.recordings.addTrack(track, new Uint8Array(32).fill(7));
    await writeFile(join(vault.recordingsFolder, track.fileName), kind);
  }
  const library = new RecordingLibrary(
    {
      vault: () => vault,
      now: () => clock.now,
      log: { info: () => undefined, error: () => undefined },
    } as unknown as RecordingEnvironment,
    () => undefined,
  );
  const [recordings] = retainedKinds({
    vault: () => vault,
    deleteRecording: (id) => library.eraseExpired(id),
    deleteMeeting: () => undefined,
  });
  return {
    vault,
    library,
    recording,
    startedAt,
    /** A round of retention so many days after the recording began. */
    round: async (after: number) => {
      clock.now = startedAt + after * day;
      for (const erase of recordings!.due(clock.now)) await erase();
    },
    /** Kinds of which key and file are there. */
    kept: async () => {
      const files = await readdir(vault.recordingsFolder);
      return vault.recordings.tracks(recording.id).flatMap(({ id, kind, fileName }) => {
        const key = vault.recordings.trackKey(id);
        expect([id, key !== null]).toEqual([id, files.includes(fileName)]);
        return key === null ? [] : [kind];
      });
    },
  };
}

describe('when the time of a recording is over', () => {
  test('and clips are kept longer, they alone stay, with the receipts, until their own time is over', async () => {
    const { vault, library, recording, startedAt, round, kept } = await world(
      ['audio', 'clip', 'video', 'chat', 'clip'],
      { rest: 14, clips: 90 },
    );
    vault.recordings.cut(recording.id, { fromMs: 1, toMs: 2, cutAt: startedAt }, []);
    await round(13.99);
    expect(await kept()).toEqual(['audio', 'clip', 'video', 'chat', 'clip']);
    expect(library.list()).toMatchObject([{ onlyClips: false, deleteAfter: startedAt + 14 * day }]);

    await round(14);
    expect(await kept()).toEqual(['clip', 'clip']);
    expect(library.list()).toMatchObject([{ onlyClips: true, deleteAfter: startedAt + 90 * day }]);
    expect(await library.get(recording.id)).toMatchObject({ tracks: [], chat: [], cuts: [], clips: [{}, {}] });
    expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'track', why: 'retention', count: 3 }]);

    await round(89.99);
    expect(await kept()).toEqual(['clip', 'clip']);
    await round(90);
    expect(library.list()).toEqual([]);
    expect(await readdir(vault.recordingsFolder)).toEqual([]);
    expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'recording', why: 'retention', count: 1 }]);
  });

  test('and clips are kept for less, they go first', async () => {
    const { library, startedAt, round, kept } = await world(['audio', 'clip'], { rest: 14, clips: 7 });
    await round(7);
    expect(await kept()).toEqual(['audio']);
    expect(library.list()).toMatchObject([{ onlyClips: false, deleteAfter: startedAt + 14 * day }]);
    await round(14);
    expect(library.list()).toEqual([]);
  });

  test('and there is no clip in it, all goes at once', async () => {
    const { library, round } = await world(['audio', 'chat'], { rest: 14, clips: 90 });
    await round(14);
    expect(library.list()).toEqual([]);
  });

  test('and the app was not opened before the clips’ time was over too, all goes at once', async () => {
    const { library, round } = await world(['audio', 'clip'], { rest: 14, clips: 90 });
    await round(90);
    expect(library.list()).toEqual([]);
  });
});

test('what is on hold keeps both, and deleting by hand takes the clips along', async () => {
  const { vault, library, recording, startedAt, round, kept } = await world(['audio', 'clip'], { rest: 14, clips: 90 });
  const held = { kind: 'recording', id: recording.id } as const;
  vault.holds.set({ ...held, reason: 'Claim', since: startedAt });
  await round(20);
  expect(await kept()).toEqual(['audio', 'clip']);
  expect(await library.eraseExpired(recording.id).catch(errorCodeOf)).toBe('retention/held');
  vault.holds.lift(held);
  await round(20);
  expect(await kept()).toEqual(['clip']);
  await library.delete(recording.id);
  expect(await readdir(vault.recordingsFolder)).toEqual([]);
});
