import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingDetail } from '../../common/recording/models';
import { colourAt, pictureAt, probe } from '../support/media';
import { expect, test, type Person } from '../support/person';

interface Clock {
  readonly kind: string;
  /** Where the element is on the recording's time line, in milliseconds. */
  readonly at: number;
}

/** From now on the test sees every media element that plays, those without a place in the page too. */
async function listenIn({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    const playing = new Set<HTMLMediaElement>();
    Object.assign(window, { playing });
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function record() {
      playing.add(this);
      return play.call(this);
    };
  });
}

/** Where each track that plays at this very moment is. */
async function clocks({ page }: Person, detail: RecordingDetail): Promise<Clock[]> {
  const elements = await page.evaluate(() =>
    [...(window as unknown as { playing: Set<HTMLMediaElement> }).playing]
      .filter(({ paused, ended, seeking }) => !paused && !ended && !seeking)
      .map(({ currentSrc, currentTime }) => ({ currentSrc, currentTime })),
  );
  return elements.map(({ currentSrc, currentTime }) => {
    const track = detail.tracks.find(({ url }) => url === currentSrc)!;
    return { kind: track.kind, at: track.offsetMs + currentTime * 1000 };
  });
}

/** All tracks play, no further apart than lips and voice may be. */
async function playsInSync(person: Person, detail: RecordingDetail): Promise<void> {
  await expect
    .poll(async () => {
      const all = await clocks(person, detail);
      const at = all.map((one) => one.at);
      return { kinds: all.map(({ kind }) => kind).sort(), apart: Math.max(...at) - Math.min(...at) < 150 };
    })
    .toEqual({ kinds: ['audio', 'audio', 'video', 'video'], apart: true });
}

test('a recording plays in sync, exports as one film, and is deleted with its keys', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  await anna.record({ own: ['audio', 'video'] });
  await james.answer(anna, 'yes', ['audio', 'video']);
  await anna.recordsFor(8);
  await anna.stopRecording();
  await anna.leave();
  await james.quit();
  await anna.backToStart();
  await anna.openLibrary();
  await listenIn(anna);
  await anna.openRecording('Beratung Berger');
  const { id } = (await anna.disk.recordings())[0]!;
  const detail = (await anna.call('recordings.get', { recordingId: id })).value as RecordingDetail;
  const length = detail.durationMs / 1000;

  await test.step('play and seek', async () => {
    await anna.play();
    await playsInSync(anna, detail);
    const slider = anna.page.getByRole('slider', { name: anna.t('recordings.position') });
    await slider.focus();
    await slider.press('Home');
    await expect.poll(async () => (await anna.position()).at).toBeLessThan(2);
    await anna.button(anna.t('recordings.forward5')).click();
    await expect.poll(async () => (await anna.position()).at).toBeGreaterThanOrEqual(5);
    await playsInSync(anna, detail);
    await anna.button(anna.t('recordings.pause')).click();
    expect((await anna.position()).at).toBeLessThan(length);
  });

  const folder = await mkdtemp(join(tmpdir(), 'konklave-export-'));
  try {
    await test.step('a cancelled export leaves nothing', async () => {
      await anna.startExport(join(folder, 'cancelled.webm'));
      await expect(anna.page.getByRole('progressbar')).toBeVisible();
      await expect.poll(() => readdir(folder), 'there is something to leave').toHaveLength(1);
      await anna.button(anna.t('recordings.exportCancel')).click();
      await expect(anna.button(anna.t('recordings.exportStart'))).toBeVisible();
      await expect.poll(() => readdir(folder)).toEqual([]);
      await anna.page.keyboard.press('Escape');
    });

    await test.step('a dialog that is cancelled starts none', async () => {
      await anna.willSaveTo(null);
      await anna.button(anna.t('recordings.export')).click();
      await anna.button(anna.t('recordings.exportStart')).click();
      await expect(anna.button(anna.t('recordings.exportStart'))).toBeVisible();
      await anna.page.keyboard.press('Escape');
    });

    await test.step('the film is whole, seekable, and shows what the player shows', async () => {
      const film = join(folder, 'film.webm');
      await anna.exportTo(film);
      await anna.button(anna.t('common.done')).click();
      expect(await readdir(folder)).toEqual(['film.webm']);
      const { duration, streams } = await probe(film);
      expect(streams.map(({ kind, codec }) => `${kind} ${codec}`).sort()).toEqual(['audio opus', 'video vp8']);
      expect(Math.abs(duration! - length), `${duration} s of ${length} s`).toBeLessThan(0.5);
      const [early, late] = [await pictureAt(film, 3), await pictureAt(film, length - 2)];
      expect(early.equals(late), 'another position is another picture').toBe(false);
      await anna.play();
      await playsInSync(anna, detail);
      const { x, y, height } = (await anna.tile(james).locator('video').boundingBox())!;
      const screen = join(folder, 'screen.png');
      await anna.page.screenshot({ path: screen });
      const [shown, exported] = [await colourAt(screen, x + 12, y + height / 2), await colourAt(film, 40, 330, 4)];
      expect(Math.abs(exported.green - shown.green), JSON.stringify({ shown, exported })).toBeLessThan(12);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  await test.step('deleting takes the keys and the files, not the proof', async () => {
    const keys = (await anna.disk.tracks()).map(({ key }) => key!);
    expect(keys).toHaveLength(4);
    await anna.deleteOpenRecording();
    expect(await anna.disk.tracks()).toEqual([]);
    const left = await anna.disk.keysAnywhere();
    expect(left.filter((one) => keys.some((key) => key.equals(one)))).toEqual([]);
    await expect.poll(() => anna.disk.sealedFiles()).toEqual([]);
    expect((await anna.disk.receipts()).map(({ name }) => name)).toEqual(['Anna Weber', 'James Miller']);
  });
});
