import { countFrames } from '../support/media';
import { expect, test, type Person, type InviteFacts } from '../support/person';
import type { TrackRow } from '../support/profile';

/** The tracks of one stay in the meeting: whoever comes again is another participant. */
async function tracksOf(host: Person, participantId: string): Promise<TrackRow[]> {
  return (await host.disk.tracks()).filter((track) => track.participantId === participantId);
}

test('R9: a recording goes on when a guest goes, however that is, and ends with the host', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const stays: string[] = [];
  let invite: InviteFacts | null = null;
  const beginAnew = async (): Promise<void> => {
    await anna.host('Beratung Berger');
    await anna.turnOn('microphone');
    await anna.record({ own: ['audio'] });
  };
  /**
   * Comes in with the invitation of the moment, says yes to sound, and is recorded for a while. Who comes back into the
   * same meeting has said so already: they are not asked again, and are told what stands.
   */
  const comeIn = async ({ again = false } = {}): Promise<void> => {
    // While the place of somebody who vanished is kept, the room does not look empty.
    invite = again && invite !== null ? invite : await anna.readInvite();
    await james.enter(anna, invite);
    const id = await james.participantId();
    stays.push(id);
    if (again) await expect(james.recordingNote('As before: you have agreed to sound.')).toBeVisible();
    else await james.answer(anna, 'yes', ['audio']);
    await james.turnOn('microphone');
    await anna.seesInRecording(james, ['audio']);
    await expect.poll(async () => (await tracksOf(anna, id)).map(({ kind }) => kind)).toEqual(['audio']);
    const open = (await tracksOf(anna, id))[0]!;
    const size = async () => (await anna.disk.sealedFiles()).find(({ name }) => name === open.fileName)?.bytes ?? 0;
    await expect.poll(size, 'sound arrives').toBeGreaterThan(8_000);
  };
  /** The host is alone again, sees so, and is still recorded. The place of who vanished is kept for a while. */
  const goesOn = async ({ vanished = false } = {}): Promise<void> => {
    if (vanished) await expect(anna.tile(james).getByText(anna.t('room.away'))).toBeVisible();
    else await expect(anna.tile(james)).toBeHidden();
    await expect(anna.recordingStrip()).toBeVisible();
    await anna.seesInRecording(anna, ['audio']);
    await expect.poll(async () => (await tracksOf(anna, stays.at(-1)!)).map(({ phase }) => phase)).toEqual(['closed']);
  };

  await test.step('the guest leaves', async () => {
    await beginAnew();
    await comeIn();
    await james.leave();
    await goesOn();
    await james.backToStart();
  });

  await test.step('the guest vanishes', async () => {
    await comeIn({ again: true });
    await james.crash();
    await goesOn({ vanished: true });
    await james.comeBack();
  });

  await test.step('the host ends the meeting', async () => {
    await comeIn({ again: true });
    await anna.leave();
    await expect(james.heading(james.t('join.endedByHost'))).toBeVisible();
    await expect(james.recordingStrip()).toBeHidden();
    await Promise.all([anna.backToStart(), james.backToStart()]);
  });

  await test.step('the guest is removed, for good', async () => {
    await beginAnew();
    await comeIn();
    await anna.remove(james);
    await expect(james.heading(james.t('join.endedRemoved'))).toBeVisible();
    await goesOn();
    await james.backToStart();
    await james.openLink((await anna.readInvite()).link);
    await james.readNotice();
    await james.button(james.t('join.knock')).click();
    await expect(james.heading(james.t('errors.join/denied.what')), 'not with the new invitation either').toBeVisible();
    await anna.leave();
  });

  await expect
    .poll(async () => (await anna.disk.recordings()).map(({ phase }) => phase), { timeout: 30_000 })
    .toEqual(['ready', 'ready']);
  expect(new Set(stays).size).toBe(4);
  const tracks = await anna.disk.tracks();
  expect(tracks.map(({ phase }) => phase)).toEqual(tracks.map(() => 'final'));
  for (const id of stays) {
    const [track, ...more] = await tracksOf(anna, id);
    expect(more).toEqual([]);
    expect(await countFrames(await anna.disk.openTrack(track!)), 'what was said until then plays').toBeGreaterThan(10);
  }
  const [first] = await anna.disk.recordings();
  const inFirst = tracks.filter(({ recordingId }) => recordingId === first!.id);
  const own = inFirst.filter(({ participantId }) => !stays.includes(participantId));
  expect(own, "the host's own track has no gap").toHaveLength(1);
  expect(own[0]!.durationMs).toBeGreaterThan(inFirst.at(-1)!.offsetMs);
});
