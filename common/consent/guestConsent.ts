import type { ConsentRequest, ParticipantConsent, RecordingState } from './models';

/** A recording as a guest knows it. */
interface KnownRecording {
  readonly phase: 'asked' | 'answered';
  readonly request: ConsentRequest;
  readonly startedAt: number;
  readonly consents: readonly ParticipantConsent[];
}

/** The recording that runs, if any, and those of this meeting that are over: nobody is asked about them again. */
export interface GuestConsent {
  readonly current: KnownRecording | null;
  readonly over: readonly string[];
}

export type GuestConsentEvent =
  /** The host asks. Verified before: it is the host, and the request names this meeting and the host's key. */
  | { readonly type: 'requested'; readonly request: ConsentRequest }
  | { readonly type: 'answered'; readonly recordingId: string }
  | {
      readonly type: 'status';
      readonly recordingId: string;
      readonly startedAt: number;
      readonly consents: readonly ParticipantConsent[];
    }
  | { readonly type: 'stopped'; readonly recordingId: string };

export const notRecorded: GuestConsent = { current: null, over: [] };

/**
 * One step of the guest's consent state machine. Returns the same object when the event changes nothing: a request
 * repeated or for a recording that is over, or a word about a recording the guest was not asked about.
 */
export function guestConsentStep(state: GuestConsent, event: GuestConsentEvent): GuestConsent {
  const { current } = state;
  switch (event.type) {
    case 'requested': {
      const { request } = event;
      if (current?.request.recordingId === request.recordingId || state.over.includes(request.recordingId)) {
        return state;
      }
      const over = current ? [...state.over, current.request.recordingId] : state.over;
      return { current: { phase: 'asked', request, startedAt: request.requestedAt, consents: [] }, over };
    }
    case 'answered':
      if (current?.request.recordingId !== event.recordingId || current.phase !== 'asked') return state;
      return { ...state, current: { ...current, phase: 'answered' } };
    case 'status':
      if (current?.request.recordingId !== event.recordingId) return state;
      return { ...state, current: { ...current, startedAt: event.startedAt, consents: event.consents } };
    case 'stopped':
      if (current?.request.recordingId !== event.recordingId) return state;
      return { current: null, over: [...state.over, event.recordingId] };
  }
}

/** What the guest's window shows. */
export function guestRecordingState(state: GuestConsent): RecordingState | null {
  const { current } = state;
  if (!current) return null;
  return {
    request: current.request,
    startedAt: current.startedAt,
    consents: current.consents,
    asked: current.phase === 'asked',
    trouble: null,
  };
}
