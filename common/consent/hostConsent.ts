import type { Decisions, ParticipantConsent, RecordingKind } from './models';
import { standing, standingKinds } from './standing';

/** How one participant of a recording stands, on the host's side. Who left stays, as they may be in the file. */
type HostConsentEntry =
  | { readonly phase: 'asked'; readonly participantId: string }
  | {
      readonly phase: 'answered';
      readonly participantId: string;
      readonly decisions: Decisions;
      readonly withdrawn: readonly RecordingKind[];
    };

/** The consents of one recording: who was asked, in order, and what they said. */
export interface HostConsent {
  readonly entries: readonly HostConsentEntry[];
}

/** What happens to a recording's consents. Answers and withdrawals were verified before they get here. */
export type HostConsentEvent =
  | { readonly type: 'present'; readonly participantId: string }
  | { readonly type: 'answered'; readonly participantId: string; readonly decisions: Decisions }
  | { readonly type: 'withdrew'; readonly participantId: string; readonly kinds: readonly RecordingKind[] }
  | { readonly type: 'left'; readonly participantId: string };

export type HostConsentEffect =
  | { readonly type: 'ask'; readonly participantId: string }
  | { readonly type: 'closeTracks'; readonly participantId: string }
  | { readonly type: 'erase'; readonly participantId: string; readonly kinds: readonly RecordingKind[] }
  /** Everybody's view of who is in the recording has changed. */
  | { readonly type: 'announce' };

export interface HostConsentStep {
  readonly state: HostConsent;
  /** Empty when the event changes nothing: a repeated or late one. */
  readonly effects: readonly HostConsentEffect[];
}

export const nobodyAsked: HostConsent = { entries: [] };

/**
 * One step of the host's consent state machine. Everybody is asked once per recording; the first answer counts; only a
 * standing yes can be withdrawn, and for good.
 */
export function hostConsentStep(state: HostConsent, event: HostConsentEvent): HostConsentStep {
  const { participantId } = event;
  const entry = state.entries.find((one) => one.participantId === participantId);
  const unchanged: HostConsentStep = { state, effects: [] };
  switch (event.type) {
    case 'present':
      if (entry) return unchanged;
      return {
        state: { entries: [...state.entries, { phase: 'asked', participantId }] },
        effects: [{ type: 'ask', participantId }, { type: 'announce' }],
      };
    case 'answered':
      if (entry?.phase !== 'asked') return unchanged;
      return {
        state: replace(state, { phase: 'answered', participantId, decisions: event.decisions, withdrawn: [] }),
        effects: [{ type: 'announce' }],
      };
    case 'withdrew': {
      if (entry?.phase !== 'answered') return unchanged;
      const standingNow = standingKinds(entry.decisions, entry.withdrawn);
      const kinds = standingNow.filter((kind) => event.kinds.includes(kind));
      if (kinds.length === 0) return unchanged;
      return {
        state: replace(state, { ...entry, withdrawn: [...entry.withdrawn, ...kinds] }),
        effects: [{ type: 'erase', participantId, kinds }, { type: 'announce' }],
      };
    }
    case 'left':
      return entry ? { state, effects: [{ type: 'closeTracks', participantId }] } : unchanged;
  }
}

/** Everybody who was asked and how each kind stands, as it is announced to all. */
export function participantConsents(state: HostConsent): readonly ParticipantConsent[] {
  return state.entries.map((entry) => {
    const { participantId } = entry;
    switch (entry.phase) {
      case 'asked':
        return { participantId, audio: 'pending', video: 'pending', chat: 'pending' };
      case 'answered':
        return { participantId, ...standing(entry.decisions, entry.withdrawn) };
    }
  });
}

function replace(state: HostConsent, entry: HostConsentEntry): HostConsent {
  return { entries: state.entries.map((one) => (one.participantId === entry.participantId ? entry : one)) };
}
