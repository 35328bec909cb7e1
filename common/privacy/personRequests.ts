import { z } from 'zod';
import { limits } from '../meeting/limits';
import {
  contactSchema,
  hashSchema,
  idSchema,
  nameSchema,
  publicKeySchema,
  signatureSchema,
  timestampSchema,
} from '../meeting/models';
import { daySchema } from './deadline';
import { staysBecause, type SignedPersonErasure } from './erasure';
import { personalKinds } from './heldData';

/** What a person may ask for: Art. 15, 20, 16, 17, 18 and 21 GDPR; `other`: anything else about their data. */
export const requestRights = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'restriction',
  'objection',
  'other',
] as const;
export const requestRightSchema = z.enum(requestRights);
export type RequestRight = z.infer<typeof requestRightSchema>;

/** Text with line breaks, typed by a person; may be empty. */
const longText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|[\n\t])*$/u);
/** Short enough for a frame at the door in any script. */
export const requestTextSchema = longText(1_500);
export const answerTextSchema = longText(limits.chatLength);
export const extensionReasonSchema = longText(1_000).refine((text) => text !== '');

/** What one person asks of one host. Signed by the person's key (context `personRequest`). */
export const personRequestSchema = z.strictObject({
  requestId: idSchema,
  /** Of whom it is asked: it is nobody else's to answer. */
  hostKey: publicKeySchema,
  personKey: publicKeySchema,
  personName: nameSchema,
  right: requestRightSchema,
  text: requestTextSchema,
  madeAt: timestampSchema,
});
export type PersonRequest = z.infer<typeof personRequestSchema>;

/** Takes a request back. Signed by the same key (context `personRequestWithdrawal`). */
export const requestWithdrawalSchema = z.strictObject({
  requestId: idSchema,
  hostKey: publicKeySchema,
  withdrawnAt: timestampSchema,
});
export type RequestWithdrawal = z.infer<typeof requestWithdrawalSchema>;

export const requestStates = ['open', 'answered', 'refused', 'withdrawn'] as const;
const requestStateSchema = z.enum(requestStates);
export type RequestState = z.infer<typeof requestStateSchema>;

const count = z.number().int().nonnegative();
/** See `SignedPersonErasure`. */
export const signedPersonErasureSchema: z.ZodType<SignedPersonErasure> = z.strictObject({
  proof: z.strictObject({
    format: z.literal('konklave-person-erasure'),
    version: z.literal(1),
    controllerName: nameSchema,
    controllerContact: contactSchema,
    controllerKey: publicKeySchema,
    personKey: publicKeySchema,
    erasedAt: timestampSchema,
    erased: z.partialRecord(z.enum(personalKinds), count),
    stays: z
      .array(
        z.strictObject({
          kind: z.enum(personalKinds),
          count,
          because: z.enum(staysBecause),
          until: timestampSchema.nullable(),
        }),
      )
      .max(50),
    copies: count,
  }),
  signature: signatureSchema,
});

export const requestRevisionSchema = z.number().int().min(1).max(1_000);

/**
 * How a request stands, in the host's word: that it came and until when it will be answered, that it takes longer, and the
 * answer. Signed by the host's key (context `personRequestStatus`). A later one replaces those before.
 */
export const requestStatusSchema = z.strictObject({
  requestId: idSchema,
  /** SHA-256 of the canonical form of the request: it is about this one and no other. */
  requestHash: hashSchema,
  hostKey: publicKeySchema,
  /** Counts from 1. */
  revision: requestRevisionSchema,
  statedAt: timestampSchema,
  receivedAt: timestampSchema,
  /** The last day for the answer. */
  dueOn: daySchema,
  /** Why it takes up to two months longer (Art. 12 (3)); null: it does not. */
  extension: extensionReasonSchema.nullable(),
  state: requestStateSchema,
  answer: answerTextSchema,
  /** What was erased because of it. */
  erasure: signedPersonErasureSchema.nullable(),
});
export type RequestStatus = z.infer<typeof requestStatusSchema>;

export const signedRequestSchema = z.strictObject({ request: personRequestSchema, signature: signatureSchema });
export type SignedRequest = z.infer<typeof signedRequestSchema>;
export const signedRequestWithdrawalSchema = z.strictObject({
  withdrawal: requestWithdrawalSchema,
  signature: signatureSchema,
});
export type SignedRequestWithdrawal = z.infer<typeof signedRequestWithdrawalSchema>;
export const signedRequestStatusSchema = z.strictObject({ status: requestStatusSchema, signature: signatureSchema });
export type SignedRequestStatus = z.infer<typeof signedRequestStatusSchema>;

/** How many requests of one person may wait for an answer, and how many of all whom this installation has never met. */
export const maxOpenRequests = 5;
export const maxOpenOfStrangers = 50;
