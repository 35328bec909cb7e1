import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CutTrack, StoredTrack } from './repositories';
import { namesIn } from './files';
import {
  addRecording,
  decryptedLog,
  decryptedPages,
  newTrack,
  openFixture,
  vaultFixture,
} from './testing/vaultFixture';

async function recorded(trackCount: number) {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const added = addRecording(vault, trackCount, { phase: 'ready' });
  // Into a backup, from which they have to go as well.
  fixture.clock.now += 3_600_000;
  vault.people.met({ identityKey: 'k', name: 'Ada', at: 1 });
  manager.maintain();
  const holds = (key: Uint8Array) =>
    [fixture.folder, join(fixture.folder, 'backups')]
      .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
      .filter((path) => path.endsWith('.db'))
      .map((path) => decryptedPages(path, fixture.drawn[0]!))
      .concat(decryptedLog(join(fixture.folder, 'vault.db-wal'), fixture.drawn[0]!))
      .some((bytes) => bytes.includes(Buffer.from(key)));
  return { fixture, vault, holds, ...added };
}

const cut = { fromMs: 1_000, toMs: 2_000, cutAt: 77 };
const leave = (track: StoredTrack, parts: number): CutTrack => ({
  track,
  left: Array.from({ length: parts }, (_, index) => ({
    track: newTrack(track.recordingId, { phase: 'final', durationMs: 500, offsetMs: index * 2_000 }),
    key: randomBytes(32),
  })),
});

test('a cut puts what is left in the place of the tracks, and their keys are in no file any more', async () => {
  const { vault, holds, recording, tracks } = await recorded(3);
  const cutTracks = [leave(tracks[0]!.track, 2), leave(tracks[1]!.track, 0)];
  // Without this the test could not fail.
  expect(tracks.map(({ key }) => holds(key))).toEqual([true, true, true]);
  vault.recordings.cut(recording.id, cut, cutTracks);
  expect(tracks.map(({ key }) => holds(key))).toEqual([false, false, true]);
  expect(vault.recordings.tracks(recording.id)).toEqual([
    tracks[2]!.track,
    ...cutTracks[0]!.left.map(({ track }) => track),
  ]);
  for (const { track, key } of cutTracks[0]!.left) expect(vault.recordings.trackKey(track.id)).toEqual(key);
  expect(vault.recordings.cutsOf(recording.id)).toEqual([cut]);
  expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'track', why: 'cut', count: 2 }]);
});

test('a cut that cannot be carried out changes nothing', async () => {
  const { vault, recording, tracks } = await recorded(2);
  const before = vault.recordings.tracks(recording.id);
  const [first, second] = tracks.map(({ track }) => track);
  const standing = () => ({
    tracks: vault.recordings.tracks(recording.id),
    keys: tracks.map(({ track }) => vault.recordings.trackKey(track.id)),
    cuts: vault.recordings.cutsOf(recording.id),
  });
  const untouched = { tracks: before, keys: tracks.map(({ key }) => key), cuts: [] };
  const refused = (code: string, work: () => void) => {
    expect(work).toThrowError(expect.objectContaining({ code }));
    expect(standing()).toEqual(untouched);
  };
  refused('recording/changed', () =>
    vault.recordings.cut(recording.id, cut, [leave(first!, 2), leave({ ...second!, fileName: 'other' }, 1)]),
  );
  refused('recording/not-found', () => vault.recordings.cut('no such recording', cut, []));
  const twice = leave(second!, 2);
  // A new track that cannot be stored, after the first was taken out.
  expect(() =>
    vault.recordings.cut(recording.id, cut, [leave(first!, 1), { ...twice, left: [twice.left[0]!, twice.left[0]!] }]),
  ).toThrow();
  expect(standing()).toEqual(untouched);
  vault.holds.set({ kind: 'recording', id: recording.id, reason: 'Evidence', since: 1 });
  refused('retention/held', () => vault.recordings.cut(recording.id, cut, [leave(first!, 2)]));
  vault.recordings.eraseTracks([first!.id]);
  vault.holds.lift({ kind: 'recording', id: recording.id });
  expect(() => vault.recordings.cut(recording.id, cut, [leave(first!, 2)])).toThrowError(
    expect.objectContaining({ code: 'recording/changed' }),
  );
});
