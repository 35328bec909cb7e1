import { z } from 'zod';
import {
  contactSchema,
  hashSchema,
  idSchema,
  languageSchema,
  nameSchema,
  publicKeySchema,
  purposeSchema,
  timestampSchema,
} from '../meeting/models';
import { limits } from '../meeting/limits';

/**
 * What may be kept of a person: each is asked for on its own, in this order. `clip`: a few seconds in which somebody says
 * or shows that they agree, kept as proof. This program asks for what it can record (`offeredKinds`); it understands all.
 */
export const kindSchema = z.enum(['audio', 'video', 'screen', 'chat', 'summary', 'clip']);
export type RecordingKind = z.infer<typeof kindSchema>;
export const recordingKinds = kindSchema.options;
export const offeredKinds = ['audio', 'video', 'chat'] as const satisfies readonly RecordingKind[];
/** The kinds that arrive as media from the renderer; chat lines are written by main. */
export const mediaKindSchema = z.enum(['audio', 'video', 'screen', 'clip']);
export type MediaKind = z.infer<typeof mediaKindSchema>;

/** Kinds without repetition, in the fixed order: so that the same kinds are the same document. */
export const kindsSchema = z
  .array(kindSchema)
  .min(1)
  .refine((kinds) => kinds.join() === recordingKinds.filter((kind) => kinds.includes(kind)).join());

export const retentionDaysSchema = z.number().int().min(limits.retentionDays.min).max(limits.retentionDays.max);

/** A yes or a no to each kind that was asked for; a kind that is not in it was not asked for. */
export const decisionsSchema = z.partialRecord(kindSchema, z.boolean());
export type Decisions = z.infer<typeof decisionsSchema>;

/** No to each of these kinds. */
export function refusalOf(kinds: readonly RecordingKind[]): Decisions {
  return Object.fromEntries(kinds.map((kind) => [kind, false]));
}

/**
 * - `those-who-agree`: whoever says yes is recorded, whoever does not is not;
 * - `everybody`: a kind is recorded only while everybody in the meeting has said yes to it.
 */
export const policySchema = z.enum(['those-who-agree', 'everybody']);
export type ConsentPolicy = z.infer<typeof policySchema>;

/** Names a text of the template library (purposeTemplates.ts) and pins it by the SHA-256 of its canonical form. */
const purposeTemplateSchema = z.object({
  id: z.string().regex(/^[a-z-]{1,40}$/),
  version: z.number().int().positive(),
  hash: hashSchema,
});

/** What exactly is asked for. When any of it is another, everybody is asked anew. */
export const consentTermsSchema = z
  .object({
    kinds: kindsSchema,
    policy: policySchema,
    /** Null when the host wrote the purpose themself. */
    template: purposeTemplateSchema.nullable(),
    /** No answer after this time counts as No. */
    answerSeconds: z.number().int().min(limits.answerSeconds.min).max(limits.answerSeconds.max),
    /** How long the consent clips are kept; null exactly when `clip` is not asked for. */
    clipRetentionDays: retentionDaysSchema.nullable(),
    /** Whether the sound of all others pauses while somebody speaks who has not agreed to their sound. */
    pauseForDecliners: z.boolean(),
  })
  .refine(({ kinds, clipRetentionDays }) => kinds.includes('clip') === (clipRetentionDays !== null));
export type ConsentTerms = z.infer<typeof consentTermsSchema>;

/** The facts a person is asked to agree to. Signed by the host; the notice text is rendered from exactly these. */
export const consentRequestSchema = z.object({
  recordingId: idSchema,
  meetingId: idSchema,
  controllerName: nameSchema,
  controllerContact: contactSchema,
  controllerKey: publicKeySchema,
  purpose: purposeSchema,
  retentionDays: retentionDaysSchema,
  requestedAt: timestampSchema,
  /** Absent in requests from before there were terms; see `termsOf`. */
  terms: consentTermsSchema.optional(),
});
export type ConsentRequest = z.infer<typeof consentRequestSchema>;

/** What a request asks for. One from before there were terms asked for sound, picture and chat, without a time limit. */
export function termsOf(request: Pick<ConsentRequest, 'terms'>): ConsentTerms {
  return (
    request.terms ?? {
      kinds: ['audio', 'video', 'chat'],
      policy: 'those-who-agree',
      template: null,
      answerSeconds: limits.answerSeconds.max,
      clipRetentionDays: null,
      pauseForDecliners: false,
    }
  );
}

/**
 * How an answer came about:
 * - `asked`: the person answered when asked;
 * - `later`: the person agreed to more, of their own accord, after having answered;
 * - `beforehand`: the person confirmed what they had chosen before the meeting;
 * - `same-terms`: the person had answered exactly this in this meeting, and was not asked again;
 * - `own-setting`: a No, because the person has set that they are never recorded;
 * - `time-ran-out`, `left`, `stopped`: no answer in time, before leaving, before the recording ended: that is a No;
 * - `none`: the same, told by the host alone: the person's program never said anything.
 */
const givenSchema = z.enum([
  ...['asked', 'later', 'beforehand', 'same-terms', 'own-setting'],
  ...['time-ran-out', 'left', 'stopped', 'none'],
] as const);
export type AnswerOrigin = z.infer<typeof givenSchema>;

/** A person's answer: signed by that person's identity key. No yes in it is a refusal. */
export const consentAnswerSchema = z.object({
  recordingId: idSchema,
  participantId: idSchema,
  participantName: nameSchema,
  /** SHA-256 of the canonical form (RFC 8785) of the ConsentRequest that was answered. */
  requestHash: hashSchema,
  /** SHA-256 of the UTF-8 notice text as shown, and which text it was. */
  noticeHash: hashSchema,
  noticeVersion: z.number().int().positive(),
  noticeLanguage: languageSchema,
  decisions: decisionsSchema,
  /** Absent in answers from before it was noted; those were `asked`. */
  given: givenSchema.optional(),
  answeredAt: timestampSchema,
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

/** - `everything`: what was recorded of these kinds is destroyed; - `future`: it stays, and nothing is added. */
export const withdrawalScopeSchema = z.enum(['everything', 'future']);
export type WithdrawalScope = z.infer<typeof withdrawalScopeSchema>;

/** Takes back a yes, for the kinds named. */
export const consentWithdrawalSchema = z.object({
  recordingId: idSchema,
  participantId: idSchema,
  kinds: z.array(kindSchema).min(1).max(recordingKinds.length),
  /** Absent in withdrawals from before there was a choice; those meant `everything`. */
  scope: withdrawalScopeSchema.optional(),
  withdrawnAt: timestampSchema,
});
export type ConsentWithdrawal = z.infer<typeof consentWithdrawalSchema>;

/**
 * What the host did about a withdrawal, signed by the host (context `erasureProof`). Signed only when no key of what it
 * names is left.
 */
export const erasureProofSchema = z.object({
  recordingId: idSchema,
  participantId: idSchema,
  /** SHA-256 of the canonical form of the withdrawal: it proves this one and no other. */
  withdrawalHash: hashSchema,
  kinds: kindsSchema,
  scope: withdrawalScopeSchema,
  erasedAt: timestampSchema,
  /** Files of this person whose keys were destroyed, now or before; 0 when nothing had been recorded. */
  tracks: z.number().int().nonnegative(),
  /** Chat lines of this person that were deleted from the host's history of the meeting. */
  chatLines: z.number().int().nonnegative(),
  /** When copies were exported while this person was in them: the program cannot reach those. */
  exports: z.array(timestampSchema).max(1_000),
});
export type ErasureProof = z.infer<typeof erasureProofSchema>;

/**
 * How one kind of one person stands. `withdrawn`: taken back, what there was is destroyed; `stopped`: taken back from
 * then on.
 */
const consentStatusSchema = z.enum(['pending', 'yes', 'no', 'stopped', 'withdrawn']);
export type ConsentStatus = z.infer<typeof consentStatusSchema>;

const status = consentStatusSchema.optional();
/** Of each kind that was asked for; a kind that is not in it was not. */
export const participantConsentSchema = z.object({
  participantId: idSchema,
  audio: status,
  video: status,
  screen: status,
  chat: status,
  summary: status,
  clip: status,
});
export type ParticipantConsent = z.infer<typeof participantConsentSchema>;

/**
 * How far somebody's consent clip is, as the host's main process knows it: `recording` from the moment its file is open,
 * `failed` when the disk refused the rest.
 */
const clipPhaseSchema = z.enum(['recording', 'made', 'failed']);
export type ClipPhase = z.infer<typeof clipPhaseSchema>;
export const clipStatusSchema = z.object({ participantId: idSchema, phase: clipPhaseSchema });
export type ClipStatus = z.infer<typeof clipStatusSchema>;

/** What everybody in the meeting sees of a running recording. Null when nothing is being recorded. */
export interface RecordingState {
  readonly request: ConsentRequest;
  readonly startedAt: number;
  readonly consents: readonly ParticipantConsent[];
  /** The kinds that are recorded of those who agreed to them; one that is missing waits until everybody agrees. */
  readonly recordable: readonly RecordingKind[];
  /** Of those whose consent clip has begun. */
  readonly clips: readonly ClipStatus[];
  /**
   * Who has objected to being recorded and is not asked (Art. 21 GDPR). The host knows of everybody, a guest of themself
   * only; to the others that is a No like any other.
   */
  readonly objected: readonly string[];
  /**
   * True while this installation's own answer is outstanding: the consent dialog is shown. The host answers for
   * themself when starting, so it is never true there.
   */
  readonly asked: boolean;
  /** How one's own answer came about; null while it is outstanding. */
  readonly given: AnswerOrigin | null;
  /** What one had chosen before the meeting, to be confirmed; null when there is nothing to confirm. */
  readonly beforehand: Decisions | null;
  /** When the time for answering runs out, in milliseconds since 1970; null once there is an answer. */
  readonly answerBy: number | null;
  /**
   * Host only: something is wrong with the disk; the recording goes on where it can. Null again once it is well.
   * `disk-gone`: the vault's folder is not there; `too-slow`: sound is kept, pictures pause.
   */
  readonly trouble: 'disk-full' | 'disk-gone' | 'write-failed' | 'too-slow' | null;
}
