import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test as base } from '../support/network/labTest';
import type { Place } from '../support/network/place';

/** A program in a place that tells lines of JSON. */
function talker(place: Place, ...args: readonly string[]) {
  const [program = '', ...rest] = [...place.enter, process.execPath, ECHO, ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, hear: async (): Promise<unknown> => JSON.parse(String((await lines.next()).value)) };
}

const ECHO = resolve(__dirname, '..', 'support', 'network', 'echo.mjs');

/** Two places; what is asked in one is answered in the other, whose link is impaired. */
const test = base.extend<{ places: { near: Place; far: Place } }>({
  places: async ({ lab }, use) => {
    const [near, far] = [await lab.place(), await lab.place()];
    const { child, hear } = talker(far, 'serve');
    expect(await hear()).toBe('ready');
    await use({ near, far });
    child.kill();
    await once(child, 'exit');
  },
});

interface Answers {
  readonly lost: number;
  readonly tookMs: readonly number[];
}

async function ask(near: Place, address: string, count: number, meanwhile?: () => Promise<void>): Promise<Answers> {
  const { hear } = talker(near, 'ask', address, String(count));
  expect(await hear()).toBe('sent');
  await meanwhile?.();
  return (await hear()) as Answers;
}

test('a place that nothing was done to loses nothing', { tag: '@short' }, async ({ places: { near, far } }) => {
  expect((await ask(near, far.address, 500)).lost).toBe(0);
});

test('packets are lost at random, in both directions', { tag: '@short' }, async ({ places: { near, far } }) => {
  await far.impair({ loss: 0.2 });
  const count = 3000;
  const share = (await ask(near, far.address, count)).lost / count;
  // One in five there, one in five of the rest back: 0.36, with a standard deviation of less than 0.01.
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.42);
});

test('packets take time, in both directions, until the link is repaired', async ({ places: { near, far } }) => {
  await far.impair({ delayMs: 150, jitterMs: 30 });
  const { tookMs, lost } = await ask(near, far.address, 100);
  expect(lost).toBe(0);
  expect(Math.min(...tookMs)).toBeGreaterThanOrEqual(240);
  expect(Math.max(...tookMs) - Math.min(...tookMs)).toBeGreaterThan(10);

  await near.impair({ delayMs: 100 });
  expect(Math.min(...(await ask(near, far.address, 50)).tookMs)).toBeGreaterThanOrEqual(440);

  await Promise.all([near.impair({}), far.impair({})]);
  expect(Math.min(...(await ask(near, far.address, 50)).tookMs)).toBeLessThan(100);
});

test('a link carries so much a second and no more', async ({ places: { near, far } }) => {
  await far.impair({ rateKbit: 500 });
  const { hear } = talker(near, 'fetch', far.address, '150000');
  // 2.4 s, less what a full bucket lets through at once.
  expect(await hear()).toBeGreaterThan(2200);
});

test('what is sent while the link is cut is gone', async ({ places: { near, far } }) => {
  await far.cut();
  expect((await ask(near, far.address, 50, () => far.mend())).lost).toBe(50);
  expect((await ask(near, far.address, 50)).lost).toBe(0);
});

test('the cable is pulled and put back', async ({ places: { near, far } }) => {
  await far.unplug();
  expect(await far.run('ip', 'link', 'show', 'net0')).toContain('NO-CARRIER');
  await far.plugIn();
  expect((await ask(near, far.address, 10)).lost).toBe(0);
});

test('after a change of address only the new one answers', async ({ places: { near, far } }) => {
  const before = far.address;
  await far.changeAddress();
  expect(far.address).not.toBe(before);
  expect((await ask(near, far.address, 10)).lost).toBe(0);
  expect(await far.run('ip', '-4', 'address', 'show', 'net0')).not.toContain(before);
});
