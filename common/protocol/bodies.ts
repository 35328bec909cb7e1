import { z } from 'zod';
import {
  consentAnswerSchema,
  consentRequestSchema,
  consentWithdrawalSchema,
  erasureProofSchema,
  kindsSchema,
  clipStatusSchema,
  participantConsentSchema,
} from '../consent/models';
import { limits } from '../meeting/limits';
import { moderationSchema } from '../meeting/moderation';
import {
  chatTextSchema,
  hashSchema,
  idSchema,
  mediaStateSchema,
  nonceSchema,
  noticeFactsSchema,
  noticeVersionSchema,
  publicKeySchema,
  signatureSchema,
  timestampSchema,
} from '../meeting/models';

/** The signalling data of one peer connection, as simple-peer makes it. Its inside is checked by Chromium, its size here. */
export const signalDataSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['offer', 'answer']),
    sdp: z.string().max(limits.signalBytes),
  }),
  z.object({
    type: z.literal('candidate'),
    candidate: z.object({
      candidate: z.string().max(2_000),
      sdpMid: z.string().max(64).nullish(),
      sdpMLineIndex: z.number().int().nonnegative().nullish(),
    }),
  }),
  z.object({ type: z.literal('renegotiate'), renegotiate: z.literal(true) }),
  z.object({
    type: z.literal('transceiverRequest'),
    transceiverRequest: z.object({
      kind: z.enum(['audio', 'video']),
      init: z
        .object({
          direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
        })
        .optional(),
    }),
  }),
]);
export type SignalData = z.infer<typeof signalDataSchema>;

/** Where a meeting is reached: addresses as `host:port`, a relay's room if there is one, the certificate's SHA-256. */
const doorSchema = z.object({
  /** None of a host who hides theirs and can be reached through a relay. */
  addresses: z.array(z.string().max(300)).max(8),
  relay: z.object({ address: z.string().max(300), room: hashSchema }).nullable(),
  fingerprint: hashSchema,
});
export type DoorNotice = z.infer<typeof doorSchema>;

/** How often who hosts has been another. */
const term = z.number().int().positive();

const generation = z.number().int().nonnegative();

/** What participants say to each other. Every body travels in a signed envelope. */
export const bodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('signal'), generation, signal: signalDataSchema }),
  /** The sender's connection to the addressee failed; the initiator answers with a higher generation. */
  z.object({ type: z.literal('reconnect'), generation }),
  z.object({
    type: z.literal('chat'),
    id: idSchema,
    text: chatTextSchema,
    sentAt: timestampSchema,
  }),
  /** Addressed: the short code of one connection is agreed upon, see common/verification/exchange.ts. */
  z.object({ type: z.literal('verifyAsk'), generation }),
  z.object({ type: z.literal('verifyCommit'), generation, commitment: hashSchema }),
  z.object({ type: z.literal('verifyNonce'), generation, nonce: nonceSchema }),
  z.object({ type: z.literal('verifyReveal'), generation, nonce: nonceSchema }),
  z.object({ type: z.literal('mediaState'), media: mediaStateSchema }),
  /**
   * Host to one participant: please switch your microphone off, says the host or the co-host `by`. There is no message
   * that switches one on (R11).
   */
  z.object({ type: z.literal('muteRequest'), by: idSchema }),
  /** Co-host to host, who looks at the role again and carries it out. */
  z.object({ type: z.literal('moderate'), moderation: moderationSchema }),
  /** Host to everyone: nothing of this participant, nor under its key, is to be believed any more. */
  z.object({ type: z.literal('participantRemoved'), participantId: idSchema, identityKey: publicKeySchema }),
  /** Whoever leaves and cannot tell the host, to those it can tell; the host to whom it cannot reach otherwise. */
  z.object({ type: z.literal('leaving') }),
  /** Host to everyone: from now on that co-host hosts. */
  z.object({ type: z.literal('handOver'), term, to: idSchema }),
  /**
   * Co-host to one participant: the meeting is hosted here now. Believed by those whom the host told so, and by those who
   * cannot reach the host. `token` opens the door to the addressee alone.
   */
  z.object({ type: z.literal('takeOver'), term, door: doorSchema, token: hashSchema }),
  /** To a co-host who took over: the host is here, and so are others. */
  z.object({ type: z.literal('stillHost'), term }),
  /** Host to everyone: what they were told before entering is another now, because a setting is. */
  z.object({ type: z.literal('noticeChanged'), notice: noticeFactsSchema, noticeVersion: noticeVersionSchema }),
  /** Participant to host: has read the notice whose facts have this hash (as in `knock`). */
  z.object({ type: z.literal('noticeAcknowledged'), notice: hashSchema }),
  /** Host to everyone. With `objected` it asks nothing: the addressee has objected with this host, and that is a No. */
  z.object({
    type: z.literal('consentRequest'),
    request: consentRequestSchema,
    objected: z.literal(true).optional(),
  }),
  /** Participant to host. `signature` stands by itself (context `consentAnswer`), so that it outlives the meeting. */
  z.object({
    type: z.literal('consentAnswer'),
    answer: consentAnswerSchema,
    signature: signatureSchema,
  }),
  z.object({
    type: z.literal('consentWithdrawal'),
    withdrawal: consentWithdrawalSchema,
    signature: signatureSchema,
  }),
  /** Host to one participant: the answer or withdrawal was taken, with the host's signature over it (context `consentReceipt`). */
  z.object({
    type: z.literal('consentReceipt'),
    recordingId: idSchema,
    answerHash: hashSchema,
    hostKey: publicKeySchema,
    signature: signatureSchema,
  }),
  /** Host to everyone: who is in the recording with what. */
  z.object({
    type: z.literal('recordingStatus'),
    recordingId: idSchema,
    startedAt: timestampSchema,
    consents: z.array(participantConsentSchema).max(limits.participants * 8),
    /** The kinds that are recorded at this moment of those who agreed. */
    recordable: z.union([z.tuple([]), kindsSchema]),
    /** Absent while nobody's consent clip has begun. */
    clips: z
      .array(clipStatusSchema)
      .max(limits.participants * 8)
      .optional(),
  }),
  z.object({ type: z.literal('recordingStopped'), recordingId: idSchema }),
  /**
   * Host to one participant: what this withdrawal names is destroyed. `signature` is the host's over the proof (context
   * `erasureProof`) and stands by itself, so that it can be kept and belongs to no other withdrawal.
   */
  z.object({ type: z.literal('erasureProof'), proof: erasureProofSchema, signature: signatureSchema }),
]);
export type Body = z.infer<typeof bodySchema>;
export type BodyType = Body['type'];

/** Bodies that only the host may send. Enforced by every receiver. */
export const hostOnlyBodies: ReadonlySet<BodyType> = new Set([
  'muteRequest',
  'participantRemoved',
  'handOver',
  'noticeChanged',
  'consentRequest',
  'consentReceipt',
  'recordingStatus',
  'recordingStopped',
  'erasureProof',
] as const);

export const headerSchema = z.object({
  meetingId: idSchema,
  from: idSchema,
  /** Null: everyone. */
  to: idSchema.nullable(),
  /** Strictly increasing per sender and meeting: a repeated or reordered envelope is refused. */
  sequence: z.number().int().positive(),
  body: bodySchema,
});

/**
 * A header and the Ed25519 signature of the sender's identity key over
 * `"konklave/1/envelope\n" + canonical(header)` (RFC 8785).
 */
export const envelopeSchema = z.object({
  header: headerSchema,
  signature: signatureSchema,
});
export type Envelope = z.infer<typeof envelopeSchema>;
