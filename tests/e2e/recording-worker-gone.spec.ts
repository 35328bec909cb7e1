import { expect, test, type Person } from '../support/person';
import { countRecorders } from '../support/recorderCount';

/** From now on the test can end every worker of this person's window, as running out of memory would. */
async function holdWorkers({ page }: Person): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const workers = new Set<Worker>();
    const Original = window.Worker;
    class Held extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.add(this);
      }
    }
    Object.assign(window, { Worker: Held, workers });
  });
  return () =>
    page.evaluate(() => (window as unknown as { workers: Set<Worker> }).workers.forEach((one) => one.terminate()));
}

/** Waits until pictures of `other` move on, whichever element shows them. */
async function movesOn(person: Person, other: Person): Promise<void> {
  const frames = () =>
    person
      .tile(other)
      .locator('video')
      .evaluate((element: HTMLVideoElement) => element.getVideoPlaybackQuality().totalVideoFrames)
      .catch(() => 0);
  const before = await frames();
  await expect.poll(async () => Math.abs((await frames()) - before), { timeout: 30_000 }).toBeGreaterThan(5);
}

test('the worker that frames pass through dies: the meeting goes on, and so does the recording', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const endWorkers = await holdWorkers(anna);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  const recorders = await countRecorders(anna.page);
  await anna.record({ own: ['audio', 'video'] });
  await james.answer(anna, 'yes', ['audio', 'video']);
  await expect.poll(async () => (await anna.disk.tracks()).length).toBe(4);
  await anna.recordsFor(3);
  expect(await recorders()).toBe(0);

  await endWorkers();
  await expect.poll(async () => (await anna.disk.tracks()).length, { timeout: 60_000 }).toBe(8);
  expect(await recorders()).toBe(4);
  await Promise.all([movesOn(anna, james), movesOn(james, anna)]);
  await anna.stopRecording();
  await expect
    .poll(async () =>
      (await anna.disk.tracks()).every(({ phase, durationMs }) => phase === 'final' && durationMs! > 500),
    )
    .toBe(true);
});
