import { z } from 'zod';
import { limits } from './limits';
import { personText } from './personText';

const ownQuestions = ['question1', 'question2', 'question3'] as const;
/** What a host can ask for at the door, in the order in which it is shown. Nothing else: less is better (Art. 5 (1) (c) GDPR). */
export const registrationFieldIds = ['email', 'organisation', 'role', 'phone', ...ownQuestions] as const;
const fieldIdSchema = z.enum(registrationFieldIds);
export type RegistrationFieldId = z.infer<typeof fieldIdSchema>;

export function isOwnQuestion(id: RegistrationFieldId): id is (typeof ownQuestions)[number] {
  return ownQuestions.some((one) => one === id);
}

const fieldSchema = z
  .object({
    id: fieldIdSchema,
    /** The host's own words; null for the fields that have a name in every language. */
    question: personText(limits.registration.questionLength).nullable(),
    required: z.boolean(),
  })
  .refine(({ id, question }) => isOwnQuestion(id) === (question !== null));
export type RegistrationField = z.infer<typeof fieldSchema>;

const distinctIds = (fields: readonly { readonly id: RegistrationFieldId }[]) =>
  new Set(fields.map(({ id }) => id)).size === fields.length;

/** What a host asks of everybody who knocks, and why. */
export const registrationFormSchema = z.object({
  purpose: personText(limits.purposeLength),
  fields: z.array(fieldSchema).min(1).max(registrationFieldIds.length).refine(distinctIds),
});
export type RegistrationForm = z.infer<typeof registrationFormSchema>;

/** The same as guests are told it: with how long the host keeps the answers, counted from the knock. */
export const registrationNoticeSchema = registrationFormSchema.extend({
  retentionDays: z.number().int().positive().max(limits.registration.retentionDays.max),
});
export type RegistrationNotice = z.infer<typeof registrationNoticeSchema>;

/** What somebody filled in. What was left empty is not in it. */
export const registrationAnswersSchema = z.partialRecord(fieldIdSchema, personText(limits.registration.answerLength));
export type RegistrationAnswers = z.infer<typeof registrationAnswersSchema>;

/** An answer with the question as it was asked, so that it can be understood when the form is another. */
export const registeredAnswersSchema = z
  .array(
    z.object({
      id: fieldIdSchema,
      question: personText(limits.registration.questionLength).nullable(),
      text: personText(limits.registration.answerLength),
    }),
  )
  .max(registrationFieldIds.length)
  .refine(distinctIds);
export type RegisteredAnswer = z.infer<typeof registeredAnswersSchema>[number];

const looks: Partial<Record<RegistrationFieldId, RegExp>> = {
  // Only what cannot be an address: whether it exists a pattern does not know.
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u,
  phone: /^\+?[0-9][0-9 ()/.-]{2,}$/u,
};

export interface RegistrationProblem {
  readonly id: RegistrationFieldId;
  readonly problem: 'missing' | 'malformed';
}

/** What keeps these answers from being enough for the form, field by field; empty: nothing. */
export function registrationProblems(
  { fields }: Pick<RegistrationForm, 'fields'>,
  answers: RegistrationAnswers,
): readonly RegistrationProblem[] {
  return fields.flatMap(({ id, required }): RegistrationProblem[] => {
    const text = answers[id];
    if (text === undefined) return required ? [{ id, problem: 'missing' }] : [];
    return looks[id]?.test(text) === false ? [{ id, problem: 'malformed' }] : [];
  });
}

/** The answers to what was asked, in that order, each with its question. What was not asked for is left out. */
export function answersTo(
  { fields }: Pick<RegistrationForm, 'fields'>,
  answers: RegistrationAnswers,
): readonly RegisteredAnswer[] {
  return fields.flatMap(({ id, question }) => {
    const text = answers[id];
    return text === undefined ? [] : [{ id, question, text }];
  });
}

/** What one person told at the door of one meeting, as the host keeps it. */
export interface Registration {
  readonly meetingId: string;
  /** Of the meeting; it may be gone by now. */
  readonly title: string;
  readonly identityKey: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly registeredAt: number;
  /** When it goes by itself. */
  readonly deleteAfter: number;
  readonly answers: readonly RegisteredAnswer[];
}

/** What is kept of registering for one meeting, on either side. */
export interface MeetingRegistrations {
  /** Of those who were let in; only where the meeting was hosted. */
  readonly received: readonly Registration[];
  /** What oneself told the host. */
  readonly given: readonly RegisteredAnswer[];
}
