import type { Decisions, ParticipantConsent, RecordingKind, WithdrawalScope } from './models';
import { kindsThat, nothingTakenBack, standing, type TakenBack } from './standing';

/** How one participant of a recording stands, on the host's side. Who left stays, as they may be in the file. */
type HostConsentEntry =
  | { readonly phase: 'asked'; readonly participantId: string }
  /** Did not answer in time. They may still agree of their own accord. */
  | { readonly phase: 'silent'; readonly participantId: string }
  | {
      readonly phase: 'answered';
      readonly participantId: string;
      readonly decisions: Decisions;
      readonly taken: TakenBack;
    };

/** The consents of one recording: what was asked for, who was asked, in order, and what they said. */
export interface HostConsent {
  readonly kinds: readonly RecordingKind[];
  readonly entries: readonly HostConsentEntry[];
  /** Who has objected to being recorded (Art. 21 GDPR): they are not asked, and no yes of theirs is taken. */
  readonly objected: readonly string[];
}

/** What happens to a recording's consents. Answers and withdrawals were verified before they get here. */
export type HostConsentEvent =
  | { readonly type: 'present'; readonly participantId: string }
  /** Is on the list of those who do not want to be recorded, from the start or from now on. */
  | { readonly type: 'objected'; readonly participantId: string }
  | { readonly type: 'answered'; readonly participantId: string; readonly decisions: Decisions }
  | { readonly type: 'ranOut'; readonly participantId: string }
  | {
      readonly type: 'withdrew';
      readonly participantId: string;
      readonly kinds: readonly RecordingKind[];
      readonly scope: WithdrawalScope;
    }
  | { readonly type: 'left'; readonly participantId: string };

export type HostConsentEffect =
  | { readonly type: 'ask'; readonly participantId: string }
  /** Instead of asking: the person learns that something is recorded, and why they are not asked. */
  | { readonly type: 'tellObjected'; readonly participantId: string }
  | { readonly type: 'closeTracks'; readonly participantId: string }
  /** Nothing more of these kinds is taken of this person; what there is stays. */
  | { readonly type: 'stop'; readonly participantId: string; readonly kinds: readonly RecordingKind[] }
  | { readonly type: 'erase'; readonly participantId: string; readonly kinds: readonly RecordingKind[] }
  /** Everybody's view of who is in the recording has changed. */
  | { readonly type: 'announce' };

export interface HostConsentStep {
  readonly state: HostConsent;
  /** Empty when the event changes nothing: a repeated or late one. */
  readonly effects: readonly HostConsentEffect[];
}

export function nobodyAsked(kinds: readonly RecordingKind[]): HostConsent {
  return { kinds, entries: [], objected: [] };
}

/** Whether an answer takes no yes away from an earlier one and adds at least one. */
export function addsYes(kinds: readonly RecordingKind[], before: Decisions, after: Decisions): boolean {
  const adds = kinds.some((kind) => after[kind] === true && before[kind] !== true);
  return adds && kinds.every((kind) => before[kind] !== true || after[kind] === true);
}

/**
 * Whether an answer may follow what is known of this person: the first, or one that agrees to more. A yes ends by being
 * withdrawn, and by nothing else.
 */
export function mayAnswer(state: HostConsent, participantId: string, decisions: Decisions): boolean {
  const entry = state.entries.find((one) => one.participantId === participantId);
  if (state.objected.includes(participantId)) return false;
  switch (entry?.phase) {
    case undefined:
      return false;
    case 'asked':
    case 'silent':
      return true;
    case 'answered':
      return addsYes(state.kinds, entry.decisions, decisions);
  }
}

/**
 * One step of the host's consent state machine. Everybody is asked once per recording; who said no, or nothing, may still
 * agree; only a yes can be taken back, from then on or altogether, and for good.
 */
export function hostConsentStep(state: HostConsent, event: HostConsentEvent): HostConsentStep {
  const { participantId } = event;
  const entry = state.entries.find((one) => one.participantId === participantId);
  const unchanged: HostConsentStep = { state, effects: [] };
  switch (event.type) {
    case 'present':
      if (entry) return unchanged;
      return {
        state: { ...state, entries: [...state.entries, { phase: 'asked', participantId }] },
        effects: [{ type: 'ask', participantId }, { type: 'announce' }],
      };
    case 'objected': {
      if (state.objected.includes(participantId)) return unchanged;
      const objected = [...state.objected, participantId];
      const told: readonly HostConsentEffect[] = [{ type: 'tellObjected', participantId }, { type: 'announce' }];
      // What was agreed to before ends now; what was recorded with it is for a withdrawal or an erasure.
      if (entry?.phase === 'answered') {
        const kinds = kindsThat(standing(entry.decisions, entry.taken), 'yes');
        const taken = { ...entry.taken, stopped: [...entry.taken.stopped, ...kinds] };
        const stop: readonly HostConsentEffect[] = kinds.length > 0 ? [{ type: 'stop', participantId, kinds }] : [];
        return { state: { ...replace(state, { ...entry, taken }), objected }, effects: [...stop, ...told] };
      }
      const silent = { phase: 'silent', participantId } as const;
      const after = entry ? replace(state, silent) : { ...state, entries: [...state.entries, silent] };
      return { state: { ...after, objected }, effects: told };
    }
    case 'answered': {
      if (!mayAnswer(state, participantId, event.decisions)) return unchanged;
      const taken = entry?.phase === 'answered' ? entry.taken : nothingTakenBack;
      return {
        state: replace(state, { phase: 'answered', participantId, decisions: event.decisions, taken }),
        effects: [{ type: 'announce' }],
      };
    }
    case 'ranOut':
      if (entry?.phase !== 'asked') return unchanged;
      return { state: replace(state, { phase: 'silent', participantId }), effects: [{ type: 'announce' }] };
    case 'withdrew': {
      if (entry?.phase !== 'answered') return unchanged;
      const { scope } = event;
      const stands = standing(entry.decisions, entry.taken);
      const open = scope === 'everything' ? kindsThat(stands, 'yes', 'stopped') : kindsThat(stands, 'yes');
      const kinds = open.filter((kind) => event.kinds.includes(kind));
      if (kinds.length === 0) return unchanged;
      const { withdrawn, stopped } = entry.taken;
      const taken =
        scope === 'everything'
          ? { withdrawn: [...withdrawn, ...kinds], stopped: stopped.filter((kind) => !kinds.includes(kind)) }
          : { withdrawn, stopped: [...stopped, ...kinds] };
      return {
        state: replace(state, { ...entry, taken }),
        effects: [{ type: scope === 'everything' ? 'erase' : 'stop', participantId, kinds }, { type: 'announce' }],
      };
    }
    case 'left':
      return entry ? { state, effects: [{ type: 'closeTracks', participantId }] } : unchanged;
  }
}

/** Everybody who was asked and how each kind stands, as it is announced to all. */
export function participantConsents(state: HostConsent): readonly ParticipantConsent[] {
  const all = (status: 'pending' | 'no') => Object.fromEntries(state.kinds.map((kind) => [kind, status]));
  return state.entries.map((entry) => {
    const { participantId } = entry;
    switch (entry.phase) {
      case 'asked':
        return { ...all('pending'), participantId };
      case 'silent':
        return { ...all('no'), participantId };
      case 'answered':
        return { ...standing(entry.decisions, entry.taken), participantId };
    }
  });
}

function replace(state: HostConsent, entry: HostConsentEntry): HostConsent {
  return {
    ...state,
    entries: state.entries.map((one) => (one.participantId === entry.participantId ? entry : one)),
  };
}
