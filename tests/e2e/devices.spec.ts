import { expect, test, type Person } from '../support/person';

/**
 * From now on this page has one more camera and one more microphone, which can be pulled out: tracks that really end, as those of
 * an unplugged device do. Behind them are Chromium's synthetic ones, until those are pulled out as well.
 */
async function plugInUsb({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    type Writer = WritableStreamDefaultWriter<unknown>;
    type Generator = MediaStreamTrack & { readonly writable: WritableStream<unknown> };
    type GeneratorClass = new (options: { kind: string }) => Generator;
    const { MediaStreamTrackGenerator } = globalThis as unknown as { MediaStreamTrackGenerator: GeneratorClass };
    const { mediaDevices } = navigator;
    const native = mediaDevices.getUserMedia.bind(mediaDevices);
    const listed = mediaDevices.enumerateDevices.bind(mediaDevices);
    const writers: Writer[] = [];
    let usb = true;
    let others = true;
    const wantsUsb = (constraints: boolean | MediaTrackConstraints | undefined): boolean =>
      typeof constraints === 'object' && JSON.stringify(constraints.deviceId ?? '').includes('usb');
    mediaDevices.getUserMedia = async (wanted = {}) => {
      const kind = wanted.video === undefined ? 'audio' : 'video';
      const missing = (): never => {
        throw new DOMException('no such device', 'NotFoundError');
      };
      if (!wantsUsb(wanted[kind])) return others ? native(wanted) : missing();
      if (!usb) return missing();
      const track = new MediaStreamTrackGenerator({ kind });
      writers.push(track.writable.getWriter());
      return new MediaStream([track]);
    };
    mediaDevices.enumerateDevices = async () => {
      const usbDevices = (['audioinput', 'videoinput'] as const).map(
        (kind) => ({ kind, deviceId: `usb-${kind}`, label: `USB ${kind}`, groupId: 'usb' }) as MediaDeviceInfo,
      );
      return [...(others ? await listed() : []), ...(usb ? usbDevices : [])];
    };
    Object.assign(window, {
      pull: (everything: boolean) => {
        usb = false;
        others = !everything;
        for (const writer of writers.splice(0)) void writer.close();
        mediaDevices.dispatchEvent(new Event('devicechange'));
      },
      plugIn: () => {
        usb = true;
        mediaDevices.dispatchEvent(new Event('devicechange'));
      },
    });
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}

/** What ends right after it was opened is taken for broken: until it has run for a while. */
async function isSettled({ page }: Person): Promise<void> {
  const from = await page.evaluate(() => performance.now());
  await expect.poll(() => page.evaluate(() => performance.now())).toBeGreaterThan(from + 2_500);
}

const pull = ({ page }: Person, everything = false) =>
  page.evaluate((all) => (window as unknown as { pull: (everything: boolean) => void }).pull(all), everything);
const plugIn = ({ page }: Person) => page.evaluate(() => (window as unknown as { plugIn: () => void }).plugIn());

/** What the others are told about somebody's camera and microphone. */
async function media(person: Person, other: Person) {
  const { value } = await person.call('session.state');
  const { participants } = (value as { meeting: { participants: { name: string; media: unknown }[] } }).meeting;
  return participants.find(({ name }) => name === other.name)?.media;
}

test('R11: what is pulled out in the meeting is replaced, or goes off with a word, and comes back only when asked', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await plugInUsb(james);
  await james.enter(anna, await anna.host('Beratung Berger'));
  const choice = { microphoneId: 'usb-audioinput', cameraId: 'usb-videoinput' };
  expect(await james.call('preferences.set', choice)).toMatchObject({ ok: true });
  await james.turnOn('microphone', 'camera');
  await expect.poll(() => media(anna, james)).toEqual({ microphone: true, camera: true });

  await test.step('the default ones take their place', async () => {
    await isSettled(james);
    await pull(james);
    for (const words of ['settings.cameraLost', 'settings.microphoneLost'] as const) {
      await expect(james.page.getByText(james.t(words))).toBeVisible();
    }
    await anna.sees(james);
    await expect.poll(() => media(anna, james)).toEqual({ microphone: true, camera: true });
  });

  await test.step('they are back, and are used again when that is wished', async () => {
    await plugIn(james);
    for (const words of ['settings.cameraBack', 'settings.microphoneBack'] as const) {
      const note = james.page.getByRole('status').filter({ hasText: james.t(words) });
      await note.getByRole('button', { name: james.t('settings.useAgain') }).click();
      await expect(note).toBeHidden();
    }
  });

  await test.step('with none left it is off, says so, and stays off', async () => {
    await expect.poll(() => media(anna, james)).toEqual({ microphone: true, camera: true });
    await isSettled(james);
    await pull(james, true);
    for (const words of ['settings.cameraGone', 'settings.microphoneGone'] as const) {
      await expect(james.page.getByRole('alert').filter({ hasText: james.t(words) })).toBeVisible();
    }
    await expect.poll(() => media(anna, james)).toEqual({ microphone: false, camera: false });
    await plugIn(james);
    await expect(james.button(james.t('room.switchCameraOn'))).toBeVisible();
    expect(await media(anna, james)).toEqual({ microphone: false, camera: false });
  });
});
