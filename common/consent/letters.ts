import { z } from 'zod';
import { idSchema, publicKeySchema, signatureSchema } from '../meeting/models';
import {
  signedRequestSchema,
  signedRequestStatusSchema,
  signedRequestWithdrawalSchema,
  type RequestRight,
  type RequestState,
} from '../privacy/personRequests';
import { consentWithdrawalSchema, erasureProofSchema, recordingKinds, type ErasureProof } from './models';

/** The format of letters this program writes. Raised with every change of `letterSchema`. */
export const letterVersion = 1;

/** By this a letter is told from every other JSON. */
export const letterFormat = 'konklave-letter';

/** In bytes of a file and characters of a text: the largest letter there can be, and a long conversation around it. */
export const maxLetterSize = 512 * 1024;

/** One installation may have answered several times in one recording, and taken each back in parts. */
const maxWithdrawals = 4 * recordingKinds.length;

const head = {
  format: z.literal(letterFormat),
  version: z.literal(letterVersion),
  recordingId: idSchema,
  /** The identity key of the person who takes back. */
  personKey: publicKeySchema,
};

const withdrawalLetterSchema = z.strictObject({
  ...head,
  type: z.literal('withdrawal'),
  withdrawals: z
    .array(
      z.strictObject({
        withdrawal: consentWithdrawalSchema.strict(),
        /** By the person's key over the withdrawal (context `consentWithdrawal`). */
        signature: signatureSchema,
      }),
    )
    .min(1)
    .max(maxWithdrawals),
});
export type WithdrawalLetter = z.infer<typeof withdrawalLetterSchema>;

const proofLetterSchema = z.strictObject({
  ...head,
  type: z.literal('erasure-proof'),
  /** The identity key of whoever recorded. */
  hostKey: publicKeySchema,
  erasures: z
    .array(
      z.strictObject({
        withdrawal: consentWithdrawalSchema.strict(),
        /** By the person's key over the withdrawal (context `consentWithdrawal`). */
        withdrawalSignature: signatureSchema,
        proof: erasureProofSchema.strict(),
        /** By the host's key over the proof (context `erasureProof`). */
        signature: signatureSchema,
      }),
    )
    .min(1)
    .max(maxWithdrawals),
});
export type ProofLetter = z.infer<typeof proofLetterSchema>;

const requestHead = {
  format: z.literal(letterFormat),
  version: z.literal(letterVersion),
};

/** A request about somebody's own data, on its way to who is to answer it. */
const requestLetterSchema = z.strictObject({
  ...requestHead,
  type: z.literal('data-request'),
  request: signedRequestSchema,
  /** That it was taken back. */
  withdrawal: signedRequestWithdrawalSchema.nullable(),
});
export type RequestLetter = z.infer<typeof requestLetterSchema>;

/** How such a request stands, on its way back: with the request, so that it verifies by itself. */
const answerLetterSchema = z.strictObject({
  ...requestHead,
  type: z.literal('data-answer'),
  request: signedRequestSchema,
  status: signedRequestStatusSchema,
});
export type AnswerLetter = z.infer<typeof answerLetterSchema>;

/** What two people who do not meet hand to each other as a file or by e-mail. Everything in it that matters is signed. */
export const letterSchema = z.discriminatedUnion('type', [
  withdrawalLetterSchema,
  proofLetterSchema,
  requestLetterSchema,
  answerLetterSchema,
]);
export type Letter = z.infer<typeof letterSchema>;

interface ReadLetter {
  readonly recordingId: string;
  readonly participantId: string;
  /** Null when neither the recording nor the meeting is remembered any more. */
  readonly meetingTitle: string | null;
  /** When the recording was asked for, in milliseconds since 1970. */
  readonly askedAt: number;
  readonly proofs: readonly ErasureProof[];
  /** Whether all of it had been done before: then nothing changed. */
  readonly repeated: boolean;
}

/** What came of a letter about a request. */
export type RequestLetterOutcome = {
  readonly requestId: string;
  readonly right: RequestRight;
  readonly state: RequestState;
  /** The last day for the answer. */
  readonly dueOn: string;
  readonly repeated: boolean;
} & (
  | {
      /** At the host: it stands in the log of requests. */ readonly type: 'request-taken';
      readonly personName: string;
    }
  | { /** At the person's: the host's word has been kept. */ readonly type: 'request-told'; readonly hostName: string }
);

/** Takes in letters about requests. Throws `letter/not-for-here`, `letter/forged`, having changed nothing. */
export interface RequestLetterPort {
  take(letter: RequestLetter | AnswerLetter): RequestLetterOutcome;
}

/** What came of a letter that was read in. A letter that is refused is an error (`letter/…`). */
export type AnyLetterOutcome = LetterOutcome | RequestLetterOutcome;

/** Of one about a recording. */
export type LetterOutcome =
  /** At the host: somebody has taken back, and what they named is destroyed (or stopped). */
  | ({ readonly type: 'carried-out'; readonly personName: string } & ReadLetter)
  /** At the person's: the host's signed word has been kept. */
  | ({ readonly type: 'confirmed'; readonly controllerName: string } & ReadLetter);

/** At the host: somebody took something back after the recording had ended. */
export interface WithdrawalNews {
  readonly recordingId: string;
  readonly participantId: string;
  readonly personName: string;
  readonly meetingTitle: string | null;
  readonly proof: ErasureProof;
}
