import type { RecordingKind } from '../consent/models';
import type { Hold } from '../hold';

/**
 * - `recording`: being written;
 * - `finalizing`: closed, being made seekable;
 * - `ready`: playable;
 * - `recovered`: found unfinished at the start (crash, power cut) and made playable; the host has not yet said keep or delete.
 */
export type RecordingPhase = 'recording' | 'finalizing' | 'ready' | 'recovered';

export interface RecordingSummary {
  readonly id: string;
  readonly meetingId: string;
  readonly title: string;
  readonly purpose: string;
  readonly phase: RecordingPhase;
  readonly startedAt: number;
  /** Length of the recording on the wall clock, in milliseconds. */
  readonly durationMs: number;
  readonly retentionDays: number;
  /** When it is deleted; once only consent clips are left, when these are. */
  readonly deleteAfter: number;
  /** Nothing is left of it but consent clips, kept as proof. */
  readonly onlyClips: boolean;
  /** While set, it is not deleted; a withdrawal is carried out all the same. */
  readonly hold: Hold | null;
  /** Size of all sealed files, in bytes. */
  readonly bytes: number;
  readonly people: readonly RecordedPerson[];
}

/** Somebody who was asked, with what is in the recording of them. */
export interface RecordedPerson {
  readonly participantId: string;
  /** Of the person's installation: the same in every meeting. */
  readonly identityKey: string;
  readonly name: string;
  /** Kinds that were agreed to and are in the recording, also those that were taken back from some moment on. */
  readonly kinds: readonly RecordingKind[];
  readonly withdrawn: readonly RecordingKind[];
  /** Kinds that were taken back from some moment on, and when that was, in milliseconds on the time line. */
  readonly stopped: readonly StoppedKind[];
  /** What is recorded of them may only be stored: nothing of it is in the detail (Art. 18 GDPR). */
  readonly restricted?: true;
  /** The name that is right where another was signed (Art. 16 GDPR). */
  readonly correctedName?: string;
}

export interface StoppedKind {
  readonly kind: RecordingKind;
  readonly atMs: number;
}

/** One stretch of one kind of one person. A camera switched off and on again makes two. */
export interface RecordedTrack {
  readonly id: string;
  readonly participantId: string;
  readonly kind: 'audio' | 'video';
  readonly mimeType: string;
  /** Where it starts on the recording's time line, in milliseconds. */
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  /** `app://` address that serves the decrypted bytes with ranges to this window only. */
  readonly url: string;
}

export interface RecordedChatLine {
  readonly participantId: string;
  readonly name: string;
  readonly text: string;
  readonly offsetMs: number;
}

/** The seconds in which somebody said or showed that they agree. Not part of the time line. */
export interface ConsentClip {
  readonly id: string;
  readonly participantId: string;
  readonly mimeType: string;
  readonly durationMs: number;
  readonly bytes: number;
  readonly url: string;
}

/** A stretch of the time line that was destroyed for everybody, in milliseconds. */
export interface Cut {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RecordingDetail extends RecordingSummary {
  readonly tracks: readonly RecordedTrack[];
  readonly clips: readonly ConsentClip[];
  /** When the clips are deleted. */
  readonly clipsUntil: number;
  /** In order, not overlapping. */
  readonly cuts: readonly Cut[];
  /** When copies were exported, oldest first. */
  readonly exports: readonly number[];
  readonly chat: readonly RecordedChatLine[];
}
