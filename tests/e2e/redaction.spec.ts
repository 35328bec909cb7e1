import { BufferSource, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingDetail } from '../../common/recording/models';
import { faultsOf, tabTo } from '../support/looking';
import { countFrames, pictureAt, probe } from '../support/media';
import { expect, test, type Person } from '../support/person';
import type { TrackRow } from '../support/profile';

const title = 'Beratung Berger';

async function detailOf(person: Person): Promise<RecordingDetail> {
  const { id } = (await person.disk.recordings())[0]!;
  return (await person.call('recordings.get', { recordingId: id })).value as RecordingDetail;
}

/** Where each frame of a track lies on the time line, in milliseconds, and its bytes. */
async function framesOf(person: Person, track: TrackRow) {
  const input = new Input({ formats: [WEBM], source: new BufferSource(await person.disk.openTrack(track)) });
  const [only] = await input.getTracks();
  const frames: { at: number; bytes: Buffer }[] = [];
  for await (const { timestamp, data } of new EncodedPacketSink(only!).packets()) {
    frames.push({ at: track.offsetMs + timestamp * 1_000, bytes: Buffer.from(data) });
  }
  return frames;
}

async function standing(person: Person): Promise<TrackRow[]> {
  return (await person.disk.tracks()).filter(({ phase }) => phase !== 'erased');
}

/** Marks a range by its times. */
async function mark(person: Person, from: string, to: string): Promise<void> {
  await person.button(person.t('recordings.cutStart')).click();
  for (const [name, time] of [
    [person.t('recordings.cutTo'), to],
    [person.t('recordings.cutFrom'), from],
    [person.t('recordings.cutTo'), to],
  ] as const) {
    await person.field(name).fill(time);
    await person.field(name).press('Enter');
  }
}

async function cut(person: Person): Promise<void> {
  await person.button(person.t('recordings.cutForAll')).click();
  await person.button(person.t('recordings.cutConfirm')).click({ timeout: 30_000 });
  await expect(person.page.getByText(person.t('recordings.cutDone'), { exact: true })).toBeVisible({ timeout: 30_000 });
}

test('a host cuts a range out of a recording for all: it is gone from the disk, the player and the film', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host(title));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  await anna.record({ own: ['audio', 'video', 'chat'] });
  await james.answer(anna, 'yes', ['audio', 'video', 'chat']);
  await anna.say('Eine Zeile, die bleibt');
  await anna.recordsFor(8);
  await anna.say('Eine Zeile, die niemand lesen soll');
  await anna.recordsFor(18);
  await anna.stopRecording();
  await anna.leave();
  await james.quit();
  await anna.backToStart();
  await anna.openLibrary();
  await anna.openRecording(title);

  const before = await standing(anna);
  const media = before.filter(({ kind }) => kind !== 'chat');
  expect(media).toHaveLength(4);
  const length = (await detailOf(anna)).durationMs;
  const cutText = (await detailOf(anna)).chat.find(({ text }) => text.includes('niemand'))!;
  const range = { from: 6_000, to: 11_000 };
  expect((await detailOf(anna)).chat[0]!.offsetMs, 'the other does not').toBeLessThan(range.from);
  expect(cutText.offsetMs, 'the line lies in the range').toBeGreaterThan(range.from);
  expect(cutText.offsetMs).toBeLessThan(range.to);
  const inside = (at: number) => at >= range.from && at < range.to;
  const frames = (await Promise.all(media.map((track) => framesOf(anna, track)))).flat();
  const gone = frames.filter(({ at }) => inside(at));
  expect(gone.length, 'there is something to cut out').toBeGreaterThan(100);
  // The synthetic microphone repeats itself, and a few bytes may occur anywhere.
  const others = new Set(frames.filter(({ at }) => !inside(at)).map(({ bytes }) => bytes.toString('latin1')));
  const unique = gone
    .map(({ bytes }) => bytes)
    .filter((bytes) => bytes.length >= 24 && !others.has(bytes.toString('latin1')));
  expect(unique.length, 'there is something to look for').toBeGreaterThan(50);
  const keys = before.map(({ key }) => key!);

  await test.step('what a modified window asks for is refused', async () => {
    const { id: recordingId } = await detailOf(anna);
    const code = async (request: unknown) => (await anna.call('recordings.prepareCut', request)).error?.code;
    expect(await code({ recordingId, fromMs: 5_000, toMs: 5_000 })).toBe('ipc/invalid');
    expect(await code({ recordingId, fromMs: 0.5, toMs: 5_000 })).toBe('ipc/invalid');
    expect(await code({ recordingId, fromMs: 0, toMs: 9_999_999 })).toBe('recording/range-invalid');
    expect(await code({ recordingId: 'A'.repeat(22), fromMs: 0, toMs: 1_000 })).toBe('recording/not-found');
    expect((await anna.call('recordings.cut', { cutId: 'A'.repeat(22) })).error?.code).toBe('recording/changed');
    expect(await standing(anna)).toEqual(before);
  });

  await test.step('asked and not answered with yes, nothing is destroyed', async () => {
    await mark(anna, '0:06', '0:11');
    await anna.button(anna.t('recordings.cutForAll')).click();
    await expect(anna.button(anna.t('recordings.cutConfirm'))).toBeEnabled({ timeout: 30_000 });
    expect(await faultsOf(anna, 'the question before a cut')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
    await anna.button(anna.t('common.cancel')).last().click();
    await expect(anna.button(anna.t('recordings.cutConfirm'))).toBeHidden();
    expect((await standing(anna)).map(({ fileName }) => fileName)).toEqual(before.map(({ fileName }) => fileName));
    await expect.poll(async () => (await anna.disk.sealedFiles()).length).toBe(before.length);
    expect(await faultsOf(anna, 'marking a range')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
  });

  await test.step('the handles are moved by keys', async () => {
    const handle = anna.page.getByRole('slider', { name: anna.t('recordings.cutFromHandle') });
    await tabTo(anna, handle, true);
    await handle.press('ArrowRight');
    await expect(anna.field(anna.t('recordings.cutFrom'))).toHaveValue('0:07');
    await handle.press('ArrowLeft');
    await expect(handle).toHaveAttribute('aria-valuetext', '0:06');
    await expect(anna.field(anna.t('recordings.cutTo'))).toHaveValue('0:11');
  });

  await test.step('what is marked can be heard, and no more than that', async () => {
    await anna.button(anna.t('recordings.cutPlay')).click();
    await expect(anna.button(anna.t('recordings.pause'))).toBeVisible();
    await expect(anna.button(anna.t('recordings.play'))).toBeVisible({ timeout: 20_000 });
    expect((await anna.position()).at).toBe(11);
  });

  await test.step('cut: keys, files and every frame of the range are gone from the disk', async () => {
    await cut(anna);
    const left = await anna.disk.keysAnywhere();
    expect(left.filter((one) => keys.some((key) => key.equals(one)))).toEqual([]);
    const after = await standing(anna);
    expect((await anna.disk.sealedFiles()).map(({ name }) => name).sort()).toEqual(
      after.map(({ fileName }) => fileName).sort(),
    );
    expect(after.some(({ fileName }) => before.some((one) => one.fileName === fileName))).toBe(false);
    const plain = await Promise.all(after.map((track) => anna.disk.openTrack(track)));
    for (const bytes of unique) expect(plain.some((file) => file.includes(bytes))).toBe(false);
    expect(plain.some((file) => file.includes(Buffer.from('niemand lesen')))).toBe(false);
    expect(plain.some((file) => file.includes(Buffer.from('die bleibt')))).toBe(true);
    const tracks = after.filter(({ kind }) => kind !== 'chat');
    const stay = (await Promise.all(tracks.map((track) => framesOf(anna, track)))).flat();
    expect(stay.filter(({ at }) => inside(at))).toEqual([]);
    expect(stay.filter(({ at }) => at < range.from).length).toBeGreaterThan(30);
    expect(stay.filter(({ at }) => at >= range.to).length).toBeGreaterThan(30);
    for (const file of plain.filter((bytes) => bytes.readUInt32BE(0) === 0x1a45dfa3)) {
      expect(await countFrames(file), 'another program can decode it').toBeGreaterThan(0);
    }
  });

  await test.step('the time line shows the gap, and playing goes on behind it', async () => {
    const detail = await detailOf(anna);
    expect(detail.cuts).toEqual([{ fromMs: range.from, toMs: range.to }]);
    expect(detail.durationMs).toBe(length);
    expect(detail.chat.map(({ text }) => text)).toEqual(['Eine Zeile, die bleibt']);
    await expect(
      anna.page.getByRole('img', { name: anna.t('recordings.cutFromTo', { from: '0:06', to: '0:11' }) }),
    ).toBeVisible();
    const slider = anna.page.getByRole('slider', { name: anna.t('recordings.position') });
    await slider.focus();
    await slider.press('Home');
    await anna.play();
    await expect(anna.page.getByText(anna.t('recordings.cutSlate'))).toBeVisible({ timeout: 20_000 });
    const started = Date.now();
    await expect.poll(async () => (await anna.position()).at, { timeout: 20_000 }).toBeGreaterThanOrEqual(12);
    expect(Date.now() - started, 'it does not wait for what is not there').toBeLessThan(range.to - range.from + 1_500);
    await anna.button(anna.t('recordings.pause')).click();
    expect(await faultsOf(anna, 'a recording with a gap')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
  });

  const folder = await mkdtemp(join(tmpdir(), 'konklave-export-'));
  try {
    await test.step('the film has two seconds in its place', async () => {
      const film = join(folder, 'film.webm');
      await anna.exportTo(film);
      await anna.button(anna.t('common.done')).click();
      const { duration } = await probe(film);
      expect(Math.abs(duration! * 1_000 - (length - 3_000)), `${duration} s of ${length} ms`).toBeLessThan(800);
      // A picture that stays is repeated once a second, and ffmpeg takes the next one there is: at 6 s, and at 7 s.
      const [earlier, slate, later, behind] = await Promise.all([5, 5.98, 6.6, 8.6].map((at) => pictureAt(film, at)));
      expect(difference(slate!, later!), 'nothing moves while something is missing').toBeLessThan(2);
      expect(difference(slate!, earlier!)).toBeGreaterThan(10);
      // Pictures may not be back yet: then there are the cards with the names.
      expect(difference(slate!, behind!)).toBeGreaterThan(5);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  await test.step('after a start it is still so', async () => {
    await anna.quit();
    await anna.comeBack();
    expect((await detailOf(anna)).cuts).toEqual([{ fromMs: range.from, toMs: range.to }]);
  });
});

/** How far two pictures of raw bytes are apart on average, 0 to 255. */
function difference(one: Buffer, other: Buffer): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += Math.abs(one[index]! - (other[index] ?? 0));
  return sum / one.length;
}

test('who declined or took back is missing in the player and the film, and the time line says why', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const [anna, james, carla] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('James Miller'),
    person('Carla Rossi'),
  ]);
  const invite = await anna.host(title);
  await james.enter(anna, invite);
  await carla.enter(anna, invite);
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  await anna.record({ own: ['audio', 'video'] });
  await Promise.all([james.answer(anna, 'yes', ['audio', 'video']), carla.answer(anna, 'no')]);
  await anna.recordsFor(6);
  await james.withdraw();
  await anna.recordsFor(9);
  await anna.stopRecording();
  await anna.leave();
  await Promise.all([james.quit(), carla.quit()]);
  await anna.backToStart();
  await anna.openLibrary();
  await anna.openRecording(title);

  const detail = await detailOf(anna);
  const one = (name: string) => detail.people.find((each) => each.name === name)!;
  expect(new Set(detail.tracks.map(({ participantId }) => participantId))).toEqual(
    new Set([one('Anna Weber').participantId]),
  );
  const lanes = anna.page.locator('.lane');
  await expect(lanes.getByText(anna.t('recordings.lane.withdrawn'), { exact: true })).toBeVisible();
  await expect(lanes.getByText(anna.t('recordings.lane.declined'), { exact: true })).toBeVisible();
  const tiles = anna.page.getByRole('article');
  await expect(tiles).toHaveCount(1);
  await expect(tiles).toHaveAccessibleName('Anna Weber');
  expect(await faultsOf(anna, 'a recording without two of three')).toEqual([]);
  await anna.call('preferences.set', { language: 'de' });
  await anna.play();
  await expect.poll(async () => (await anna.position()).at, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  await anna.button(anna.t('recordings.pause')).click();

  const folder = await mkdtemp(join(tmpdir(), 'konklave-export-'));
  try {
    const film = join(folder, 'film.webm');
    await anna.exportTo(film);
    const { duration, streams } = await probe(film);
    expect(streams.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
    expect(Math.abs(duration! * 1_000 - detail.durationMs)).toBeLessThan(500);
    // One tile for one person, in the middle: nothing says that there was anybody else.
    const picture = await pictureAt(film, 3);
    const ground = [0x1d, 0x1b, 0x18];
    const corner = [...picture.subarray(3 * (160 * 40 + 2), 3 * (160 * 40 + 2) + 3)];
    expect(Math.max(...corner.map((value, index) => Math.abs(value - ground[index]!)))).toBeLessThan(14);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
