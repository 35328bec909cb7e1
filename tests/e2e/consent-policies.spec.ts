import type { RecordingKind } from '../../common/consent/models';
import { countFrames } from '../support/media';
import { agreed, expect, test, type Person } from '../support/person';
import { contentsOf } from '../support/profileFiles';
import type { TrackRow } from '../support/profile';

/** What the host's disk holds of somebody in one recording; what was destroyed is not there any more. */
async function kindsOf(host: Person, recordingId: string, participantId: string): Promise<RecordingKind[]> {
  const tracks = await tracksOf(host, recordingId, participantId);
  return [...new Set(tracks.filter(({ phase }) => phase !== 'erased').map(({ kind }) => kind))].sort();
}

async function tracksOf(host: Person, recordingId: string, participantId: string): Promise<TrackRow[]> {
  const tracks = await host.disk.tracks();
  return tracks.filter((track) => track.recordingId === recordingId && track.participantId === participantId);
}

async function isReady(host: Person, recordingId: string): Promise<void> {
  await expect
    .poll(async () => (await host.disk.recordings()).find(({ id }) => id === recordingId)?.phase, { timeout: 30_000 })
    .toBe('ready');
}

/** What each file of the host's recordings holds right now. */
const mediaOf = (host: Person) => contentsOf(`${host.disk.vaultDir}/recordings`);

test('only if everybody agrees: nothing before the last yes, nothing while somebody new has not said it', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const clara = await person('Clara Vogt', { language: 'de' });
  const invite = await anna.host('Betriebsrat');
  await james.enter(anna, invite);
  await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
  const [annaId, jamesId] = await Promise.all([anna.participantId(), james.participantId()]);
  const waits = (someone: Person) =>
    expect(someone.recordingStrip()).toContainText(someone.t('consent.recordingWaits'));
  const records = (someone: Person) =>
    expect(someone.recordingStrip()).not.toContainText(someone.t('consent.recordingWaits'));

  await anna.record({ template: 'minutes', policy: 'everybody', without: ['video'], own: ['audio', 'chat'] });
  const recordingId = await anna.recordingId();

  await test.step('while one is silent nothing is on the disk, and nothing claims to be recorded', async () => {
    await expect(james.consentDialog(anna)).toContainText('the minutes of this meeting are written');
    await expect(james.consentDialog(anna).getByRole('switch')).toHaveCount(2);
    await Promise.all([waits(anna), waits(james)]);
    await Promise.all([anna.seesInRecording(anna, []), james.seesInRecording(anna, [])]);
    await expect(anna.recordingStrip()).toContainText(anna.t('consent.missing', { people: james.name }));
    await expect(james.recordingStrip()).not.toContainText(anna.name);
    // Muting does not have to wait for an answer.
    await james.button(james.t('room.switchMicrophoneOff')).click();
    await james.turnOn('microphone');
    await expect(james.consentDialog(anna)).toBeVisible();
    await anna.say('Das steht nirgends');
    expect(await anna.disk.tracks()).toEqual([]);
    expect(await mediaOf(anna)).toEqual({});
  });

  await test.step('it begins with the last yes', async () => {
    await james.answer(anna, 'yes', ['audio', 'chat']);
    await Promise.all([records(anna), records(james)]);
    await Promise.all([anna.seesInRecording(james, ['audio', 'chat']), james.seesInRecording(anna, ['audio', 'chat'])]);
    await anna.say('Das steht im Protokoll');
    await expect.poll(() => kindsOf(anna, recordingId, jamesId)).toContain('audio');
    await expect.poll(() => kindsOf(anna, recordingId, annaId)).toEqual(['audio', 'chat']);
    const begun = await mediaOf(anna);
    await expect.poll(async () => Object.keys(await mediaOf(anna)).length).toBeGreaterThanOrEqual(3);
    await expect.poll(() => mediaOf(anna)).not.toEqual(begun);
  });

  await test.step('it pauses when somebody comes, and not one byte is added until they have agreed too', async () => {
    await clara.enter(anna, invite);
    await expect(clara.consentDialog(anna)).toBeVisible();
    await Promise.all([waits(anna), waits(james), waits(clara)]);
    await expect
      .poll(async () => (await anna.disk.tracks()).map(({ phase }) => phase))
      .not.toContainEqual(expect.stringMatching(/writing/u));
    const paused = await mediaOf(anna);
    await anna.say('Und das wieder nicht');
    await clara.reads('Und das wieder nicht');
    await anna.openMyRecording();
    await expect(anna.page.getByRole('row', { name: clara.name })).toContainText(anna.t('consent.shortPending'));
    await anna.closeMyRecording();
    expect(await mediaOf(anna)).toEqual(paused);

    await clara.answer(anna, 'yes', ['audio', 'chat']);
    await Promise.all([records(anna), records(clara)]);
    await expect.poll(() => mediaOf(anna)).not.toEqual(paused);
  });

  await anna.stopRecording();
  await isReady(anna, recordingId);
  const chats = (await tracksOf(anna, recordingId, annaId)).filter(({ kind }) => kind === 'chat');
  const text = (await Promise.all(chats.map((track) => anna.disk.openTrack(track)))).join('\n');
  expect(text).toContain('Das steht im Protokoll');
  expect(text).not.toContain('nirgends');
  expect(text).not.toContain('wieder nicht');
  const sound = (await tracksOf(anna, recordingId, jamesId)).filter(({ kind }) => kind === 'audio');
  expect(sound.length, 'two stretches with a gap between them').toBeGreaterThanOrEqual(2);
});

test('agreeing later, ending and deleting by mouse, no answer in time, and never asked the same twice', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
  const jamesId = await james.participantId();
  const wish = { template: 'agreements', own: ['audio'] } as const;
  let recordingId = '';

  await test.step('a No, and a yes of one’s own accord', async () => {
    await anna.record(wish);
    recordingId = await anna.recordingId();
    await james.answer(anna, 'no');
    const warning = anna.recordingNote(anna.t('consent.loudspeaker', { names: james.name }));
    await warning.getByRole('button', { name: anna.t('common.dismiss') }).click();
    await expect(warning).toBeHidden();
    expect(await kindsOf(anna, recordingId, jamesId)).toEqual([]);
    await james.agreeAfterAll('audio');
    await anna.seesInRecording(james, ['audio']);
    await expect.poll(() => kindsOf(anna, recordingId, jamesId)).toEqual(['audio']);
    await james.agreeAfterAll('chat');
    await james.say('This may be kept');
    await anna.seesInRecording(james, ['audio', 'chat']);
    await expect.poll(() => kindsOf(anna, recordingId, jamesId)).toEqual(['audio', 'chat']);
  });

  await test.step('from now on: it ends, and what there is stays and opens', async () => {
    await anna.recordsFor(4);
    await james.withdraw('audio', 'future');
    await anna.seesInRecording(james, ['chat']);
    await james.withdraw('all', 'future');
    await Promise.all([anna.seesInRecording(james, []), james.seesInRecording(james, [])]);
    await james.closeMyRecording();
    await expect
      .poll(async () => (await tracksOf(anna, recordingId, jamesId)).map(({ phase }) => phase))
      .not.toContainEqual('writing');
    const ended = await tracksOf(anna, recordingId, jamesId);
    await james.say('This may not');
    await anna.reads('This may not');
    await anna.recordsFor(7);
    const now = await tracksOf(anna, recordingId, jamesId);
    expect(now.map(({ id, bytes }) => [id, bytes])).toEqual(ended.map(({ id, bytes }) => [id, bytes]));
    expect((await anna.disk.openTrack(now.find(({ kind }) => kind === 'audio')!)).length).toBeGreaterThan(1_000);
  });

  await test.step('everything: what had only ended is destroyed too', async () => {
    const before = await tracksOf(anna, recordingId, jamesId);
    await james.withdraw('audio', 'everything');
    await james.closeMyRecording();
    await expect.poll(() => kindsOf(anna, recordingId, jamesId)).toEqual(['chat']);
    await james.withdraw('all', 'everything');
    await expect(james.page.getByText(james.t('consent.mineNothing'))).toBeVisible();
    await james.closeMyRecording();
    await expect.poll(() => kindsOf(anna, recordingId, jamesId)).toEqual([]);
    const left = await anna.disk.keysAnywhere();
    expect(before.length).toBeGreaterThanOrEqual(2);
    for (const { key, fileName } of before) {
      expect(left.some((one) => one.equals(key!))).toBe(false);
      await expect.poll(async () => Object.keys(await mediaOf(anna))).not.toContain(fileName);
    }
    await anna.stopRecording();
  });

  await test.step('the same terms ask nobody again, and say what stands; another purpose asks', async () => {
    await anna.record({ template: 'training', own: ['audio'] });
    await james.answer(anna, 'yes', ['audio']);
    await anna.seesInRecording(james, ['audio']);
    await anna.stopRecording();
    await anna.record({ template: 'training', own: ['audio'] });
    await anna.seesInRecording(james, ['audio']);
    await expect(james.recordingNote('As before: you have agreed to sound.')).toBeVisible();
    await expect(james.consentDialog(anna)).toBeHidden();
    const again = await anna.recordingId();
    await expect.poll(() => kindsOf(anna, again, jamesId)).toEqual(['audio']);
    await anna.stopRecording();
    await anna.record({ template: 'minutes', own: ['audio'] });
    await expect(james.consentDialog(anna)).toBeVisible();
    await james.answer(anna, 'no');
    await anna.stopRecording();
  });

  await test.step('no answer in time is a No that is said calmly, and can still become a yes', async () => {
    const started = await anna.call('recording.start', {
      ...{ purpose: 'Kurz gefragt', templateId: null, retentionDays: 7, kinds: ['audio', 'chat'], language: 'de' },
      ...{ policy: 'those-who-agree', answerSeconds: 15, clipRetentionDays: null, pauseForDecliners: false },
      own: { audio: true, chat: false },
    });
    expect(started).toMatchObject({ ok: true });
    const late = await anna.recordingId();
    await expect(james.consentDialog(anna)).toContainText(james.t('consent.lastMinute'));
    const ranOut = james.recordingNote(james.t('consent.timeRanOut'));
    await expect(ranOut).toBeVisible({ timeout: 40_000 });
    await expect(james.consentDialog(anna)).toBeHidden();
    expect(await kindsOf(anna, late, jamesId)).toEqual([]);
    for (const { disk } of [anna, james]) {
      const receipts = (await disk.receipts()).filter((one) => one.recordingId === late && one.name === james.name);
      expect(receipts.map(({ decisions }) => agreed(decisions))).toEqual([[]]);
    }
    // The note leads to where it is done.
    await ranOut.getByRole('button', { name: james.t('consent.agreeAfterAll') }).click();
    await james.agreeAfterAll('audio');
    await anna.seesInRecording(james, ['audio']);
    await expect(ranOut).toBeHidden();
    await expect.poll(() => kindsOf(anna, late, jamesId)).toEqual(['audio']);
    await anna.recordsFor(22);
    await anna.stopRecording();
    await isReady(anna, late);
    const [track] = await tracksOf(anna, late, jamesId);
    expect(track!.offsetMs, 'it begins with the yes').toBeGreaterThan(14_000);
    expect(await countFrames(await anna.disk.openTrack(track!))).toBeGreaterThan(10);
  });
});
