import { ClipboardList, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import { retentionRules } from '../../../common/retention';
import { useLibrary } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import {
  asks,
  knownFields,
  mostQuestions,
  withQuestion,
  type OwnQuestion,
  type RegistrationDraft,
} from './registrationDraft';

export interface RegistrationChoiceProps {
  /** Null: nothing is asked for. */
  readonly value: RegistrationDraft | null;
  readonly onChange: (draft: RegistrationDraft | null) => void;
  /** What to begin with. */
  readonly offered: RegistrationDraft;
  /** Somebody has tried to go on: say what is missing. */
  readonly checked: boolean;
}

/** Whether guests fill in something before they knock, what, and why. */
export function RegistrationChoice({ value, onChange, offered, checked }: RegistrationChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="switch-list">
        <Switch
          icon={ClipboardList}
          label={t('registration.ask')}
          hint={t('registration.askHint')}
          states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
          isSelected={value !== null}
          onChange={(on) => onChange(on ? offered : null)}
        />
      </div>
      {value !== null && <RegistrationEditor draft={value} onChange={onChange} checked={checked} />}
    </>
  );
}

function RegistrationEditor({
  draft,
  onChange,
  checked,
}: {
  draft: RegistrationDraft;
  onChange: (draft: RegistrationDraft) => void;
  checked: boolean;
}) {
  const { t } = useTranslation();
  const days = useLibrary((state) => state.retention?.kinds.registration.period ?? retentionRules.registration.default);
  const { purpose, known, questions } = draft;
  const isNothingAsked = questions.length === 0 && knownFields.every((id) => known[id] === 'off');
  const setQuestions = (next: readonly OwnQuestion[]) => onChange({ ...draft, questions: next });

  return (
    <section className="form registration-form" aria-label={t('registration.ask')}>
      <TextField
        label={t('registration.purpose')}
        value={purpose}
        onChange={(text) => onChange({ ...draft, purpose: text })}
        maxLength={limits.purposeLength}
        autoFocus
        autoComplete="off"
        placeholder={t('registration.purposeExample')}
        hint={t('registration.purposeHint')}
        error={checked && purpose.trim() === '' ? t('registration.purposeMissing') : null}
      />
      <div role="group" aria-labelledby="registration-fields">
        <h3 id="registration-fields" className="field-label">
          {t('registration.fields')}
        </h3>
        <ul className="registration-rows">
          {knownFields.map((id) => (
            <li key={id}>
              <span aria-hidden>{t(`registration.field.${id}`)}</span>
              <Select
                label={t(`registration.field.${id}`)}
                hideLabel
                options={asks.map((ask) => ({ id: ask, label: t(`registration.choice.${ask}`) }))}
                value={known[id]}
                onChange={(ask) => onChange({ ...draft, known: { ...known, [id]: ask } })}
              />
            </li>
          ))}
          {questions.map((one) => (
            <li key={one.key}>
              <QuestionRow
                question={one}
                checked={checked}
                onChange={(next) => setQuestions(questions.map((other) => (other.key === one.key ? next : other)))}
                onRemove={() => setQuestions(questions.filter(({ key }) => key !== one.key))}
              />
            </li>
          ))}
        </ul>
        {checked && isNothingAsked ? (
          <p className="field-error" role="alert">
            {t('registration.fieldsMissing')}
          </p>
        ) : (
          <p className="field-hint">{t('registration.fieldsHint')}</p>
        )}
        {questions.length < mostQuestions && (
          <Button look="quiet" icon={Plus} className="registration-add" onPress={() => onChange(withQuestion(draft))}>
            {t('registration.addQuestion')}
          </Button>
        )}
      </div>
      <p className="small">{t('registration.keptFor', { days: t('notice.days', { count: days }) })}</p>
    </section>
  );
}

interface QuestionRowProps {
  readonly question: OwnQuestion;
  readonly checked: boolean;
  readonly onChange: (question: OwnQuestion) => void;
  readonly onRemove: () => void;
}

function QuestionRow({ question: given, checked, onChange, onRemove }: QuestionRowProps) {
  const { t } = useTranslation();
  const { question, required } = given;
  return (
    <>
      <TextField
        label={t('registration.question')}
        hideLabel
        value={question}
        onChange={(text) => onChange({ ...given, question: text })}
        maxLength={limits.registration.questionLength}
        autoFocus={question === ''}
        autoComplete="off"
        placeholder={t('registration.questionExample')}
        error={checked && question.trim() === '' ? t('registration.questionMissing') : null}
      />
      <Select
        label={question.trim() === '' ? t('registration.question') : question}
        hideLabel
        options={(['optional', 'required'] as const).map((ask) => ({
          id: ask,
          label: t(`registration.choice.${ask}`),
        }))}
        value={required ? 'required' : 'optional'}
        onChange={(ask) => onChange({ ...given, required: ask === 'required' })}
      />
      <IconButton label={t('registration.removeQuestion')} icon={X} onPress={onRemove} />
    </>
  );
}
