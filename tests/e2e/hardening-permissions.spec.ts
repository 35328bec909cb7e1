import type { Page } from '@playwright/test';
import { expect, test, type Desktop, type DesktopOptions } from '../support/electron';

/*
 * Who may ask for what: our own page gets a camera and a microphone, everybody else gets nothing, and nobody else is
 * answered by main.
 */

/** `--use-fake-ui-for-media-stream` would answer in the app's place: here the app itself must say yes or no. */
const asking: DesktopOptions = { fakeMedia: false, args: ['--use-fake-device-for-media-stream'] };

async function loaded({ page }: Desktop): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Opens a window on this address in the app's own session, with our preload when wanted, and hands its page over. */
async function openForeign({ app }: Desktop, url: string, withPreload = false): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(
    async ({ app: application, BrowserWindow }, { address, bridged }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          contextIsolation: true,
          ...(bridged ? { preload: `${application.getAppPath()}/out/preload/index.js` } : {}),
        },
      });
      // A page that is not there is a page of its origin all the same.
      await window.loadURL(address).catch(() => undefined);
    },
    { address: url, bridged: withPreload },
  );
  const page = await opened;
  await page.waitForURL(url);
  return page;
}

/** Asks for everything a page can ask for; `granted` or the name of the refusal. */
async function askForEverything(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const outcome = (work: () => Promise<unknown> | undefined): Promise<string> =>
      Promise.resolve()
        .then(work)
        .then(
          (value) => (value === undefined ? 'nothing' : 'granted'),
          (error: unknown) => (error as Error).name,
        );
    const query = (name: string): Promise<string> =>
      navigator.permissions.query({ name } as unknown as PermissionDescriptor).then(
        ({ state }) => state,
        () => 'unknown',
      );
    const media = (constraints: MediaStreamConstraints) => async () => {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      for (const track of stream.getTracks()) track.stop();
      return stream;
    };
    type Wide = Navigator &
      Record<'usb' | 'hid' | 'serial' | 'bluetooth', { requestDevice(o: object): Promise<object> }>;
    const devices = navigator as Wide;
    return {
      camera: await outcome(media({ video: true })),
      microphone: await outcome(media({ audio: true })),
      screen: await outcome(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      place: await outcome(
        () =>
          new Promise((resolve, reject) => {
            navigator.geolocation.getCurrentPosition(resolve, ({ code }) =>
              reject(Object.assign(new Error('refused'), { name: code === 1 ? 'NotAllowedError' : `code ${code}` })),
            );
          }),
      ),
      notifications: await Notification.requestPermission(),
      midi: await outcome(() => navigator.requestMIDIAccess({ sysex: true })),
      'clipboard read': await outcome(() => navigator.clipboard.read()),
      'clipboard text': await outcome(() => navigator.clipboard.readText()),
      usb: await outcome(() => devices.usb?.requestDevice({ filters: [] })),
      bluetooth: await outcome(() => devices.bluetooth?.requestDevice({ acceptAllDevices: true })),
      'query camera': await query('camera'),
      'query microphone': await query('microphone'),
      'query geolocation': await query('geolocation'),
      'query notifications': await query('notifications'),
      'query midi': await query('midi'),
      'query clipboard-read': await query('clipboard-read'),
      'query idle-detection': await query('idle-detection'),
      'query persistent-storage': await query('persistent-storage'),
      'query window-management': await query('window-management'),
    };
  });
}

test('our page gets camera and microphone and nothing else', async ({ desktop }) => {
  const opened = await desktop(asking);
  await loaded(opened);
  const answers = await askForEverything(opened.page);
  const granted = Object.entries(answers).flatMap(([name, answer]) => (answer === 'granted' ? [name] : []));
  expect(granted, JSON.stringify(answers)).toEqual(['camera', 'microphone', 'query camera', 'query microphone']);
  expect(answers).toMatchObject({
    place: 'NotAllowedError',
    notifications: 'denied',
    'clipboard text': 'NotAllowedError',
  });
});

test('another page in the same session gets nothing', async ({ desktop }) => {
  const opened = await desktop(asking);
  await loaded(opened);
  // Ours by its scheme, and a secure context, but another origin.
  const foreign = await openForeign(opened, 'app://other/');
  expect(await foreign.evaluate(() => [location.origin, isSecureContext])).toEqual(['app://other', true]);
  const answers = await askForEverything(foreign);
  expect(Object.entries(answers).filter(([, answer]) => answer === 'granted')).toEqual([]);
  expect(answers).toMatchObject({ camera: 'NotAllowedError', microphone: 'NotAllowedError' });
});

test('a frame inside our page gets no camera', async ({ desktop }) => {
  const opened = await desktop(asking);
  await loaded(opened);
  const answer = await opened.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.allow = 'camera; microphone';
    document.body.append(frame);
    return frame.contentWindow?.navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'granted',
      (error: unknown) => (error as Error).name,
    );
  });
  expect(answer).toBe('NotAllowedError');
});

test('main answers our page and no other', async ({ desktop }) => {
  const opened = await desktop();
  await loaded(opened);
  const forbidden = { ok: false, error: { code: 'ipc/forbidden' } };
  const ask = (page: Page) =>
    page.evaluate(async () => {
      const { konklave } = window;
      return Promise.all([
        konklave['vault.state'](),
        konklave['preferences.set']({ theme: 'dark' }),
        konklave['vault.create']({ name: 'Eve', contact: '', passphrase: 'a passphrase of ours' }),
      ]);
    });
  for (const url of [
    'data:text/html,<title>app://konklave/index.html</title>',
    'about:blank',
    'app://other/',
    'app://konklave.other/index.html',
    'app://other/app://konklave/index.html',
    'app://konklave/missing.html',
  ]) {
    const foreign = await openForeign(opened, url, true);
    expect(await ask(foreign), url).toEqual([forbidden, forbidden, forbidden]);
    await foreign.close();
  }

  // Nothing of it had an effect.
  expect(await opened.page.evaluate(() => window.konklave['vault.state']())).toMatchObject({ value: { phase: 'new' } });
  expect(await opened.page.evaluate(() => window.konklave['preferences.get']())).toMatchObject({
    value: { theme: 'system' },
  });
});
