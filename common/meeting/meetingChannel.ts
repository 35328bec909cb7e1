import type { Body, Envelope } from '../protocol/bodies';
import type { ConsentRequest, Decisions } from '../consent/models';
import type { Participant, Role } from './models';

/**
 * What a feature (recording, chat) needs of the meeting it runs in, on the host's side and on a guest's alike.
 * Implemented by main/sessions, used by main/recording; neither knows the other.
 */
export interface MeetingChannel {
  readonly meetingId: string;
  readonly title: string;
  readonly startedAt: number;
  readonly role: Role;
  readonly selfId: string;
  readonly hostId: string;
  participants(): readonly Participant[];
  /** What this person chose before the meeting about exactly this request; null when they chose nothing. */
  chosenBeforehand(request: ConsentRequest): Decisions | null;
  /**
   * Signs a body and sends it to one participant, or to everyone (null). Does not deliver to oneself. Sending to
   * somebody who has just left is not an error.
   */
  send(to: string | null, body: Body): void;
  /** Envelopes whose signature, sequence, sender and addressee have been checked, and whose sender may send them. */
  onBody(handler: (from: Participant, body: Body, envelope: Envelope) => void): () => void;
  onParticipantJoined(handler: (participant: Participant) => void): () => void;
  onParticipantLeft(handler: (participant: Participant) => void): () => void;
}

/** Tells features that a meeting began and that it is over. */
export interface MeetingFeature {
  handleMeetingStarted(channel: MeetingChannel): void;
  /** Called once, before the connection goes away: a host's recording sends its last words here. */
  handleMeetingEnded(): void;
}

/** Signs and verifies with Ed25519 (RFC 8032) over `"konklave/1/<context>\n" + canonical(value)` (RFC 8785). */
export interface Signer {
  readonly publicKey: string;
  sign(context: string, value: unknown): string;
}
export type VerifySignature = (publicKey: string, context: string, value: unknown, signature: string) => boolean;
