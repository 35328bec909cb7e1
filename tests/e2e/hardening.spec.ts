import type { Page } from '@playwright/test';
import { commandNames } from '../../common/ipc/names';
import { expect, test } from '../support/electron';

/*
 * What a renderer that fell into the wrong hands can reach: each test is the attack, made in the real app.
 * https://www.electronjs.org/docs/latest/tutorial/security
 */

/** Our page, loaded and painted; the vault is new. */
async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('the page has neither Node nor Electron, nor a way to the preload', async ({ desktop }) => {
  const { app, page } = await desktop();
  await loaded(page);

  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // Not in Electron's types: what the window was really opened with.
    type Contents = Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences };
    return BrowserWindow.getAllWindows().map((window) => (window.webContents as Contents).getLastWebPreferences());
  });
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
  });
  for (const name of ['nodeIntegrationInWorker', 'allowRunningInsecureContent', 'experimentalFeatures'] as const) {
    expect(preferences[0]?.[name] ?? false, name).toBe(false);
  }

  const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'];
  const found = await page.evaluate((wanted) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inFrame = wanted.filter((name) => name in (frame.contentWindow ?? {}));
    const hasBridge = 'konklave' in (frame.contentWindow ?? {});
    frame.remove();
    return { inPage: wanted.filter((name) => name in window), inFrame, hasBridge };
  }, names);
  expect(found).toEqual({ inPage: [], inFrame: [], hasBridge: false });
});

test('the bridge offers the IPC map and nothing else, and cannot be bent', async ({ desktop }) => {
  const { page } = await desktop();
  await loaded(page);

  const surface = await page.evaluate(() =>
    Object.entries(window.konklave).map(([name, value]) => [name, typeof value]),
  );
  expect(new Set(surface.map(([name]) => name))).toEqual(new Set([...commandNames, 'on']));
  expect(new Set(surface.map(([, type]) => type))).toEqual(new Set(['function']));

  const bent = await page.evaluate(async () => {
    const attempt = (work: () => unknown): string => {
      try {
        return String(work());
      } catch (error) {
        return `thrown: ${(error as Error).name}`;
      }
    };
    const bridge = window.konklave as unknown as Record<string, (...args: unknown[]) => unknown>;
    const original = bridge['vault.state'];
    const replaced = attempt(() => {
      'use strict';
      bridge['vault.state'] = () => 'mine';
      return bridge['vault.state'] === original;
    });
    const removed = attempt(() => {
      'use strict';
      return delete (window as unknown as Record<string, unknown>).konklave;
    });
    // The preload lives in a world of its own: what the page does to its own built-ins does not reach it.
    Object.assign(Set.prototype, { has: () => true });
    Object.assign(Array.prototype, { map: () => ['mine'] });
    const event = attempt(() => bridge.on?.('no.such.event', () => undefined));
    const channel = attempt(() => bridge.on?.('konklave:vault.state', () => undefined));
    // A function of the preload would bring its `Function` along, and with it `process`.
    const constructed = await new Promise<string>((resolve) => {
      setTimeout(() => {
        const make = original?.constructor as (code: string) => () => unknown;
        resolve(attempt(() => make('return typeof process')()));
      });
    });
    return { replaced, removed, event, channel, constructed };
  });
  expect(bent).toEqual({
    replaced: 'thrown: TypeError',
    removed: 'thrown: TypeError',
    event: 'thrown: Error',
    channel: 'thrown: Error',
    constructed: 'thrown: EvalError',
  });
});

test('requests that are unknown or malformed are refused, whatever is called', async ({ desktop }) => {
  const { page, mainOutput } = await desktop();
  await loaded(page);
  const answers = await page.evaluate(async (names) => {
    const bridge = window.konklave as unknown as Record<string, (request: unknown) => Promise<unknown>>;
    const nonsense: unknown[] = [42, 'x', true, null, [], [{}]];
    const wrong: string[] = [];
    for (const name of names) {
      for (const request of nonsense) {
        const answer = JSON.stringify(await bridge[name]?.(request));
        if (answer !== '{"ok":false,"error":{"code":"ipc/invalid"}}')
          wrong.push(`${name}(${JSON.stringify(request)}): ${answer}`);
      }
    }
    const unclonable = await bridge['chat.send']?.({ text: () => undefined }).then(
      (value) => JSON.stringify(value),
      () => 'rejected',
    );
    const unknown = typeof bridge['vault.readFile'];
    return { wrong, unclonable, unknown };
  }, commandNames);
  expect(answers).toEqual({ wrong: [], unclonable: 'rejected', unknown: 'undefined' });
  // What is refused is refused quietly: an attacker does not get to write the log.
  expect(mainOutput.filter((line) => line.includes('[konklave] error'))).toEqual([]);
});

test('every response carries the policy, and the page breaks none of it', async ({ desktop }) => {
  const { page, consoleErrors } = await desktop();
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const seen = ((window as unknown as { violations?: string[] }).violations ??= []);
      seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await page.reload();
  await loaded(page);
  const facts = await page.evaluate(async () => {
    await document.fonts.ready;
    const loadedUrls = performance.getEntriesByType('resource').map(({ name }) => name);
    const urls = [location.href, ...loadedUrls, '/missing.js', '/media/AAAAAAAAAAAAAAAAAAAAAA'];
    const missing: string[] = [];
    for (const url of urls) {
      const { headers } = await fetch(url);
      const policy = headers.get('content-security-policy') ?? '';
      const strict = policy.includes("default-src 'none'") && !/unsafe|https?:|\*/u.test(policy);
      if (!strict || headers.get('x-content-type-options') !== 'nosniff') missing.push(url);
    }
    return {
      missing,
      files: loadedUrls.length,
      foreign: loadedUrls.filter((url) => !url.startsWith('app://konklave/')),
      violations: (window as unknown as { violations?: string[] }).violations ?? [],
    };
  });
  expect(facts.files).toBeGreaterThanOrEqual(3);
  expect(facts).toMatchObject({ missing: [], foreign: [], violations: [] });
  // Those two that were asked for above, and nothing else: 404 for the file, 403 while the vault is shut.
  expect(consoleErrors.filter((line) => !/status of 40[34]/u.test(line))).toEqual([]);
});
