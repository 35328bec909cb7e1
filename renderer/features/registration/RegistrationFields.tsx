import { ClipboardList } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import type { RegistrationNotice, RegistrationProblem } from '../../../common/meeting/registration';
import { TextField } from '../../ui/TextField';
import { fieldLabel } from './fieldWords';
import type { TypedAnswers } from './guestAnswers';

export interface RegistrationFieldsProps {
  readonly host: string;
  readonly notice: RegistrationNotice;
  readonly typed: TypedAnswers;
  readonly onChange: (typed: TypedAnswers) => void;
  /** Of the form that knocks: Enter does so from here, too. */
  readonly formId: string;
  /** To be shown: somebody has tried to go on. */
  readonly problems: readonly RegistrationProblem[];
}

/** What the host asks of whoever knocks: why, for whom and how long stand above what is to be filled in. */
export function RegistrationFields({ host, notice, typed, onChange, formId, problems }: RegistrationFieldsProps) {
  const { t } = useTranslation();
  const errorOf = ({ id }: RegistrationNotice['fields'][number]) => {
    const problem = problems.find((one) => one.id === id)?.problem;
    if (problem === undefined) return null;
    if (problem === 'missing') return t('registration.missing');
    return t(id === 'email' || id === 'phone' ? `registration.malformed.${id}` : 'registration.malformed.text');
  };
  return (
    <section className="notice registration" aria-labelledby="registration-title">
      <h2 id="registration-title">
        <ClipboardList size={18} strokeWidth={2} aria-hidden /> {t('registration.title', { name: host })}
      </h2>
      <p>
        <strong>{t('registration.why')}</strong> {notice.purpose}
      </p>
      <p>{t('registration.who', { name: host, days: t('notice.days', { count: notice.retentionDays }) })}</p>
      <div className="form">
        {notice.fields.map((field) => (
          <TextField
            key={field.id}
            form={formId}
            label={t(field.required ? 'notice.required' : 'notice.optional', { field: fieldLabel(field, t) })}
            isRequired={field.required}
            value={typed[field.id] ?? ''}
            onChange={(text) => onChange({ ...typed, [field.id]: text })}
            maxLength={limits.registration.answerLength}
            inputMode={field.id === 'email' ? 'email' : field.id === 'phone' ? 'tel' : 'text'}
            autoComplete="off"
            error={errorOf(field)}
          />
        ))}
      </div>
    </section>
  );
}
