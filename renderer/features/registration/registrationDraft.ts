import {
  isOwnQuestion,
  registrationFieldIds,
  registrationFormSchema,
  type RegistrationForm,
} from '../../../common/meeting/registration';

export const knownFields = ['email', 'organisation', 'role', 'phone'] as const;
type KnownField = (typeof knownFields)[number];
export const asks = ['off', 'optional', 'required'] as const;
type Ask = (typeof asks)[number];

export interface OwnQuestion {
  /** Another one for each in a draft. */
  readonly key: number;
  readonly question: string;
  readonly required: boolean;
}

/** A form while a host fills it in. */
export interface RegistrationDraft {
  readonly purpose: string;
  readonly known: Readonly<Record<KnownField, Ask>>;
  readonly questions: readonly OwnQuestion[];
}

export const mostQuestions = registrationFieldIds.filter(isOwnQuestion).length;

/** What was asked last; without one nothing is chosen, so that nothing is asked that nobody has thought about. */
export function draftOf(form: RegistrationForm | null): RegistrationDraft {
  const fields = form?.fields ?? [];
  const ask = (id: KnownField): Ask => {
    const field = fields.find((one) => one.id === id);
    if (field === undefined) return 'off';
    return field.required ? 'required' : 'optional';
  };
  return {
    purpose: form?.purpose ?? '',
    known: { email: ask('email'), organisation: ask('organisation'), role: ask('role'), phone: ask('phone') },
    questions: fields.flatMap(({ question, required }, key) =>
      question === null ? [] : [{ key, question, required }],
    ),
  };
}

/** The form, or null while something of it is missing. */
export function formOf({ purpose, known, questions }: RegistrationDraft): RegistrationForm | null {
  const own = registrationFieldIds.filter(isOwnQuestion);
  const form = {
    purpose,
    fields: [
      ...knownFields
        .filter((id) => known[id] !== 'off')
        .map((id) => ({ id, question: null, required: known[id] === 'required' })),
      ...questions.map(({ question, required }, index) => ({ id: own[index], question, required })),
    ],
  };
  const parsed = registrationFormSchema.safeParse(form);
  return parsed.success ? parsed.data : null;
}

/** With another question, still to be written. */
export function withQuestion(draft: RegistrationDraft): RegistrationDraft {
  const key = Math.max(0, ...draft.questions.map((one) => one.key + 1));
  return { ...draft, questions: [...draft.questions, { key, question: '', required: false }] };
}
