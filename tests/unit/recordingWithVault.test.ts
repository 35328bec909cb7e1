import { noRequestLetters } from '../../main/recording/testing/noRequestLetters';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import chunks from '../../main/recording/finalize/fixtures/chunks.json';
import { cutTrack } from '../../main/recording/finalize/cutTrack';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { RecordingService } from '../../main/recording/recordingService';
import { startRequest } from '../../main/recording/testing/startRequest';
import { TestMeeting } from '../../main/recording/testing/testMeeting';
import { noDocuments } from '../../main/recording/testing/noDocuments';
import { TestTimers } from '../../main/recording/testing/testTimers';
import { createSigner, verifySignature } from '../../main/sessions/identity';
import { allFiles, openFixture, spellings, vaultFixture } from '../../main/vault/testing/vaultFixture';

/** The same as main/index.ts puts together, without the window. */
async function open(fixture: ReturnType<typeof vaultFixture>, timers: TestTimers) {
  const { manager } = await openFixture(fixture);
  const keys: Buffer[] = [];
  const service = new RecordingService({
    requestLetters: noRequestLetters,
    environment: {
      vault: () => manager.vault(),
      signer: () => createSigner(manager.vault().profile.identity()),
      verify: verifySignature,
      now: () => timers.now,
      timers,
      language: () => 'de',
      neverRecordMe: () => false,
      random: (size) => {
        const bytes = randomBytes(size);
        if (size === 32) keys.push(Buffer.from(bytes));
        return bytes;
      },
      log: { info: () => undefined, error: () => undefined },
    },
    runFinalize: finalizeTrack,
    runCut: (job) => cutTrack(job),
    cutProgress: () => undefined,
    exportPorts: { chooseFile: () => Promise.resolve(null), reveal: () => undefined },
    exportExtension: 'webm',
    documents: noDocuments,
    withdrawalsSeenUntil: { get: () => 0, set: () => undefined },
    recordingChanged: () => undefined,
    recordingsChanged: () => undefined,
  });
  await service.handleVaultOpened();
  return { manager, service, keys };
}

test('a recording survives locking and a restart, and a withdrawal leaves neither key nor file anywhere', async () => {
  const fixture = vaultFixture();
  const timers = new TestTimers();
  const first = await open(fixture, timers);
  const meeting = new TestMeeting();
  const channel = meeting.join('Ada', first.manager.vault().profile.get().identityKey);
  first.service.handleMeetingStarted(channel);
  await first.service.commands['recording.start'](startRequest());
  const recordingId = first.service.commands['recording.state']()?.request.recordingId ?? '';
  const { trackId } = await first.service.commands['recording.openTrack']({
    recordingId,
    participantId: channel.selfId,
    kind: 'audio',
    mimeType: 'audio/webm;codecs=opus',
  });
  const webm = Uint8Array.from(
    await readFile(join(__dirname, '../../main/recording/finalize/fixtures/remote-opus.webm')),
  );
  let at = 0;
  for (const size of chunks['remote-opus']) {
    await first.service.commands['recording.appendTrack']({ trackId, bytes: webm.subarray(at, (at += size)) });
  }
  first.service.handleChat(channel.selfId, 'Ada', 'A line that is kept');
  await expect.poll(() => first.manager.vault().recordings.tracks(recordingId).length).toBe(2);
  await first.service.shutDown();
  await first.manager.close();

  const second = await open(fixture, timers);
  const detail = await second.service.commands['recordings.get']({ recordingId });
  expect(detail).toMatchObject({ phase: 'ready', tracks: [{ id: trackId }], chat: [{ text: 'A line that is kept' }] });
  expect((await second.service.mediaResponse(trackId, 'bytes=0-99')).status).toBe(206);

  second.service.commands['consent.withdraw']({ recordingId, kinds: ['audio', 'chat'], scope: 'everything' });
  expect((await second.service.commands['recordings.get']({ recordingId })).people).toMatchObject([
    { kinds: ['video'], withdrawn: ['audio', 'chat'] },
  ]);
  await expect.poll(() => allFiles(fixture.folder).filter(({ path }) => path.endsWith('.sealed'))).toEqual([]);
  for (const { bytes } of allFiles(fixture.folder)) {
    for (const key of [...first.keys, ...second.keys]) {
      for (const spelling of spellings(key)) expect(bytes.includes(spelling)).toBe(false);
    }
  }
  await second.service.commands['recordings.delete']({ recordingId });
  expect(second.service.commands['recordings.list']()).toEqual([]);
});
