import { countFrames } from '../support/media';
import { expect, test } from '../support/person';

test('a recording survives kill -9: at most the last second is missing, and the host decides', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const title = 'Beratung Berger';
  const offer = (name: string) =>
    anna.page.getByRole('region', { name: anna.t('recordings.recoveredTitle', { title: name }) });

  await test.step('killed while three tracks are written', async () => {
    await james.enter(anna, await anna.host(title));
    await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone')]);
    await anna.record({ own: ['audio', 'video'] });
    await james.answer(anna, 'yes', ['audio']);
    await expect.poll(async () => (await anna.disk.tracks()).length).toBe(3);
    await anna.recordsFor(5);
    const { value } = await anna.call('recording.state');
    const { startedAt } = value as { startedAt: number };
    await anna.crash();
    const lengthMs = Date.now() - startedAt;

    await expect(james.page.getByText(james.t('room.hostLost', { name: anna.name }))).toBeVisible();
    await expect(james.page.getByText(james.t('room.hostLostRecording'))).toBeVisible();
    expect((await anna.disk.tracks()).map(({ phase }) => phase)).toEqual(['writing', 'writing', 'writing']);
    await anna.comeBack();
    await expect(offer(title)).toBeVisible({ timeout: 30_000 });
    for (const track of await anna.disk.tracks()) {
      expect(track.phase).toBe('final');
      const missing = lengthMs - (track.offsetMs + track.durationMs!);
      // The last second, and what the recorder holds back of it.
      expect(missing, `milliseconds missing of the ${track.kind}`).toBeLessThan(1_500);
      // Five seconds of it; how many pictures come in a second is the machine’s affair.
      expect(await countFrames(await anna.disk.openTrack(track))).toBeGreaterThan(20);
    }
  });

  await test.step('kept, it is one like the others', async () => {
    await offer(title)
      .getByRole('button', { name: anna.t('recordings.keep') })
      .click();
    await expect(offer(title)).toBeHidden();
    await anna.openLibrary();
    await anna.openRecording(title);
    await anna.play();
    await expect.poll(async () => (await anna.position()).at).toBeGreaterThanOrEqual(2);
    await anna.button(anna.t('start.nav')).click();
  });

  await test.step('deleted, nothing of it is left', async () => {
    const kept = (await anna.disk.sealedFiles()).map(({ name }) => name);
    await anna.host('Notiz');
    await anna.turnOn('microphone');
    await anna.record({ own: ['audio'] });
    await anna.recordsFor(2);
    await anna.crash();
    await anna.comeBack();
    await offer('Notiz')
      .getByRole('button', { name: anna.t('common.delete'), exact: true })
      .click();
    await anna.page
      .getByRole('alertdialog')
      .getByRole('button', { name: anna.t('recordings.delete') })
      .click();
    await expect(offer('Notiz')).toBeHidden();
    expect((await anna.disk.recordings()).map((one) => one.title)).toEqual([title]);
    await expect.poll(async () => (await anna.disk.sealedFiles()).map(({ name }) => name)).toEqual(kept);
  });
});
