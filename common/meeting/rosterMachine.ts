import type { Refusal } from '../protocol/messages';
import { limits } from './limits';
import type { Knock, MediaState, Participant } from './models';

/** Who is in the meeting and who is at its door, as the host sees it. The host is always the first participant. */
export interface RosterState {
  readonly participants: readonly Participant[];
  /** In order of knocking. */
  readonly lobby: readonly Knock[];
  readonly locked: boolean;
  /** Raised with each roster that is sent. */
  readonly revision: number;
  /** Identity keys of people who were removed; they are not let in again. */
  readonly removedKeys: readonly string[];
}

export type RosterEvent =
  | { readonly type: 'knocked'; readonly knock: Knock }
  /** Somebody at the door went away. */
  | { readonly type: 'knock-gone'; readonly knockId: string }
  | { readonly type: 'admit'; readonly knockId: string; readonly participantId: string; readonly at: number }
  | { readonly type: 'deny'; readonly knockId: string }
  | { readonly type: 'remove'; readonly participantId: string }
  /** A participant left, or was away for too long. */
  | { readonly type: 'left'; readonly participantId: string }
  /** A participant's connection was lost: its place is kept. */
  | { readonly type: 'away'; readonly participantId: string }
  /** It has come back; `fresh`: with a new process. */
  | { readonly type: 'back'; readonly participantId: string; readonly fresh: boolean }
  | { readonly type: 'lock'; readonly locked: boolean }
  /** The host makes a guest co-host, or takes it back. */
  | { readonly type: 'role'; readonly participantId: string; readonly role: 'co-host' | 'guest' }
  | { readonly type: 'media'; readonly participantId: string; readonly media: MediaState };

export type RosterEffect =
  | { readonly type: 'refuse'; readonly knockId: string; readonly reason: Refusal }
  | { readonly type: 'wait'; readonly knockId: string }
  | { readonly type: 'welcome'; readonly knockId: string; readonly participant: Participant }
  /** Tell this participant that the host removed it, and close. */
  | { readonly type: 'expel'; readonly participant: Participant }
  /** The same installation came back: its old connection is dead, close it. */
  | { readonly type: 'drop'; readonly participantId: string }
  | { readonly type: 'send-roster' }
  /** From now on the invite handed out so far is refused. */
  | { readonly type: 'retire-invite' };

export interface RosterTransition {
  readonly state: RosterState;
  /** In the order to carry them out. */
  readonly effects: readonly RosterEffect[];
}

/** A meeting with its host alone. */
export function initialRoster(host: Participant): RosterState {
  return { participants: [host], lobby: [], locked: false, revision: 0, removedKeys: [] };
}

/** Why this knock cannot be admitted, or null when it can. */
export function admissionRefusal(state: RosterState, identityKey: string): Refusal | null {
  if (state.removedKeys.includes(identityKey)) return 'denied';
  if (state.participants.some((one) => one.role === 'host' && one.identityKey === identityKey)) return 'denied';
  const isBack = state.participants.some((one) => one.identityKey === identityKey);
  return !isBack && state.participants.length >= limits.participants ? 'full' : null;
}

/**
 * What an event does to the roster. Pure. Events about people who are not there (any more) change nothing, so events
 * may arrive in any order. Identity keys and IDs stay unique, the host stays, nobody removed comes back.
 */
export function rosterTransition(state: RosterState, event: RosterEvent): RosterTransition {
  switch (event.type) {
    case 'knocked':
      return knocked(state, event.knock);
    case 'knock-gone':
      return { state: withoutKnock(state, event.knockId), effects: [] };
    case 'admit':
      return admit(state, event.knockId, event.participantId, event.at);
    case 'deny':
      return state.lobby.some((knock) => knock.knockId === event.knockId)
        ? {
            state: withoutKnock(state, event.knockId),
            effects: [{ type: 'refuse', knockId: event.knockId, reason: 'denied' }],
          }
        : unchanged(state);
    case 'remove':
      return remove(state, event.participantId);
    case 'left': {
      const guest = findGuest(state, event.participantId);
      return guest === undefined ? unchanged(state) : withRoster(withoutParticipant(state, guest.id), []);
    }
    case 'away': {
      const guest = findGuest(state, event.participantId);
      return guest === undefined || guest.presence === 'away'
        ? unchanged(state)
        : withRoster(withParticipant(state, { ...guest, presence: 'away' }), []);
    }
    case 'back': {
      const guest = findGuest(state, event.participantId);
      if (guest === undefined) return unchanged(state);
      const returns = guest.returns + (event.fresh ? 1 : 0);
      // A new process begins with everything off (R11).
      const media = event.fresh ? { microphone: false, camera: false } : guest.media;
      // Even if nothing is new: whoever comes back needs the roster.
      return withRoster(withParticipant(state, { ...guest, presence: 'here', returns, media }), []);
    }
    case 'lock':
      return event.locked === state.locked ? unchanged(state) : withRoster({ ...state, locked: event.locked }, []);
    case 'role': {
      const guest = findGuest(state, event.participantId);
      return guest === undefined || guest.role === event.role
        ? unchanged(state)
        : withRoster(withChanged(state, guest.id, { role: event.role }), []);
    }
    case 'media':
      return { state: withChanged(state, event.participantId, { media: event.media }), effects: [] };
  }
}

function knocked(state: RosterState, knock: Knock): RosterTransition {
  const earlier = state.lobby.filter((one) => one.identityKey === knock.identityKey);
  const lobby = state.lobby.filter((one) => one.identityKey !== knock.identityKey);
  const refusal =
    admissionRefusal(state, knock.identityKey) ??
    (state.locked ? 'locked' : lobby.length >= limits.knocks ? 'too-many-attempts' : null);
  if (refusal !== null) {
    return { state, effects: [{ type: 'refuse', knockId: knock.knockId, reason: refusal }] };
  }
  return {
    state: { ...state, lobby: [...lobby, knock] },
    effects: [
      // The key was proven: it is the same installation on a new connection.
      ...earlier.map((one) => ({ type: 'refuse', knockId: one.knockId, reason: 'denied' }) as const),
      { type: 'wait', knockId: knock.knockId },
    ],
  };
}

function admit(state: RosterState, knockId: string, participantId: string, at: number): RosterTransition {
  const knock = state.lobby.find((one) => one.knockId === knockId);
  if (knock === undefined || admissionRefusal(state, knock.identityKey) !== null) return unchanged(state);
  const participant: Participant = {
    id: participantId,
    name: knock.name,
    identityKey: knock.identityKey,
    role: 'guest',
    joinedAt: at,
    media: { microphone: false, camera: false },
    presence: 'here',
    returns: 0,
  };
  const earlier = state.participants.filter((one) => one.identityKey === knock.identityKey);
  const others = state.participants.filter((one) => one.identityKey !== knock.identityKey);
  return withRoster({ ...withoutKnock(state, knockId), participants: [...others, participant] }, [
    ...earlier.map((one) => ({ type: 'drop', participantId: one.id }) as const),
    { type: 'welcome', knockId, participant },
  ]);
}

function remove(state: RosterState, participantId: string): RosterTransition {
  const guest = findGuest(state, participantId);
  if (guest === undefined) return unchanged(state);
  const knocks = state.lobby.filter((one) => one.identityKey === guest.identityKey);
  return withRoster(
    {
      ...withoutParticipant(state, guest.id),
      lobby: state.lobby.filter((one) => one.identityKey !== guest.identityKey),
      removedKeys: [...state.removedKeys, guest.identityKey],
    },
    [
      { type: 'retire-invite' },
      { type: 'expel', participant: guest },
      ...knocks.map((one) => ({ type: 'refuse', knockId: one.knockId, reason: 'denied' }) as const),
    ],
  );
}

function findGuest(state: RosterState, participantId: string): Participant | undefined {
  return state.participants.find((one) => one.id === participantId && one.role !== 'host');
}

function withChanged(state: RosterState, participantId: string, change: Partial<Participant>): RosterState {
  const participants = state.participants.map((one) => (one.id === participantId ? { ...one, ...change } : one));
  return { ...state, participants };
}

function withoutKnock(state: RosterState, knockId: string): RosterState {
  return { ...state, lobby: state.lobby.filter((one) => one.knockId !== knockId) };
}

function withoutParticipant(state: RosterState, participantId: string): RosterState {
  return { ...state, participants: state.participants.filter((one) => one.id !== participantId) };
}

function withParticipant(state: RosterState, participant: Participant): RosterState {
  return { ...state, participants: state.participants.map((one) => (one.id === participant.id ? participant : one)) };
}

function withRoster(state: RosterState, effects: readonly RosterEffect[]): RosterTransition {
  return { state: { ...state, revision: state.revision + 1 }, effects: [...effects, { type: 'send-roster' }] };
}

function unchanged(state: RosterState): RosterTransition {
  return { state, effects: [] };
}
