import type {
  ConsentPolicy,
  ConsentRequest,
  Decisions,
  RecordingKind,
  RecordingState,
} from '../../common/consent/models';
import type { Language, Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';

export interface StartInput {
  /** As the host wrote it; the library's text counts instead when `templateId` names one. */
  readonly purpose: string;
  readonly templateId: string | null;
  readonly retentionDays: number;
  readonly kinds: readonly RecordingKind[];
  readonly policy: ConsentPolicy;
  readonly answerSeconds: number;
  readonly clipRetentionDays: number | null;
  readonly pauseForDecliners: boolean;
  /** What the host agrees to have recorded of themself, and the language in which they read the text. */
  readonly own: Decisions;
  readonly language: Language;
}

export interface AnswerInput {
  readonly recordingId: string;
  readonly decisions: Decisions;
  readonly language: Language;
}

/** The host's or a guest's part in the consents of one meeting. */
export interface ConsentSide {
  state(): RecordingState | null;
  handleBody(from: Participant, body: Body): void;
  handleJoined(participant: Participant): void;
  handleLeft(participant: Participant): void;
  start(input: StartInput): void;
  stop(): void;
  answer(input: AnswerInput): void;
}

/** The recording that runs, on the host's side. */
export interface RunningRecording {
  readonly request: ConsentRequest;
  /** Everybody in the meeting now, oneself included. */
  participants(): readonly Participant[];
}

/** What consent decides about what is written. Implemented by TrackSinks and by the finalizer behind it. */
export interface RecordedMedia {
  /** Ends what is open of these kinds of this person, or of everybody (null); what was written stays. */
  close(recordingId: string, participantId: string | null, kinds: readonly RecordingKind[]): void;
  /** Destroys these kinds of this person: when it returns the keys are gone and nothing more is written. */
  erase(recordingId: string, participantId: string, kinds: readonly RecordingKind[]): void;
  /** The person left: what the window still sends of them is taken for a moment, then their tracks are closed. */
  endParticipant(recordingId: string, participantId: string): void;
  /** The recording stopped: the same for everybody, then it is finalized. */
  endRecording(recordingId: string, endedAt: number): void;
}
