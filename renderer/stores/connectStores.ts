import type { Result } from '../../common/errors';
import type { Bridge } from '../../common/ipc/bridge';
import type { LockState } from '../../common/lock';
import type { ChatMessage } from '../../common/meeting/models';
import type { Stores } from './stores';

/**
 * Feeds the stores from main: what is true now, then every change. Subscribes before it asks, so that nothing falls in
 * between; an answer that is older than an event is dropped. Returns the unsubscribe.
 */
export function connectStores(bridge: Bridge, stores: Stores): () => void {
  const { backup, vault, lock, session, recording, chat, preferences, library, navigation, toasts } = stores;
  let stopped = false;

  const seen = new Set<string>();
  function ask<Value>(name: string, answer: Promise<Result<Value>>, take: (value: Value) => void) {
    void answer.then((result) => {
      if (!stopped && result.ok && !seen.has(name)) take(result.value);
    });
  }

  function readMeetings() {
    void bridge['meetings.recent']().then((result) => {
      if (!stopped && result.ok) library.setState({ meetings: result.value });
    });
  }
  function readRecordings() {
    void bridge['recordings.list']().then((result) => {
      if (!stopped && result.ok) library.setState({ recordings: result.value });
    });
  }
  function readRetention() {
    void bridge['retention.overview']().then((result) => {
      if (!stopped && result.ok) library.setState({ retention: result.value });
    });
  }
  function readProfile() {
    void bridge['profile.get']().then((result) => {
      if (!stopped && result.ok) vault.setState({ profile: result.value });
    });
  }
  function takeLink() {
    void bridge['app.takeLink']().then((result) => {
      if (!stopped && result.ok && result.value !== null) navigation.getState().setPendingLink(result.value);
    });
  }
  function readChat(meetingId: string) {
    void bridge['chat.history']({ meetingId }).then((result) => {
      if (stopped || !result.ok) return;
      const known = new Set(result.value.map(({ id }) => id));
      const newer = chat
        .getState()
        .messages.filter((message) => message.meetingId === meetingId && !known.has(message.id));
      const { unread } = chat.getState();
      const missed =
        beforeLock === null ? null : beforeLock.unread + result.value.filter(isNews(beforeLock.ids)).length;
      beforeLock = null;
      chat.getState().reset([...result.value, ...newer]);
      chat.setState({ unread: missed ?? unread });
    });
  }

  /** What of the chat was known when the app was locked: no content, so that it can stay. */
  let beforeLock: { readonly ids: ReadonlySet<string>; readonly unread: number } | null = null;
  const isNews = (known: ReadonlySet<string>) => (message: ChatMessage) => !message.mine && !known.has(message.id);

  /** Nothing of what was open stays in this window while the app is locked; afterwards it is read again. */
  function takeLock(state: LockState) {
    const before = lock.getState().lock.locked;
    if (state.locked && !before) {
      const { messages, unread } = chat.getState();
      beforeLock = { ids: new Set(messages.map(({ id }) => id)), unread };
      forget();
      toasts.setState({ toasts: [], announcement: { id: 0, text: '' } });
    }
    lock.setState({ lock: state, waitUntil: Date.now() + state.waitMs });
    if (state.locked || !before) return;
    toasts.setState({ toasts: [] });
    readAll();
    const { session: now } = session.getState();
    if (now.phase === 'meeting') readChat(now.meeting.meetingId);
    takeLink();
  }
  function forget() {
    vault.setState({ profile: null });
    library.setState({ meetings: null, recordings: null, retention: null });
    chat.getState().reset([]);
  }
  function readAll() {
    readProfile();
    readMeetings();
    readRecordings();
    readRetention();
  }

  const unsubscribe = [
    vault.subscribe(({ vault: now }, { vault: before }) => {
      if (now.phase === 'open' && before.phase !== 'open') readAll();
      if (now.phase !== 'open' && before.phase === 'open') {
        forget();
        navigation.getState().go({ page: 'start' });
      }
    }),
    session.subscribe(({ session: now }, { session: before }) => {
      const meetingId = now.phase === 'meeting' ? now.meeting.meetingId : null;
      const previousId = before.phase === 'meeting' ? before.meeting.meetingId : null;
      if (meetingId === previousId) return;
      chat.getState().reset([]);
      readMeetings();
      readRetention();
      if (meetingId !== null) readChat(meetingId);
      else navigation.getState().go({ page: 'start' });
    }),
    bridge.on('vault.changed', (state) => {
      seen.add('vault');
      vault.setState({ vault: state });
    }),
    bridge.on('lock.changed', (state) => {
      seen.add('lock');
      takeLock(state);
    }),
    bridge.on('preferences.changed', (value) => {
      seen.add('preferences');
      preferences.setState({ preferences: value });
    }),
    bridge.on('session.changed', (state) => {
      seen.add('session');
      session.setState({ session: state });
    }),
    bridge.on('recording.changed', (state) => {
      seen.add('recording');
      recording.setState({ recording: state });
    }),
    bridge.on('chat.added', (message) => chat.getState().add(message)),
    bridge.on('recordings.changed', () => {
      readRecordings();
      readRetention();
    }),
    bridge.on('retention.changed', () => {
      readMeetings();
      readRetention();
    }),
    bridge.on('backup.progress', (progress) => backup.setState({ progress })),
    bridge.on('app.linkArrived', takeLink),
  ];

  ask('lock', bridge['lock.state'](), takeLock);
  ask('preferences', bridge['preferences.get'](), (value) => preferences.setState({ preferences: value }));
  ask('session', bridge['session.state'](), (value) => session.setState({ session: value }));
  ask('recording', bridge['recording.state'](), (value) => recording.setState({ recording: value }));
  ask('vault', bridge['vault.state'](), (value) => vault.setState({ vault: value }));
  takeLink();

  return () => {
    stopped = true;
    for (const stop of unsubscribe) stop();
  };
}
