import { z } from 'zod';
import type { Hold } from '../hold';
import type { Standing } from '../verification/standing';
import { iceServersSchema } from './iceServers';
import { limits } from './limits';
import { personText } from './personText';
import type { Statement } from '../privacy/personStanding';
import { registrationNoticeSchema } from './registration';

/** 16 random bytes as base64url without padding: meetings, participants, recordings, tracks, messages. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** An Ed25519 public key (32 bytes) as base64url without padding. */
export const publicKeySchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** A SHA-256 (32 bytes) as base64url without padding. */
export const hashSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** An Ed25519 signature (64 bytes) as base64url without padding. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
/** 32 random bytes as base64url without padding. */
export const nonceSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/**
 * Milliseconds since 1970, UTC; not after the year 9999. Whoever sends a time that no date can be would leave screens and
 * documents that show it, and periods that count from it, without one.
 */
export const timestampSchema = z
  .number()
  .int()
  .nonnegative()
  .max(Date.UTC(9999, 11, 31));

export const nameSchema = personText(limits.nameLength);
export const titleSchema = personText(limits.titleLength);
/** What guests must know besides the link; case and spaces do not count. */
export const passcodeSchema = personText(limits.passcodeLength.max).refine(
  (text) => text.replace(/\s/gu, '').length >= limits.passcodeLength.min,
);
export const purposeSchema = personText(limits.purposeLength);
export const contactSchema = z
  .string()
  .trim()
  .max(limits.contactLength)
  .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u);
/** A chat message: line breaks and tabs are allowed. */
export const chatTextSchema = z
  .string()
  .trim()
  .min(1)
  .max(limits.chatLength)
  .regex(/^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|[\n\t])*$/u);
export const languageSchema = z.enum(['de', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** A co-host helps the host at the door and with order; what a meeting records stays the host's. */
const roleSchema = z.enum(['host', 'co-host', 'guest']);
export type Role = z.infer<typeof roleSchema>;

export const mediaStateSchema = z.object({
  microphone: z.boolean(),
  camera: z.boolean(),
});
export type MediaState = z.infer<typeof mediaStateSchema>;

export const participantSchema = z.object({
  id: idSchema,
  name: nameSchema,
  identityKey: publicKeySchema,
  role: roleSchema,
  joinedAt: timestampSchema,
  media: mediaStateSchema,
  /** `away`: its connection to the host was lost a moment ago; its place is kept for a while. */
  presence: z.enum(['here', 'away']),
  /** How often it has come back with a new process: what is counted from 0 in a process begins anew. */
  returns: z.number().int().nonnegative(),
});
/** Somebody who was admitted to the meeting; `id` is valid for this meeting only, `identityKey` names the installation. */
export type Participant = z.infer<typeof participantSchema>;

/** What the host's privacy notice is made of. The text is rendered in the guest's language, so it cannot drift from the facts. */
export const noticeFactsSchema = z.object({
  controllerName: nameSchema,
  controllerContact: contactSchema,
  /** The data protection officer; empty: nobody is named. */
  officerContact: contactSchema,
  chatRetentionDays: z.number().int().positive(),
  recordingRetentionDays: z.number().int().positive(),
  /** The relay through which people may come, as `name:port`; null: nobody comes through any. */
  relay: z.string().max(300).nullable(),
  /** The team's own STUN and TURN servers, in the form of `formatIceServer`: a guest's app asks no others. */
  iceServers: iceServersSchema,
  /** Whether people who work for the controller take part: then a yes to a recording needs more care (§ 26 (2) BDSG). */
  employees: z.boolean(),
  /** What whoever knocks is asked for; null: nothing but a name. */
  registration: registrationNoticeSchema.nullable(),
});
export type NoticeFacts = z.infer<typeof noticeFactsSchema>;

/** Which version of the host's notice these facts are: the host counts them, and knows since when it has told them. */
export const noticeVersionSchema = z.object({ number: z.number().int().positive(), since: timestampSchema });
export type NoticeVersion = z.infer<typeof noticeVersionSchema>;

/** What the host hands out. `code` is for typing by hand and carries a shortened certificate pin and the secret. */
export const inviteSchema = z.object({
  link: z.string().max(4_000),
  /** For reading out and typing: nine digits as `123-456-789`, not the 22 characters of `MeetingState.meetingId`. */
  meetingId: z.string().max(20),
  code: z.string().max(100),
  /** `host:port`, the first is the one to read out. */
  addresses: z.array(z.string().max(300)).max(32),
  /** The relay's `host:port`, for somebody in another network; null while nobody can come through one by code. */
  relayAddress: z.string().max(300).nullable(),
  expiresAt: timestampSchema,
});

/** Somebody at the door, as the host tells it to co-hosts. */
export const knockSchema = z.object({
  knockId: idSchema,
  name: nameSchema,
  identityKey: publicKeySchema,
  at: timestampSchema,
});

/** Somebody at the door, and how they stand with this installation. */
export interface Knock extends z.infer<typeof knockSchema>, Standing {}

export interface ChatMessage {
  readonly id: string;
  readonly meetingId: string;
  /** Null when the sender's participant entry is not known any more (an earlier meeting). */
  readonly senderId: string | null;
  readonly senderName: string;
  readonly senderKey: string;
  readonly mine: boolean;
  /** Empty where it may not be shown. */
  readonly text: string;
  readonly sentAt: number;
  /** What this person wrote may only be stored for now (Art. 18 GDPR). */
  readonly restricted?: true;
  /** The name that is right where another stands (Art. 16 GDPR). */
  readonly correctedName?: string;
  /** What the person had added to this line, oldest first. */
  readonly statements?: readonly Statement[];
}

export interface MeetingSummary {
  readonly meetingId: string;
  readonly title: string;
  readonly role: Role;
  readonly hostName: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly participantNames: readonly string[];
  readonly messageCount: number;
  /** When it goes by itself, with its chat; in milliseconds since 1970. */
  readonly deleteAfter: number;
  /** While set, it does not go. */
  readonly hold: Hold | null;
}

export interface ChatHit {
  readonly message: ChatMessage;
  readonly meetingTitle: string;
}
