import { expect, test, type Person } from '../support/person';

/** Counts the notes this window plays from now on: what is heard cannot be seen from outside. */
async function countNotes({ page }: Person): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { notes: number };
    counted.notes = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      counted.notes += 1;
      start.apply(this, when);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { notes: number }).notes);
}

test('R8: while something is recorded everybody sees, hears and is told it, and nobody can put it away', async ({
  person,
}) => {
  test.setTimeout(180_000);
  const [anna, james] = await Promise.all([person('Anna'), person('James', { language: 'de' })]);
  await james.enter(anna, await anna.host('Weekly'));
  await anna.turnOn('microphone');
  const notes = await Promise.all([anna, james].map(countNotes));
  const heard = () => Promise.all(notes.map((count) => count()));
  const told = (one: Person) => one.page.getByTestId('announcer');

  await anna.record({ own: ['audio'] });
  for (const one of [anna, james]) {
    await expect(one.recordingStrip()).toBeVisible();
    await expect(told(one)).toContainText(one.t('consent.announceStarted', { name: anna.name }));
  }
  await expect.poll(async () => (await heard()).every((count) => count === 2)).toBe(true);

  await test.step('not with Escape, not by saying no, and not behind a panel', async () => {
    await james.answer(anna, 'no');
    for (const one of [anna, james]) {
      await one.openPanel('chat');
      await one.page.keyboard.press('Escape');
      await expect(one.recordingStrip()).toBeVisible();
      await expect(one.recordingStrip()).toBeInViewport({ ratio: 1 });
      const names = await one.recordingStrip().getByRole('button').allInnerTexts();
      expect(names).not.toContain(one.t('common.close'));
    }
  });

  await anna.stopRecording();
  for (const one of [anna, james]) {
    await expect(one.recordingStrip()).toBeHidden();
    await expect(told(one)).toContainText(one.t('consent.announceStopped'));
  }
  await expect.poll(async () => (await heard()).every((count) => count === 4)).toBe(true);
});
