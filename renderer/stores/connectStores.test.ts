import { describe, expect, it } from 'vitest';
import type { Result } from '../../common/errors';
import type { Bridge } from '../../common/ipc/bridge';
import type { EventName, Events } from '../../common/ipc/events';
import type { ChatMessage } from '../../common/meeting/models';
import type { MeetingState, SessionState } from '../../common/meeting/sessionState';
import { connectStores } from './connectStores';
import { createMediaStore } from './mediaStore';
import { createStores } from './stores';

const meeting: MeetingState = {
  meetingId: 'm1',
  title: 'Beratung',
  role: 'host',
  selfId: 'p1',
  startedAt: 0,
  invite: null,
  passcode: null,
  nearby: null,
  locked: false,
  plan: null,
  atDoor: {},
  participants: [],
  lobby: [],
  connections: [],
  hostLink: 'connected',
  trust: [],
  notice: {
    facts: {
      ...{ controllerName: 'Anna', controllerContact: '', chatRetentionDays: 30, recordingRetentionDays: 14 },
      ...{ officerContact: '', relay: null, iceServers: [], employees: false, registration: null },
    },
    version: { number: 1, since: 0 },
    ...{ hash: 'h', acknowledged: true, before: null, missing: [] },
  },
  ice: { servers: [], relayOnly: false, hasRelay: false, notFound: [] },
};
const inMeeting: SessionState = { phase: 'meeting', meeting };

function message(id: string, mine = false): ChatMessage {
  return {
    id,
    meetingId: 'm1',
    senderId: 'p2',
    senderName: 'Ben',
    senderKey: 'k2',
    mine,
    text: id,
    sentAt: 0,
  };
}

/** A bridge whose answers wait until the test lets them through. */
function fakeBridge() {
  const handlers = new Map<string, Set<(payload: never) => void>>();
  const waiting: { readonly name: string; readonly answer: (result: Result<unknown>) => void }[] = [];
  const asked: string[] = [];
  const bridge = new Proxy(
    {},
    {
      get: (_target, name: string) => {
        if (name === 'on') {
          return (event: string, handler: (payload: never) => void) => {
            const set = handlers.get(event) ?? new Set();
            handlers.set(event, set.add(handler));
            return () => set.delete(handler);
          };
        }
        return () => {
          asked.push(name);
          return new Promise<Result<unknown>>((answer) => waiting.push({ name, answer }));
        };
      },
    },
  ) as Bridge;
  return {
    bridge,
    asked,
    emit<Name extends EventName>(name: Name, payload: Events[Name]) {
      for (const handler of handlers.get(name) ?? []) (handler as (payload: Events[Name]) => void)(payload);
    },
    async answer(name: string, value: unknown) {
      for (const call of waiting.filter((other) => other.name === name)) call.answer({ ok: true, value });
      await Promise.resolve();
      await Promise.resolve();
    },
    listeners: () => [...handlers.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

function setUp() {
  const fake = fakeBridge();
  const stores = createStores(createMediaStore());
  const stop = connectStores(fake.bridge, stores);
  return { ...fake, stores, stop };
}

describe('connectStores', () => {
  it('shows what is true now', async () => {
    const { answer, stores } = setUp();
    await answer('session.state', inMeeting);
    expect(stores.session.getState().session).toEqual(inMeeting);
  });

  it('drops an answer that is older than an event', async () => {
    const { answer, emit, stores } = setUp();
    emit('session.changed', inMeeting);
    await answer('session.state', { phase: 'idle' });
    expect(stores.session.getState().session.phase).toBe('meeting');
  });

  it('reads what the vault holds once it is open, and forgets it when it is locked', async () => {
    const { answer, asked, emit, stores } = setUp();
    expect(asked).not.toContain('profile.get');
    emit('vault.changed', { phase: 'open', protection: 'passphrase' });
    await answer('profile.get', { name: 'Anna', contact: '', officerContact: '', identityKey: 'k' });
    await answer('meetings.recent', []);
    expect(stores.vault.getState().profile?.name).toBe('Anna');
    emit('vault.changed', { phase: 'locked' });
    expect(stores.vault.getState().profile).toBeNull();
    expect(stores.library.getState().meetings).toBeNull();
  });

  it('puts chat that came meanwhile after the history, once', async () => {
    const { answer, emit, stores } = setUp();
    emit('session.changed', inMeeting);
    emit('chat.added', message('b'));
    emit('chat.added', message('c'));
    await answer('chat.history', [message('a'), message('b')]);
    expect(stores.chat.getState().messages.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(stores.chat.getState().unread).toBe(2);
  });

  it('R20: keeps nothing of what was open while the app is locked, and afterwards knows what is new', async () => {
    const { answer, asked, emit, stores } = setUp();
    emit('vault.changed', { phase: 'open', protection: 'passphrase' });
    emit('session.changed', inMeeting);
    await answer('profile.get', { name: 'Anna', contact: '', officerContact: '', identityKey: 'k' });
    await answer('meetings.recent', []);
    emit('chat.added', message('a'));
    stores.toasts.getState().show({ tone: 'plain', title: 'Ben has come', text: null });
    const lock = { secret: 'passphrase', keychain: false, waitMs: 0 } as const;
    emit('lock.changed', { ...lock, locked: true });
    expect(stores.lock.getState().lock.locked).toBe(true);
    expect(stores.chat.getState().messages).toEqual([]);
    expect(stores.vault.getState().profile).toBeNull();
    expect(stores.library.getState()).toMatchObject({ meetings: null, recordings: null, retention: null });
    expect(stores.toasts.getState()).toMatchObject({ toasts: [], announcement: { text: '' } });

    const before = asked.length;
    emit('lock.changed', { ...lock, locked: false });
    expect(asked.slice(before).sort()).toEqual(
      [
        'profile.get',
        'meetings.recent',
        'recordings.list',
        'retention.overview',
        'chat.history',
        'app.takeLink',
      ].sort(),
    );
    await answer('chat.history', [message('a'), message('own', true), message('b')]);
    expect(stores.chat.getState().messages.map(({ id }) => id)).toEqual(['a', 'own', 'b']);
    // The one that was unread before, and the one that came meanwhile.
    expect(stores.chat.getState().unread).toBe(2);
  });

  it('empties the chat when the meeting is over', () => {
    const { emit, stores } = setUp();
    emit('session.changed', inMeeting);
    emit('chat.added', message('a'));
    emit('session.changed', { phase: 'ended', reason: 'left', title: 'Beratung', durationMs: 1 });
    expect(stores.chat.getState()).toMatchObject({ messages: [], unread: 0 });
  });

  it('listens no more when it is stopped', async () => {
    const { answer, listeners, stop, stores } = setUp();
    stop();
    await answer('session.state', inMeeting);
    expect(stores.session.getState().session.phase).toBe('idle');
    expect(listeners()).toBe(0);
  });
});

describe('the chat store', () => {
  it('counts what others wrote out of sight, each message once', () => {
    const { chat } = createStores(createMediaStore());
    chat.getState().add(message('a'));
    chat.getState().add(message('a'));
    chat.getState().add(message('b', true));
    expect(chat.getState()).toMatchObject({ unread: 1 });
    expect(chat.getState().messages).toHaveLength(2);
    chat.getState().setInSight(true);
    chat.getState().add(message('c'));
    expect(chat.getState().unread).toBe(0);
  });
});
