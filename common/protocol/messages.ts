import { z } from 'zod';
import {
  hashSchema,
  idSchema,
  inviteSchema,
  knockSchema,
  languageSchema,
  nameSchema,
  nonceSchema,
  noticeFactsSchema,
  noticeVersionSchema,
  participantSchema,
  passcodeSchema,
  publicKeySchema,
  signatureSchema,
  timestampSchema,
  titleSchema,
} from '../meeting/models';
import { consentWithdrawalSchema, erasureProofSchema } from '../consent/models';
import { recordingPlanSchema } from '../consent/plan';
import { turnCredentialsSchema } from '../meeting/iceServers';
import { limits } from '../meeting/limits';
import { registrationAnswersSchema } from '../meeting/registration';
import {
  requestRevisionSchema,
  signedRequestSchema,
  signedRequestStatusSchema,
  signedRequestWithdrawalSchema,
} from '../privacy/personRequests';
import { envelopeSchema } from './bodies';

/** Raised when an older client could no longer take part. */
export const protocolVersion = 3;

/** The invite's secret: 5 bytes as 8 Crockford base32 characters. */
export const secretSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/);
/** 32 random bytes as base64url: opens the door to one participant who was admitted before, and to nobody else. */
export const returnTokenSchema = nonceSchema;
/**
 * Nine digits, the first not 0: names a meeting where the ID is too long to be typed. The host maps it to the ID; like
 * the ID it names and does not protect.
 */
const meetingNumberSchema = z.string().regex(/^[1-9][0-9]{8}$/);

/**
 * Read before anything else of a connection's first frame, whatever the version: so that a newer or older client
 * gets a clear answer and not a parse error.
 */
export const helloVersionSchema = z.object({
  type: z.literal('hello'),
  version: z.number().int().positive(),
});

/** What a guest sends to the host, one JSON text frame each. */
export const guestMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.number().int().positive(),
    /** The ID, from a link, or the number, typed by hand. */
    meeting: z.union([idSchema, meetingNumberSchema]),
    /** The invite's secret, or the token of somebody who was admitted and comes back. */
    secret: z.union([secretSchema, returnTokenSchema]),
  }),
  z.object({
    type: z.literal('knock'),
    name: nameSchema,
    identityKey: publicKeySchema,
    language: languageSchema,
    /** What the person typed, when the welcome says that one is needed. Not signed: it concerns this connection only. */
    passcode: z.string().max(limits.passcodeLength.max).nullable(),
    /** For the host alone: what the welcome's notice asks for. Empty when it asks for nothing. */
    registration: registrationAnswersSchema,
    /** SHA-256 of the canonical form of the notice's facts that this person has read: another than the present one is refused. */
    notice: hashSchema,
    /** Over `"konklave/1/knock\n" + canonical({meetingId, nonce, certificate, name, identityKey, registration, notice})`. */
    signature: signatureSchema,
  }),
  /** In place of a knock, by whoever came with a token: back to the same place, without asking anybody. */
  z.object({
    type: z.literal('resume'),
    participantId: idSchema,
    identityKey: publicKeySchema,
    /** The process is another one: what is counted in a process begins anew. */
    fresh: z.boolean(),
    /** Over `"konklave/1/resume\n" + canonical({meetingId, nonce, certificate, participantId, identityKey, fresh})`. */
    signature: signatureSchema,
  }),
  /** Takes a yes back; from a good hello on, so that nobody has to be admitted for it. */
  z.object({ type: z.literal('withdrawal'), withdrawal: consentWithdrawalSchema, signature: signatureSchema }),
  /** About the person's own data: from a good hello on, too, and in the meeting. */
  signedRequestSchema.extend({ type: z.literal('personRequest') }),
  signedRequestWithdrawalSchema.extend({ type: z.literal('personRequestWithdrawal') }),
  /** This status has arrived. */
  z.object({ type: z.literal('personRequestTold'), requestId: idSchema, revision: requestRevisionSchema }),
  z.object({ type: z.literal('envelope'), envelope: envelopeSchema }),
  z.object({ type: z.literal('leave') }),
]);
export type GuestMessage = z.infer<typeof guestMessageSchema>;

const refusalSchema = z.enum([
  'code-wrong',
  'meeting-unknown',
  'expired',
  /** The host speaks a newer version than the guest. */
  'version-newer',
  /** The host speaks an older version than the guest. */
  'version-older',
  'too-many-attempts',
  'locked',
  'full',
  'denied',
  /** What the host asks for at the door is missing from the knock. */
  'registration-incomplete',
  /** Whoever comes back was away for longer than its place is kept. */
  'place-gone',
  'protocol',
]);
export type Refusal = z.infer<typeof refusalSchema>;

const passcodeRefusalSchema = z.enum([
  'needed',
  'wrong',
  /** Too many wrong ones: none is looked at for a while. */
  'blocked',
]);
export type PasscodeRefusal = z.infer<typeof passcodeRefusalSchema>;

/**
 * Read before anything else of the host's first frame, whatever the version, for the same reason as
 * `helloVersionSchema`. Every version's `welcome` and `refused` keep these two members.
 */
export const hostVersionSchema = z.object({
  type: z.enum(['welcome', 'refused']),
  version: z.number().int().positive(),
});

/** What the host sends to a guest. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    version: z.number().int().positive(),
    meetingId: idSchema,
    nonce: nonceSchema,
    hostName: nameSchema,
    hostKey: publicKeySchema,
    notice: noticeFactsSchema,
    noticeVersion: noticeVersionSchema,
    /** The recording the host means to ask for, if any. */
    plan: recordingPlanSchema.nullable(),
    /** A passcode must be known to knock. */
    passcodeNeeded: z.boolean(),
    expiresAt: timestampSchema,
    /** Over `"konklave/1/welcome\n" + canonical(…)` of the members from `meetingId` to `expiresAt` and `certificate`. */
    signature: signatureSchema,
  }),
  /** `version`: what the host speaks, for version-newer and version-older. */
  z.object({
    type: z.literal('refused'),
    reason: refusalSchema,
    version: z.number().int().positive(),
  }),
  /** The answer to a withdrawal that was carried out; one that was refused is not answered. */
  z.object({ type: z.literal('erasureProof'), proof: erasureProofSchema, signature: signatureSchema }),
  /** How a request about this person's data stands: at the door that it came; to its person, once the key is proven, all. */
  signedRequestStatusSchema.extend({ type: z.literal('personRequestStatus') }),
  z.object({ type: z.literal('waiting') }),
  /** The knock does not count; the guest may knock again on this connection. */
  z.object({ type: z.literal('passcodeRefused'), reason: passcodeRefusalSchema }),
  /**
   * At the door: the notice is another now. A knock that was made does not count; the guest may knock again on this
   * connection once it has been read.
   */
  z.object({
    type: z.literal('notice'),
    notice: noticeFactsSchema,
    noticeVersion: noticeVersionSchema,
    /** Over `"konklave/1/notice\n" + canonical({meetingId, nonce, certificate, notice, noticeVersion})`. */
    signature: signatureSchema,
  }),
  z.object({
    type: z.literal('admitted'),
    selfId: idSchema,
    title: titleSchema,
    startedAt: timestampSchema,
    /** With it this participant comes back after its connection was lost. */
    token: returnTokenSchema,
    /** The highest sequence number seen of this participant: what it has said since was lost and is said again. */
    seen: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal('roster'),
    revision: z.number().int().nonnegative(),
    locked: z.boolean(),
    participants: z.array(participantSchema).max(limits.participants),
  }),
  z.object({ type: z.literal('envelope'), envelope: envelopeSchema }),
  /** To co-hosts only, whole each time: what they need to answer the door. */
  z.object({
    type: z.literal('lobby'),
    knocks: z.array(knockSchema).max(limits.knocks),
    invite: inviteSchema,
    passcode: passcodeSchema.nullable(),
    /** Who is not to come back, for the case that this co-host becomes host. */
    removedKeys: z.array(publicKeySchema).max(limits.removed),
  }),
  /** For this participant alone, after `admitted` and anew before they end: with them the servers of the welcome let it in. */
  turnCredentialsSchema.extend({ type: z.literal('turnCredentials') }),
  z.object({ type: z.literal('removed') }),
  z.object({ type: z.literal('ended') }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;
