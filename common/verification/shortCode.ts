import { canonical } from '../protocol/canonical';
import { pictures, type Picture } from './pictures';

/** One end of a peer connection, as both ends know it once the descriptions have been exchanged. */
interface ConnectionEnd {
  readonly participantId: string;
  readonly identityKey: string;
  /** Of its DTLS certificate, see `readFingerprint`. */
  readonly fingerprint: string;
}

/** What both people compare about: one connection between two installations. */
export interface CodeSubject {
  readonly meetingId: string;
  readonly generation: number;
  /** The end that makes the offer and commits first. */
  readonly initiator: ConnectionEnd;
  readonly responder: ConnectionEnd;
}

/** What two people read out to each other. 24 bits in pictures, about 20 in digits. */
export interface ShortCode {
  readonly pictures: readonly [Picture, Picture, Picture, Picture];
  /** Six digits. */
  readonly digits: string;
}

/** What the initiator's commitment is the SHA-256 of. The nonce has 32 bytes, so the commitment says nothing of it. */
export function commitmentText(subject: CodeSubject, nonce: string): string {
  return `konklave/1/verifyCommit\n${canonical({ ...subject, nonce })}`;
}

/** What the code is made of the SHA-256 of. */
export function codeText(
  subject: CodeSubject,
  nonces: { readonly initiator: string; readonly responder: string },
): string {
  return `konklave/1/shortCode\n${canonical({ ...subject, nonces })}`;
}

/**
 * The code of a SHA-256: its first 24 bits choose four of 64 pictures, the next 40, as one number modulo a million, are the
 * digits. Together 2^-44 for somebody in between to be lucky, once per connection.
 */
export function renderShortCode(digest: Uint8Array): ShortCode {
  if (digest.length !== 32) throw new RangeError('not a SHA-256');
  const number = (from: number, to: number) => digest.slice(from, to).reduce((sum, byte) => sum * 256 + byte, 0);
  const first = number(0, 3);
  const picture = (shift: number): Picture => pictures[Math.floor(first / 64 ** shift) % 64] as Picture;
  return {
    pictures: [picture(3), picture(2), picture(1), picture(0)],
    digits: String(number(3, 8) % 1_000_000).padStart(6, '0'),
  };
}
