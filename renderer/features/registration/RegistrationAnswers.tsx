import { useTranslation } from 'react-i18next';
import type { RegisteredAnswer } from '../../../common/meeting/registration';
import { fieldLabel } from './fieldWords';

/** What one person filled in. */
export function RegistrationAnswers({ answers, label }: { answers: readonly RegisteredAnswer[]; label: string }) {
  const { t } = useTranslation();
  return (
    <dl className="registration-answers" aria-label={label}>
      {answers.map((answer) => (
        <div key={answer.id}>
          <dt>{punctuated(fieldLabel(answer, t))}</dt>
          <dd className="selectable">{answer.text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An own question may end with a mark of its own. */
const punctuated = (label: string) => (/[?!:.]$/u.test(label) ? label : `${label}:`);
