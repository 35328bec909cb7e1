import { expect, it, vi } from 'vitest';
import { finishBeforeQuit, type ShutdownOptions } from './shutdown';

function setUp(options: Partial<ShutdownOptions>) {
  let listener: (event: { preventDefault(): void }) => void = () => {};
  const held: boolean[] = [];
  const quit = vi.fn();
  const reported: unknown[] = [];
  const app = {
    on: (_name: string, handler: typeof listener) => {
      listener = handler;
      return app;
    },
    quit,
  };
  finishBeforeQuit(app as unknown as Parameters<typeof finishBeforeQuit>[0], {
    steps: [],
    patienceMs: 60_000,
    report: (thrown) => void reported.push(thrown),
    ...options,
  });
  /** Whether the app was kept from quitting. */
  const ask = (): boolean => {
    const before = held.length;
    listener({ preventDefault: () => void held.push(true) });
    return held.length > before;
  };
  return { ask, quit, reported };
}

it('quits after every step, in order, though one fails, and says that it did', async () => {
  const ran: string[] = [];
  const failure = new Error('no network');
  const { ask, quit, reported } = setUp({
    steps: [() => Promise.reject(failure), async () => void ran.push('recordings'), async () => void ran.push('vault')],
  });
  expect(ask()).toBe(true);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(ran).toEqual(['recordings', 'vault']);
  expect(reported).toEqual([failure]);
  expect(ask()).toBe(false);
});

it('is not hurried by a second quit, and gives up when its patience is over', async () => {
  const { ask, quit } = setUp({ steps: [() => new Promise(() => {})], patienceMs: 1 });
  expect([ask(), ask()]).toEqual([true, true]);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
});
