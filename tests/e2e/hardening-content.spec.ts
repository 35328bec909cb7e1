import type { Page } from '@playwright/test';
import { expect, test, type Desktop } from '../support/electron';
import { openTrap, type Trap } from '../support/trap';

/*
 * Content that got into our page or into another one: nothing of it runs, nothing is fetched, nobody is taken anywhere.
 * A trap on this computer counts who knocks: whatever the page believes, no connection may arrive.
 */

let trap: Trap;
test.beforeEach(async () => {
  trap = await openTrap();
});
test.afterEach(async () => {
  expect(trap.connections(), 'connections that reached another place').toBe(0);
  await trap.close();
});

async function open(desktop: () => Promise<Desktop>): Promise<Desktop> {
  const opened = await desktop();
  await expect(opened.page.getByRole('heading', { level: 1 })).toBeVisible();
  return opened;
}

/** What a chat message or a name could become if somebody forgot to escape it, and the directive that must stop it. */
const injections: Readonly<Record<string, { directive: string; html: string }>> = {
  'inline script': { directive: 'script-src-elem', html: '<script>window.hacked = 1</script>' },
  'remote script': { directive: 'script-src-elem', html: '<script src="TRAP"></script>' },
  'inline handler': { directive: 'script-src-attr', html: '<img src="/missing.png" onerror="window.hacked = 2">' },
  'remote picture': { directive: 'img-src', html: '<img src="TRAP">' },
  'remote sound': { directive: 'media-src', html: '<audio src="TRAP" autoplay></audio>' },
  'remote frame': { directive: 'frame-src', html: '<iframe src="TRAP"></iframe>' },
  'frame with a page in it': { directive: 'frame-src', html: '<iframe src="data:text/html,hello"></iframe>' },
  'style element': { directive: 'style-src-elem', html: '<style>body { background: url(TRAP) }</style>' },
  'style attribute': { directive: 'style-src-attr', html: '<p style="background: url(TRAP)">x</p>' },
  'remote stylesheet': { directive: 'style-src-elem', html: '<link rel="stylesheet" href="TRAP">' },
  'base address': { directive: 'base-uri', html: '<base href="TRAP">' },
  'plug-in': { directive: 'object-src', html: '<object data="TRAP"></object>' },
};

test('markup that gets into the page does nothing', async ({ desktop }) => {
  const { page } = await open(desktop);
  for (const [name, { directive, html }] of Object.entries(injections)) {
    const violated = page.evaluate(
      ({ markup, wanted }) =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => {
            if (event.effectiveDirective === wanted) resolve(event.effectiveDirective);
          });
          // A template's scripts are inert; a fragment from a range's are not.
          document.body.append(document.createRange().createContextualFragment(markup));
        }),
      { markup: html.replaceAll('TRAP', trap.url('http', '/leak')), wanted: directive },
    );
    await expect(violated, `${name} breaks ${directive}`).resolves.toBe(directive);
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('text does not become code', async ({ desktop }) => {
  const { page } = await open(desktop);
  await page.evaluate(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
  });
  // From a timer: while a debugger (Playwright) evaluates something, V8 lets eval pass.
  const outcomes = await page.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve) => {
        setTimeout(() => {
          const attempt = (work: () => unknown): string => {
            try {
              return String(work());
            } catch (error) {
              return (error as Error).name;
            }
          };
          const scope = window as unknown as Record<string, (code: string, after?: number) => unknown>;
          scope['setTimeout']?.('window.hacked = 3', 0);
          const code = new Blob(['postMessage(1)'], { type: 'text/javascript' });
          attempt(() => new Worker(URL.createObjectURL(code)));
          resolve({
            eval: attempt(() => scope['eval']?.('1 + 1')),
            Function: attempt(() => scope['Function']?.('return 1')),
            asyncFunction: attempt(() => (async () => undefined).constructor('return 1')),
          });
        });
      }),
  );
  expect(outcomes).toEqual({ eval: 'EvalError', Function: 'EvalError', asyncFunction: 'EvalError' });
  const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  await expect.poll(violations).toEqual(expect.arrayContaining(['worker-src', 'script-src']));
  await expect(page.evaluate((url) => import(url), 'data:text/javascript,export default 1')).rejects.toThrow();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

/** Runs every way of reaching another place that a page has, and says what became of it. */
async function reachOut(page: Page, place: { http: string; ws: string }): Promise<Record<string, string>> {
  return page.evaluate(async ({ http, ws }) => {
    const outcome = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'reached',
        () => 'refused',
      );
    const loads = (element: HTMLElement & { src: string }): Promise<unknown> => {
      const settled = new Promise((resolve, reject) => {
        element.addEventListener('load', resolve);
        element.addEventListener('canplay', resolve);
        element.addEventListener('error', reject);
      });
      element.src = http;
      document.body.append(element);
      return settled;
    };
    return {
      fetch: await outcome(fetch(http)),
      'fetch without CORS': await outcome(fetch(http, { mode: 'no-cors' })),
      XMLHttpRequest: await outcome(
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.addEventListener('load', resolve);
          request.addEventListener('error', reject);
          request.open('GET', http);
          request.send();
        }),
      ),
      WebSocket: await outcome(
        new Promise((resolve, reject) => {
          const socket = new WebSocket(ws);
          socket.addEventListener('open', resolve);
          socket.addEventListener('error', reject);
        }),
      ),
      EventSource: await outcome(
        new Promise((resolve, reject) => {
          const source = new EventSource(http);
          source.addEventListener('open', resolve);
          source.addEventListener('error', reject);
        }),
      ),
      picture: await outcome(loads(new Image())),
      sound: await outcome(loads(new Audio())),
      script: await outcome(loads(document.createElement('script'))),
      file: await outcome(fetch('file:///etc/hostname')),
    };
  }, place);
}

test('nothing can be fetched from anywhere', async ({ desktop }) => {
  const { app, page } = await open(desktop);
  const place = { http: trap.url('http', '/leak'), ws: trap.url('ws', '/leak') };
  const fromOurs = await reachOut(page, place);
  expect(new Set(Object.values(fromOurs)), JSON.stringify(fromOurs)).toEqual(new Set(['refused']));
  // Beacons have no outcome; the trap tells.
  await page.evaluate((url) => navigator.sendBeacon(url, 'x'), place.http);

  // The second wall: a page that has no policy of its own.
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow }) => {
    await new BrowserWindow({ show: false }).loadURL('data:text/html,<body>foreign</body>');
  });
  const foreign = await opened;
  const fromForeign = await reachOut(foreign, place);
  expect(new Set(Object.values(fromForeign)), JSON.stringify(fromForeign)).toEqual(new Set(['refused']));
  await foreign.evaluate((url) => navigator.sendBeacon(url, 'x'), place.http);
});

test('hints to the browser open no connection either', async ({ desktop }) => {
  const { page } = await open(desktop);
  const http = trap.url('http', '/leak');
  await page.evaluate(async (url) => {
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender', 'icon']) {
      const link = document.createElement('link');
      link.rel = rel;
      link.href = `${url}?${rel}`;
      if (rel === 'preload') link.setAttribute('as', 'image');
      document.head.append(link);
    }
    // Two rounds to our own server: hints given before have been acted upon by then.
    await fetch('/index.html');
    await fetch('/index.html');
  }, http);
});

test('nobody is taken to another page', async ({ desktop }) => {
  const { app, page } = await open(desktop);
  const http = trap.url('http', '/elsewhere');
  await app.evaluate(({ BrowserWindow, session }) => {
    const seen: string[] = [];
    (globalThis as unknown as { seen: string[] }).seen = seen;
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    webContents.on('will-navigate', (event) =>
      seen.push(`${event.defaultPrevented ? 'stopped' : 'let through'} ${event.url}`),
    );
    webContents.on('did-navigate', (_event, url) => seen.push(`went to ${url}`));
    session.defaultSession.on('will-download', (event) =>
      seen.push(event.defaultPrevented ? 'download stopped' : 'download let through'),
    );
  });
  const seen = () => app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  await page.evaluate(() => {
    (window as unknown as { mark: string }).mark = 'still the same document';
  });

  // Chromium refuses this one by itself, without an event; the mark below shows that it did.
  await page.evaluate(() => {
    location.href = 'file:///etc/hostname';
  });
  const links = [http, 'https://example.org/', 'app://konklave/index.html?again', 'app://other/'];
  for (const address of links) {
    await page.evaluate((url) => {
      location.href = url;
    }, address);
    await expect.poll(seen, address).toContain(`stopped ${address}`);
  }
  await page.evaluate((url) => {
    const link = document.createElement('a');
    link.href = url;
    document.body.append(link);
    link.click();
  }, `${http}?link`);
  await expect.poll(seen).toContain(`stopped ${http}?link`);
  await page.evaluate((url) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0; url=${url}`;
    document.head.append(meta);
  }, `${http}?refresh`);
  await expect.poll(seen).toContain(`stopped ${http}?refresh`);

  const form = page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        const element = document.createElement('form');
        element.action = url;
        element.method = 'post';
        document.body.append(element);
        element.submit();
      }),
    http,
  );
  await expect(form).resolves.toBe('form-action');

  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'secret.txt';
    document.body.append(link);
    link.click();
  });
  await expect.poll(seen).toContain('download stopped');

  const windows = await page.evaluate((url) => {
    const link = document.createElement('a');
    link.href = url;
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return [url, 'about:blank', '/index.html', ''].map((address) => window.open(address) === null);
  }, http);
  expect(windows).toEqual([true, true, true, true]);
  const webview = await page.evaluate((url) => {
    const view = document.createElement('webview');
    view.setAttribute('src', url);
    document.body.append(view);
    return 'getWebContentsId' in view;
  }, http);
  expect(webview, 'a webview is an unknown element').toBe(false);

  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  expect((await seen()).filter((line) => !/stopped/u.test(line))).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { mark?: string }).mark)).toBe('still the same document');
});

test('app:// serves the files of the page and nothing beside them', async ({ desktop }) => {
  const { app, page } = await open(desktop);
  const paths = [
    '/../main/index.js',
    '/%2e%2e/main/index.js',
    '/..%2fmain%2findex.js',
    '/%2e%2e%2fmain%2findex.js',
    '/assets/..%2f..%2fmain/index.js',
    '/..%5cmain%5cindex.js',
    '//main/index.js',
    '/main/index.js',
    '/package.json',
    '/%2fetc%2fhostname',
    '/media/..%2f..%2fvault.db',
    '/media/AAAAAAAAAAAAAAAAAAAAA',
    '/.env',
    '/missing.js',
  ];
  const answers = await page.evaluate(
    (all) =>
      Promise.all(
        all.map(async (path) => {
          const response = await fetch(`app://konklave${path}`);
          return [path, response.status, (await response.text()).length];
        }),
      ),
    paths,
  );
  expect(answers).toEqual(paths.map((path) => [path, 404, 0]));

  const methods = await page.evaluate(() =>
    Promise.all(
      ['POST', 'PUT', 'DELETE', 'PATCH'].map(async (method) => (await fetch('/index.html', { method })).status),
    ),
  );
  expect(new Set(methods)).toEqual(new Set([405]));

  // Another host of our scheme is another origin: the page may not even ask; whoever may is told that nothing is there.
  await expect(page.evaluate(() => fetch('app://other/index.html'))).rejects.toThrow();
  const other = await app.evaluate(async ({ net }) => {
    const statuses: number[] = [];
    for (const url of ['app://other/index.html', 'app://konklave.evil/index.html']) {
      statuses.push((await net.fetch(url)).status);
    }
    return statuses;
  });
  expect(other).toEqual([404, 404]);

  const loading = await app.evaluate(async ({ BrowserWindow }) => {
    const outcomes: string[] = [];
    for (const url of ['file:///etc/hostname', 'https://example.org/']) {
      const window = new BrowserWindow({ show: false });
      outcomes.push(
        await window.loadURL(url).then(
          () => 'loaded',
          (error: unknown) => (error as Error).message,
        ),
      );
      window.destroy();
    }
    return outcomes;
  });
  for (const outcome of loading) expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
});
