import { noRequestLetters } from '../../main/recording/testing/noRequestLetters';
import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cutTrack } from '../../main/recording/finalize/cutTrack';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { RecordingService } from '../../main/recording/recordingService';
import { noDocuments } from '../../main/recording/testing/noDocuments';
import { finishedRecording } from '../../main/recording/testing/finishedRecording';
import { TestTimers } from '../../main/recording/testing/testTimers';
import { createSigner, verifySignature } from '../../main/sessions/identity';
import { allFiles, openFixture, temporaryFolder, vaultFixture } from '../../main/vault/testing/vaultFixture';

const timers = new TestTimers();

/** The same as main/index.ts puts together, without the window. */
async function open(fixture: ReturnType<typeof vaultFixture>, wanted: { afterTrack?: () => void } = {}) {
  const { manager } = await openFixture(fixture);
  const service = new RecordingService({
    requestLetters: noRequestLetters,
    environment: {
      vault: () => manager.vault(),
      signer: () => createSigner(manager.vault().profile.identity()),
      verify: verifySignature,
      ...{
        now: () => timers.now,
        timers,
        language: () => 'de' as const,
        neverRecordMe: () => false,
        random: randomBytes,
      },
      log: { info: () => undefined, error: () => undefined },
    },
    runFinalize: finalizeTrack,
    runCut: async (job) => {
      const outcome = await cutTrack(job);
      wanted.afterTrack?.();
      return outcome;
    },
    ...{ documents: noDocuments, withdrawalsSeenUntil: { get: () => 0, set: () => undefined } },
    exportPorts: { chooseFile: () => Promise.resolve(null), reveal: () => undefined },
    ...{ exportExtension: 'webm', recordingChanged: () => undefined, recordingsChanged: () => undefined },
    cutProgress: () => undefined,
  });
  return { manager, service };
}

test('killed at any moment, the next start finds the recording whole or cut, never half', async () => {
  const fixture = vaultFixture();
  const images: string[] = [];
  // What a power cut would leave at this moment.
  const photograph = () => {
    const folder = temporaryFolder();
    cpSync(fixture.folder, folder, { recursive: true });
    images.push(folder);
  };
  const { manager, service } = await open(fixture, { afterTrack: photograph });
  const vault = manager.vault();
  const { recording, tracks } = await finishedRecording(vault, [
    { kind: 'video', film: 'keyed-vp8' },
    { kind: 'audio', film: 'remote-opus' },
    { kind: 'chat', lines: [{ name: 'Ada', text: 'secret', offsetMs: 1_500 }] },
  ]);
  const prepared = await service.commands['recordings.prepareCut']({
    recordingId: recording.id,
    fromMs: 1_000,
    toMs: 2_000,
  });
  photograph();
  const { cut } = vault.recordings;
  Object.assign(vault.recordings, {
    cut: (...cutting: Parameters<typeof cut>) => {
      photograph();
      cut(...cutting);
      photograph();
    },
  });
  await service.commands['recordings.cut']({ cutId: prepared!.cutId });
  photograph();
  await manager.close();
  expect(images).toHaveLength(6);

  const found: string[] = [];
  for (const folder of images) {
    const after = await open({
      ...fixture,
      folder,
      manager: vaultFixture({ folder, keychain: fixture.keychain }).manager,
    });
    await after.service.handleVaultOpened();
    const stored = after.manager.vault().recordings.tracks(recording.id);
    const names = allFiles(join(folder, 'recordings')).map(({ path }) => path.split('/').at(-1));
    // Every track has its file and opens with its key, and no file is anybody's.
    expect(new Set(names)).toEqual(new Set(stored.map(({ fileName }) => fileName)));
    expect(names).toHaveLength(stored.length);
    const detail = await after.service.commands['recordings.get']({ recordingId: recording.id });
    for (const { id } of detail.tracks) {
      const response = await after.service.mediaResponse(id, null);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    const whole = tracks.every(({ track }) => stored.some(({ id }) => id === track.id));
    const isCut = detail.cuts.length === 1;
    expect(isCut).toBe(!whole);
    expect(detail.tracks).toHaveLength(whole ? 2 : 4);
    expect(detail.chat).toHaveLength(whole ? 1 : 0);
    if (isCut)
      expect(tracks.every(({ track }) => after.manager.vault().recordings.trackKey(track.id) === null)).toBe(true);
    found.push(whole ? 'whole' : 'cut');
    await after.manager.close();
  }
  expect(found).toEqual(['whole', 'whole', 'whole', 'whole', 'cut', 'cut']);
});
