import type { RecordingKind } from '../../common/consent/models';
import { countFrames, probeBytes } from '../support/media';
import { agreed, expect, test, type Person } from '../support/person';
import { openSealed, type TrackRow } from '../support/profile';

/** The tracks of one person in one recording, as the host's vault has them. */
async function tracksOf(host: Person, recordingId: string, participantId: string): Promise<TrackRow[]> {
  const tracks = await host.disk.tracks();
  return tracks.filter((track) => track.recordingId === recordingId && track.participantId === participantId);
}

/** Waits until a recording is completed: seekable files in place of what was written as it came. */
async function isReady(host: Person, recordingId: string): Promise<void> {
  await expect
    .poll(async () => (await host.disk.recordings()).find(({ id }) => id === recordingId)?.phase, { timeout: 30_000 })
    .toBe('ready');
}

/** Every sealed file there is belongs to a track that a receipt allows. */
async function hasOnlyFilesOf(host: Person, allowed: readonly string[]): Promise<void> {
  const [files, tracks] = [await host.disk.sealedFiles(), await host.disk.tracks()];
  const owners = files.map(({ name }) => tracks.find(({ fileName }) => fileName === name)?.participantId ?? 'nobody');
  expect(new Set(owners)).toEqual(new Set(allowed));
}

test('R3, R7: a yes is for the kinds that were named, and both sides hold its proof', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await james.turnOn('microphone', 'camera');
  await anna.sees(james);
  const jamesId = await james.participantId();

  for (const kinds of [['audio'], ['video'], ['chat']] as RecordingKind[][]) {
    await test.step(`yes to ${kinds.join()} only`, async () => {
      // Another purpose each time, or nobody would be asked again.
      await anna.record({ purpose: `Protokoll der Beratung: ${kinds.join()}` });
      const recordingId = await anna.recordingId();
      await james.answer(anna, 'yes', kinds);
      await Promise.all([anna.seesInRecording(james, kinds), james.seesInRecording(james, kinds)]);
      await james.say(`Said with ${kinds.join()}`);
      await anna.recordsFor(3);
      await anna.stopRecording();
      await isReady(anna, recordingId);

      const tracks = await tracksOf(anna, recordingId, jamesId);
      expect(tracks.map(({ kind }) => kind)).toEqual(kinds);
      expect((await anna.disk.tracks()).filter((track) => track.recordingId === recordingId)).toHaveLength(1);
      const media = await anna.disk.openTrack(tracks[0]!);
      if (kinds.includes('chat')) {
        expect(media.toString('utf8')).toContain('Said with chat');
      } else {
        const { streams, duration } = await probeBytes(media);
        expect(streams.map(({ kind, codec }) => `${kind} ${codec}`)).toEqual([
          kinds.includes('audio') ? 'audio opus' : 'video vp8',
        ]);
        expect(duration).toBeGreaterThan(1);
        expect(await countFrames(media)).toBeGreaterThan(10);
      }

      for (const { disk } of [anna, james]) {
        const receipt = (await disk.receipts()).find(
          (one) => one.recordingId === recordingId && one.name === james.name,
        );
        expect(agreed(receipt!.decisions)).toEqual(kinds);
        expect(receipt).toMatchObject({ language: 'en', hostSignature: expect.stringMatching(/^[\w-]{86}$/u) });
        expect(receipt?.noticeText).toContain(`Protokoll der Beratung: ${kinds.join()}`);
      }
    });
  }
});

test('R2, R4: who says no, or nothing, goes on as before and leaves nothing on the disk', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  const [annaId, jamesId] = await Promise.all([anna.participantId(), james.participantId()]);

  for (const answer of ['escape', 'no', 'later'] as const) {
    await test.step(`the answer is ${answer}`, async () => {
      await anna.record({ purpose: `Protokoll, ${answer}`, own: ['audio', 'chat'] });
      const recordingId = await anna.recordingId();
      if (answer === 'no') await james.answer(anna, answer);
      else if (answer === 'later') await james.answerLater(anna);
      else {
        await expect(james.consentDialog(anna)).toBeVisible();
        await james.page.keyboard.press('Escape');
        await expect(james.button(james.t('consent.answerNow')), 'put aside, and within reach').toBeFocused();
      }
      await Promise.all([anna.seesInRecording(james, []), james.seesInRecording(james, [])]);

      await james.say(`Nobody may keep this: ${answer}`);
      await anna.reads(`Nobody may keep this: ${answer}`);
      await anna.say(`Das schon: ${answer}`);
      await anna.recordsFor(3);
      await anna.sees(james);
      await hasOnlyFilesOf(anna, [annaId]);
      expect(await anna.call('recording.openTrack', videoOf(jamesId, recordingId))).toEqual({
        ok: false,
        error: { code: 'recording/no-consent' },
      });

      await anna.stopRecording();
      if (answer !== 'no') await expect(james.page.getByText(james.t('consent.waitingText'))).toBeHidden();
      await isReady(anna, recordingId);
      expect(await tracksOf(anna, recordingId, jamesId)).toEqual([]);
      await hasOnlyFilesOf(anna, [annaId]);
      const own = await tracksOf(anna, recordingId, annaId);
      expect(own.map(({ kind }) => kind).sort()).toEqual(['audio', 'chat']);
      const chat = (await anna.disk.openTrack(own.find(({ kind }) => kind === 'chat')!)).toString('utf8');
      expect(chat).toContain(`Das schon: ${answer}`);
      expect(chat).not.toContain('Nobody may keep this');

      for (const { disk } of [anna, james]) {
        const receipts = (await disk.receipts()).filter((one) => one.recordingId === recordingId);
        const ofJames = receipts.filter(({ name }) => name === james.name);
        expect(ofJames.map(({ decisions }) => agreed(decisions))).toEqual([[]]);
      }
    });
  }
});

test('R6: one click takes a yes back: the keys and files of that person are gone, the others go on', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone', 'camera')]);
  await anna.record({ own: ['audio'] });
  const recordingId = await anna.recordingId();
  const [annaId, jamesId] = await Promise.all([anna.participantId(), james.participantId()]);
  await james.answer(anna, 'yes', ['audio', 'video', 'chat']);
  await james.say('I may have to take this back');
  const kindsNow = async (participantId: string) =>
    (await tracksOf(anna, recordingId, participantId)).map(({ kind }) => kind).sort();
  await expect.poll(() => kindsNow(jamesId)).toEqual(['audio', 'chat', 'video']);
  await anna.recordsFor(4);

  const before = await tracksOf(anna, recordingId, jamesId);
  const sound = before.find(({ kind }) => kind === 'audio')!;
  expect((await anna.disk.openTrack(sound)).length, 'what is taken back below was there').toBeGreaterThan(1_000);

  await test.step('one kind', async () => {
    await james.withdraw('video');
    await Promise.all([
      anna.seesInRecording(james, ['audio', 'chat']),
      james.seesInRecording(james, ['audio', 'chat']),
    ]);
    await expectErased(anna, before, ['video']);
    await james.closeMyRecording();
  });

  await test.step('the rest', async () => {
    await james.withdraw();
    await Promise.all([anna.seesInRecording(james, []), james.seesInRecording(james, [])]);
    await expectErased(anna, before, ['audio', 'video', 'chat']);
  });

  const own = (await tracksOf(anna, recordingId, annaId))[0]!;
  const sizeNow = async () => (await anna.disk.sealedFiles()).find(({ name }) => name === own.fileName)?.bytes ?? 0;
  const size = await sizeNow();
  await expect.poll(sizeNow, { message: "the host's own track grows on" }).toBeGreaterThan(size);
  await anna.stopRecording();
  await isReady(anna, recordingId);
  await expectErased(anna, before, ['audio', 'video', 'chat']);
  expect(await countFrames(await anna.disk.openTrack((await tracksOf(anna, recordingId, annaId))[0]!))).toBeGreaterThan(
    100,
  );
  await hasOnlyFilesOf(anna, [annaId]);

  for (const { disk } of [anna, james]) {
    const receipt = (await disk.receipts()).find(({ name }) => name === james.name);
    expect(agreed(receipt!.decisions)).toEqual(['audio', 'video', 'chat']);
    expect([...receipt!.withdrawnKinds].sort()).toEqual(['audio', 'chat', 'video']);
  }
});

test('R5: who comes late is asked on entering, and the others are recorded all the while', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const carla = await person('Carla Rossi');
  const invite = await anna.host('Beratung Berger');
  await james.enter(anna, invite);
  await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
  await anna.record({ own: ['audio'] });
  const recordingId = await anna.recordingId();
  const jamesId = await james.participantId();
  await james.answer(anna, 'yes', ['audio']);
  await anna.recordsFor(2);

  await carla.enter(anna, invite);
  await expect(carla.consentDialog(anna)).toBeVisible();
  await expect(james.consentDialog(anna)).toBeHidden();
  const carlaId = await carla.participantId();
  await carla.answerLater(anna);
  await carla.turnOn('microphone');
  await anna.recordsFor((await secondsNow(anna)) + 2);
  expect(await tracksOf(anna, recordingId, carlaId), 'nothing before the yes').toEqual([]);

  const answeredAt = await secondsNow(anna);
  await carla.button(carla.t('consent.answerNow')).click();
  await carla.answer(anna, 'yes', ['audio']);
  await anna.seesInRecording(carla, ['audio']);
  await anna.recordsFor(answeredAt + 3);
  await anna.stopRecording();
  await isReady(anna, recordingId);

  const [ofCarla, ...more] = await tracksOf(anna, recordingId, carlaId);
  expect(more).toEqual([]);
  expect(ofCarla!.offsetMs, 'it begins with the yes').toBeGreaterThanOrEqual(answeredAt * 1000);
  expect(ofCarla!.durationMs).toBeGreaterThan(1_500);
  expect(await countFrames(await anna.disk.openTrack(ofCarla!))).toBeGreaterThan(10);
  const ofJames = await tracksOf(anna, recordingId, jamesId);
  expect(ofJames, 'one stretch without a gap').toHaveLength(1);
  expect(ofJames[0]!.durationMs).toBeGreaterThan((answeredAt + 1) * 1000);
});

function videoOf(participantId: string, recordingId: string) {
  return { recordingId, participantId, kind: 'video', mimeType: 'video/webm;codecs=vp8' };
}

/** Whole seconds on the recording's clock right now. */
async function secondsNow(host: Person): Promise<number> {
  const { value } = await host.call('recording.state');
  return Math.floor((Date.now() - (value as { startedAt: number }).startedAt) / 1000);
}

/**
 * The tracks of these kinds cannot be opened any more, by anybody who has this whole disk: `before` holds their rows
 * with the keys as they were.
 */
async function expectErased(host: Person, before: readonly TrackRow[], kinds: readonly RecordingKind[]): Promise<void> {
  const erased = before.filter(({ kind }) => kinds.includes(kind));
  expect(erased).toHaveLength(kinds.length);
  const now = () => host.disk.tracks();
  await expect
    .poll(async () => (await now()).filter(({ id }) => erased.some((old) => old.id === id)).map(({ phase }) => phase))
    .toEqual(erased.map(() => 'erased'));
  const left = await host.disk.keysAnywhere();
  for (const old of erased) {
    expect(left.some((key) => key.equals(old.key!))).toBe(false);
    await expect
      .poll(async () => (await host.disk.sealedFiles()).some(({ name }) => name === old.fileName))
      .toBe(false);
  }
  const files = await host.disk.sealedFiles();
  for (const { path } of files) {
    for (const old of erased) await expect(openSealed(path, old.key!)).rejects.toThrow('authentication');
  }
}
