import {
  registrationAnswersSchema,
  registrationProblems,
  type RegistrationAnswers,
  type RegistrationFieldId,
  type RegistrationForm,
  type RegistrationProblem,
} from '../../../common/meeting/registration';

/** What somebody has typed so far, as it was typed. */
export type TypedAnswers = Readonly<Partial<Record<RegistrationFieldId, string>>>;

/** What is to be sent, and what keeps it from being enough. What was left empty is not sent. */
export function checkAnswers(
  form: RegistrationForm | null,
  typed: TypedAnswers,
): { readonly answers: RegistrationAnswers; readonly problems: readonly RegistrationProblem[] } {
  if (form === null) return { answers: {}, problems: [] };
  const answers: RegistrationAnswers = {};
  const unfit: RegistrationProblem[] = [];
  for (const { id } of form.fields) {
    const text = typed[id]?.trim() ?? '';
    if (text === '') continue;
    if (registrationAnswersSchema.safeParse({ [id]: text }).success) answers[id] = text;
    else unfit.push({ id, problem: 'malformed' });
  }
  const others = registrationProblems(form, answers).filter(({ id }) => unfit.every((one) => one.id !== id));
  return { answers, problems: [...unfit, ...others] };
}
