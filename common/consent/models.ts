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

/** What may be recorded of a person: each is asked for on its own. */
export const kindSchema = z.enum(['audio', 'video', 'chat']);
export type RecordingKind = z.infer<typeof kindSchema>;
export const recordingKinds = kindSchema.options;
/** The kinds that arrive as media from the renderer; chat lines are written by main. */
export const mediaKindSchema = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof mediaKindSchema>;

export const retentionDaysSchema = z.number().int().min(limits.retentionDays.min).max(limits.retentionDays.max);

export const decisionsSchema = z.object({
  audio: z.boolean(),
  video: z.boolean(),
  chat: z.boolean(),
});
export type Decisions = z.infer<typeof decisionsSchema>;
export const nothing: Decisions = { audio: false, video: false, chat: false };

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
});
export type ConsentRequest = z.infer<typeof consentRequestSchema>;

/** A person's answer: signed by that person's identity key. All false is a refusal. */
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
  answeredAt: timestampSchema,
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

/** Takes back a yes, for the kinds named: what was recorded of them so far is destroyed. */
export const consentWithdrawalSchema = z.object({
  recordingId: idSchema,
  participantId: idSchema,
  kinds: z.array(kindSchema).min(1).max(3),
  withdrawnAt: timestampSchema,
});
export type ConsentWithdrawal = z.infer<typeof consentWithdrawalSchema>;

/** How one kind of one person stands. */
const consentStatusSchema = z.enum(['pending', 'yes', 'no', 'withdrawn']);
export type ConsentStatus = z.infer<typeof consentStatusSchema>;

export const participantConsentSchema = z.object({
  participantId: idSchema,
  audio: consentStatusSchema,
  video: consentStatusSchema,
  chat: consentStatusSchema,
});
export type ParticipantConsent = z.infer<typeof participantConsentSchema>;

/** What everybody in the meeting sees of a running recording. Null when nothing is being recorded. */
export interface RecordingState {
  readonly request: ConsentRequest;
  readonly startedAt: number;
  readonly consents: readonly ParticipantConsent[];
  /**
   * True while this installation's own answer is outstanding: the consent dialog is shown. The host answers for
   * themself when starting, so it is never true there.
   */
  readonly asked: boolean;
  /** Host only: something went wrong while writing; the recording goes on where it can. */
  readonly trouble: 'disk-full' | 'write-failed' | null;
}
