import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { DomainError, type Result } from '../../common/errors';
import { commands } from '../../common/ipc/commands';
import { channelOf, commandNames } from '../../common/ipc/names';
import { registerCommands, type CommandHandlers } from './registerCommands';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<Result<unknown>>;

function setUp(overrides: Partial<CommandHandlers>, trusted = true) {
  const listeners = new Map<string, Listener>();
  const calls: unknown[] = [];
  const handlers = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (request: unknown) => {
        calls.push([name, request]);
      },
    ]),
  ) as unknown as CommandHandlers;
  registerCommands(
    {
      handle: (channel, listener) => void listeners.set(channel, listener as Listener),
    },
    { ...handlers, ...overrides },
    () => trusted,
  );
  const call = (name: string, request?: unknown): Promise<Result<unknown>> | undefined =>
    listeners.get(channelOf(name))?.({ senderFrame: null } as unknown as IpcMainInvokeEvent, request);
  return { call, calls, listeners };
}

describe('registrar', () => {
  it('registers exactly the IPC map', () => {
    expect([...commandNames].sort()).toEqual(Object.keys(commands).sort());
    expect(setUp({}).listeners.size).toBe(commandNames.length);
  });

  it('refuses every command from a frame that is not ours, before looking at the request', async () => {
    const { call, calls } = setUp({}, false);
    for (const name of commandNames)
      expect(await call(name, {})).toEqual({
        ok: false,
        error: { code: 'ipc/forbidden' },
      });
    expect(calls).toEqual([]);
  });

  it.each([undefined, null, 1, 'x', [], {}, { text: '' }, { text: 5 }, { text: 'x'.repeat(5_000) }])(
    'refuses a malformed request: %j',
    async (request) => {
      const { call, calls } = setUp({});
      expect(await call('chat.send', request)).toEqual({
        ok: false,
        error: { code: 'ipc/invalid' },
      });
      expect(calls).toEqual([]);
    },
  );

  it('lets only the code of an error out', async () => {
    const { call } = setUp({
      'chat.send': () => {
        throw new DomainError('session/not-in-meeting', new Error('secret cause'));
      },
      'recording.stop': () => {
        throw new Error('secret /path');
      },
    });
    expect(await call('chat.send', { text: 'hallo' })).toEqual({
      ok: false,
      error: { code: 'session/not-in-meeting' },
    });
    expect(await call('recording.stop')).toEqual({
      ok: false,
      error: { code: 'internal/unexpected' },
    });
  });
});
