import { expect, test, type Person } from '../support/person';

const refused = (code: string) => ({ ok: false, error: { code } });

/** What each of these calls is answered, in their order. */
async function answers(person: Person, calls: readonly (readonly [string, unknown?])[]): Promise<unknown[]> {
  const given = [];
  for (const [command, request] of calls) given.push(await person.call(command, request));
  return given;
}

test('R1, R2: main refuses what a modified renderer asks for, of a guest and of the host', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await james.turnOn('microphone', 'camera');
  await anna.sees(james);
  const [annaId, jamesId] = await Promise.all([anna.participantId(), james.participantId()]);
  const everything = { audio: true, video: true, chat: true };
  const start = {
    ...{ purpose: 'Heimlich', templateId: null, retentionDays: 7, kinds: ['audio', 'video', 'chat'], language: 'en' },
    ...{ policy: 'those-who-agree', answerSeconds: 60, clipRetentionDays: null, pauseForDecliners: false },
    own: everything,
  };
  const chunk = { bytes: new Uint8Array(64) };

  await test.step('a guest cannot start a recording or act as the host', async () => {
    expect(
      await answers(james, [
        ['recording.start', start],
        ['recording.stop'],
        ['session.admit', { knockId: annaId }],
        ['session.deny', { knockId: annaId }],
        ['session.remove', { participantId: annaId }],
        ['session.mute', { participantId: annaId }],
        ['session.setLocked', { locked: true }],
        ['session.setCoHost', { participantId: annaId, coHost: true }],
      ]),
    ).toEqual([
      ...Array.from({ length: 2 }, () => refused('recording/not-host')),
      ...Array.from({ length: 6 }, () => refused('session/not-host')),
    ]);
    expect(await anna.call('recording.state')).toEqual({ ok: true, value: null });
    await expect(anna.recordingStrip()).toBeHidden();
    await expect(anna.tile(james)).toBeVisible();
  });

  await anna.record();
  const recordingId = await anna.recordingId();
  const track = (participantId: string, kind: 'audio' | 'video') => ({
    recordingId,
    participantId,
    kind,
    mimeType: kind === 'audio' ? 'audio/webm;codecs=opus' : 'video/webm;codecs=vp8',
  });

  await test.step('a guest cannot write tracks', async () => {
    expect(
      await answers(james, [
        ['recording.openTrack', track(annaId, 'audio')],
        ['recording.openTrack', track(jamesId, 'video')],
        ['recording.stop'],
      ]),
    ).toEqual(Array.from({ length: 3 }, () => refused('recording/not-host')));
  });

  await test.step('the host cannot answer for a guest, nor write what nobody agreed to', async () => {
    expect(
      await answers(anna, [
        ['recording.openTrack', track(jamesId, 'audio')],
        ['recording.openTrack', track(annaId, 'audio')],
        ['recording.openTrack', { ...track(jamesId, 'audio'), participantId: recordingId }],
        ['recording.openTrack', { ...track(jamesId, 'audio'), recordingId: jamesId }],
        ['recording.openTrack', { ...track(jamesId, 'audio'), mimeType: 'audio/webm"; rm -rf' }],
        ['recording.appendTrack', { trackId: recordingId, ...chunk }],
      ]),
    ).toEqual([
      refused('recording/no-consent'),
      refused('recording/no-consent'),
      refused('session/unknown-participant'),
      refused('recording/not-active'),
      refused('ipc/invalid'),
      refused('recording/unknown-track'),
    ]);
    // A host may agree to more of themself later, and whatever they name, it is their own answer and no guest's.
    const forged = { recordingId, participantId: jamesId, decisions: everything, language: 'de' };
    expect(await anna.call('consent.answer', forged)).toMatchObject({ ok: true });
    const { value } = (await anna.call('recording.state')) as { value: { consents: Record<string, string>[] } };
    const statusOf = (id: string) => value.consents.find(({ participantId }) => participantId === id);
    expect(statusOf(annaId)).toMatchObject({ audio: 'yes' });
    expect(statusOf(jamesId)).toMatchObject({ audio: 'pending', video: 'pending', chat: 'pending' });
    await anna.seesInRecording(james, []);
  });

  await test.step('a yes to sound is no yes to pictures, and none after a no', async () => {
    await james.answer(anna, 'yes', ['audio']);
    await anna.seesInRecording(james, ['audio']);
    expect(await anna.call('recording.openTrack', track(jamesId, 'video'))).toEqual(refused('recording/no-consent'));
    // A yes ends by being taken back and by nothing else: no later answer drops it, and none adds what was not asked for.
    const less = { audio: false, video: true, chat: true };
    const other = { audio: true, video: false, chat: false, screen: true };
    for (const decisions of [less, other]) {
      const answered = await james.call('consent.answer', { recordingId, decisions, language: 'en' });
      expect(answered).toEqual(refused('recording/not-active'));
    }
    await anna.seesInRecording(james, ['audio']);
    await expect.poll(async () => (await anna.disk.tracks()).length).toBe(1);

    // What was opened rightly cannot be written on after the yes is taken back.
    const [open] = await anna.disk.tracks();
    await james.withdraw('audio');
    await anna.seesInRecording(james, []);
    expect(await anna.call('recording.appendTrack', { trackId: open!.id, ...chunk })).toEqual(
      refused('recording/erased'),
    );
    expect(await anna.call('recording.openTrack', track(jamesId, 'audio'))).toEqual(refused('recording/no-consent'));
  });

  await anna.stopRecording();
  expect(await anna.call('recording.openTrack', track(jamesId, 'audio'))).toEqual(refused('recording/not-active'));
  expect((await anna.disk.tracks()).map(({ phase }) => phase)).toEqual(['erased']);
  await expect.poll(() => anna.disk.sealedFiles()).toEqual([]);
  expect(await james.disk.sealedFiles()).toEqual([]);
});
