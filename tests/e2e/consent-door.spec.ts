import type { RecordingState } from '../../common/consent/models';
import { expect, test, type Person } from '../support/person';

async function done(call: ReturnType<Person['call']>): Promise<void> {
  expect(await call).toMatchObject({ ok: true });
}

const stateOf = async (person: Person) => (await person.call('recording.state')).value as RecordingState | null;

test('what is announced with the invite is answered at the door and confirmed inside; at the door a yes is taken back too', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const [anna, james, clara] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('James Miller'),
    person('Clara Vogt', { language: 'de' }),
  ]);
  const invite = await anna.hostAnnouncing('Angekündigt', 'minutes');

  await test.step('the guest reads what is planned, in their own language, and decides or does not', async () => {
    await james.openLink(invite.link);
    await expect(james.heading(james.t('join.planned'))).toBeVisible();
    await expect(james.page.getByText('the minutes of this meeting are written')).toBeVisible();
    await james.choose(james.t('join.plannedAnswer'), james.t('join.plannedYes'));
    await james.switchOn(james.t('consent.ownAudio'));
    await james.knock();
    await anna.admit(james);
    await clara.openLink(invite.link);
    await clara.choose(clara.t('join.plannedAnswer'), clara.t('join.plannedNo'));
    await clara.knock();
    await anna.admit(clara);
    await Promise.all([james.isConnected(), clara.isConnected(), anna.isConnected()]);
    await james.turnOn('microphone');
    await anna.turnOn('microphone');
  });

  const jamesId = await james.participantId();
  await test.step('inside, a yes is confirmed before anything is recorded; a No is not asked again', async () => {
    // What was announced stands in the dialog already.
    await anna.openRecordDialog();
    await anna.switchOn(anna.t('consent.ownAudio'));
    await anna.button(anna.t('consent.askAll')).click();
    await expect(anna.recordingStrip()).toBeVisible();
    await expect
      .poll(async () => (await stateOf(james))?.beforehand)
      .toEqual({ audio: true, video: false, chat: false });
    expect((await stateOf(james))?.asked).toBe(true);
    await expect.poll(async () => (await stateOf(clara))?.given).toBe('beforehand');
    expect((await anna.disk.tracks()).filter(({ participantId }) => participantId === jamesId)).toEqual([]);
    await james
      .consentDialog(anna)
      .getByRole('button', { name: james.t('consent.confirm'), exact: true })
      .click();
    await expect
      .poll(async () =>
        (await anna.disk.tracks()).filter((one) => one.participantId === jamesId).map(({ kind }) => kind),
      )
      .toEqual(['audio']);
    expect((await stateOf(james))?.given).toBe('beforehand');
  });

  const recordingId = await anna.recordingId();
  await anna.recordsFor(3);
  await anna.stopRecording();
  await anna.leave();
  await Promise.all([anna.backToStart(), james.backToStart(), clara.backToStart()]);
  const mine = async () => (await anna.disk.tracks()).find(({ participantId }) => participantId === jamesId)!;
  await expect.poll(async () => (await mine()).phase, { timeout: 60_000 }).toBe('final');
  const before = await mine();
  expect((await anna.disk.openTrack(before)).length).toBeGreaterThan(1_000);

  await test.step('days later the host is reached, nobody is admitted, and what was taken back is gone and confirmed', async () => {
    await done(james.call('consent.withdraw', { recordingId, kinds: ['audio'], scope: 'everything' }));
    expect((await mine()).phase).toBe('final');
    const next = await anna.host('Ein anderes Gespräch');
    await james.openLink(next.link);
    await expect(james.button(james.t('join.knock'))).toBeVisible();
    await expect.poll(async () => (await mine()).phase).toBe('erased');
    expect((await anna.disk.keysAnywhere()).some((key) => key.equals(before.key!))).toBe(false);
    await expect
      .poll(async () => {
        const { value } = await james.call('consents.list');
        return (value as { withdrawals: { state: string; proof: { tracks: number } | null }[] }[])[0]?.withdrawals;
      })
      .toMatchObject([{ state: 'done', proof: { tracks: 1 } }]);
  });
});
