import type {
  AnswerOrigin,
  ClipStatus,
  ConsentRequest,
  Decisions,
  ParticipantConsent,
  RecordingKind,
  RecordingState,
} from './models';

/** A recording as a guest knows it. */
interface KnownRecording {
  /** How one's own answer came about; null while the question is open. */
  readonly given: AnswerOrigin | null;
  /** Milliseconds since 1970. */
  readonly answerBy: number;
  readonly beforehand: Decisions | null;
  /** Not asked: oneself has objected with this host. */
  readonly objected: boolean;
  readonly request: ConsentRequest;
  readonly startedAt: number;
  readonly consents: readonly ParticipantConsent[];
  readonly recordable: readonly RecordingKind[];
  readonly clips: readonly ClipStatus[];
}

/** The recording that runs, if any, and those of this meeting that are over: nobody is asked about them again. */
export interface GuestConsent {
  readonly current: KnownRecording | null;
  readonly over: readonly string[];
}

export type GuestConsentEvent =
  /** The host asks. Verified before: it is the host, and the request names this meeting and the host's key. */
  | {
      readonly type: 'requested';
      readonly request: ConsentRequest;
      readonly answerBy: number;
      readonly beforehand: Decisions | null;
    }
  | { readonly type: 'answered'; readonly recordingId: string; readonly given: AnswerOrigin }
  /** The host says that oneself has objected: the question is closed, and so is saying yes later. */
  | { readonly type: 'objected'; readonly recordingId: string }
  | {
      readonly type: 'status';
      readonly recordingId: string;
      readonly startedAt: number;
      readonly consents: readonly ParticipantConsent[];
      readonly recordable: readonly RecordingKind[];
      readonly clips?: readonly ClipStatus[] | undefined;
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
      const { request, answerBy, beforehand } = event;
      if (current?.request.recordingId === request.recordingId || state.over.includes(request.recordingId)) {
        return state;
      }
      const over = current ? [...state.over, current.request.recordingId] : state.over;
      const known = { request, answerBy, beforehand, objected: false, startedAt: request.requestedAt };
      return { current: { ...known, given: null, consents: [], recordable: [], clips: [] }, over };
    }
    case 'answered':
      if (current?.request.recordingId !== event.recordingId) return state;
      return { ...state, current: { ...current, given: event.given } };
    case 'objected':
      if (current?.request.recordingId !== event.recordingId || current.objected) return state;
      return { ...state, current: { ...current, objected: true } };
    case 'status': {
      if (current?.request.recordingId !== event.recordingId) return state;
      const { startedAt, consents, recordable, clips = [] } = event;
      return { ...state, current: { ...current, startedAt, consents, recordable, clips } };
    }
    case 'stopped':
      if (current?.request.recordingId !== event.recordingId) return state;
      return { current: null, over: [...state.over, event.recordingId] };
  }
}

/** What the guest's window shows. */
export function guestRecordingState(state: GuestConsent, selfId: string): RecordingState | null {
  const { current } = state;
  if (!current) return null;
  const { request, startedAt, consents, recordable, clips, given, beforehand, answerBy, objected } = current;
  const asked = given === null && !objected;
  return {
    ...{ request, startedAt, consents, recordable, clips, asked, given },
    objected: objected ? [selfId] : [],
    beforehand: asked ? beforehand : null,
    answerBy: asked ? answerBy : null,
    trouble: null,
  };
}
