import type { RecordingKind } from '../consent/models';

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
  readonly deleteAfter: number;
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
  /** Kinds that were agreed to and still stand. */
  readonly kinds: readonly RecordingKind[];
  readonly withdrawn: readonly RecordingKind[];
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

export interface RecordingDetail extends RecordingSummary {
  readonly tracks: readonly RecordedTrack[];
  readonly chat: readonly RecordedChatLine[];
}
