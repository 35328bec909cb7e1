import { CircleDot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { refusalOf, type Decisions } from '../../../common/consent/models';
import type { RecordingPlan } from '../../../common/consent/plan';
import { purposeOf } from '../../../common/consent/purposeTemplates';
import { useLanguage } from '../../app/AppContext';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { kindLooks } from '../consent/kindLooks';

const choices = ['inside', 'yes', 'no'] as const;
type Choice = (typeof choices)[number];

export interface PlannedRecordingProps {
  readonly plan: RecordingPlan;
  /** Null: to be decided in the meeting. */
  readonly value: Decisions | null;
  readonly onChange: (value: Decisions | null) => void;
}

/**
 * A recording that was announced with the invite. Nothing is chosen until the person chooses it, and a yes is confirmed
 * inside before anything is recorded.
 */
export function PlannedRecording({ plan, value, onChange }: PlannedRecordingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { kinds, policy, clipRetentionDays } = plan.terms;
  const choice: Choice = value === null ? 'inside' : Object.keys(value).length === 0 || hasYes(value) ? 'yes' : 'no';

  function choose(next: Choice) {
    if (next === 'inside') onChange(null);
    else onChange(next === 'no' ? refusalOf(kinds) : {});
  }

  return (
    <section className="notice planned" aria-labelledby="planned-recording">
      <h2 id="planned-recording">
        <CircleDot size={18} strokeWidth={2} aria-hidden /> {t('join.planned')}
      </h2>
      <p>
        <strong>{t('consent.why')}</strong> {purposeOf(plan, language)}
      </p>
      <p>
        <strong>{t('consent.howLong')}</strong> {t('notice.days', { count: plan.retentionDays })}
        {clipRetentionDays !== null && <>, {t('join.plannedClip', { count: clipRetentionDays })}</>}
      </p>
      <p>{t(policy === 'everybody' ? 'join.plannedEverybody' : 'join.plannedThose')}</p>
      <Select
        label={t('join.plannedAnswer')}
        hint={t(choice === 'yes' ? 'join.plannedYesHint' : 'join.plannedHint')}
        options={choices.map((id) => ({ id, label: t(choiceWords[id]) }))}
        value={choice}
        onChange={choose}
      />
      {choice === 'yes' && (
        <div role="group" aria-label={t('consent.what')} className="switch-list">
          {kinds.map((kind) => (
            <Switch
              key={kind}
              icon={kindLooks[kind].icon}
              label={t(kindLooks[kind].own)}
              states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
              isSelected={value?.[kind] === true}
              onChange={(on) => onChange(withKind(value, kind, on))}
            />
          ))}
        </div>
      )}
    </section>
  );
}

const choiceWords = {
  inside: 'join.plannedInside',
  yes: 'join.plannedYes',
  no: 'join.plannedNo',
} as const satisfies Record<Choice, string>;

const hasYes = (decisions: Decisions) => Object.values(decisions).includes(true);

/** Only what is switched on is kept while choosing: with everything off again it is a yes to nothing, not a No. */
function withKind(value: Decisions | null, kind: keyof Decisions, on: boolean): Decisions {
  const { [kind]: _before, ...others } = value ?? {};
  return on ? { ...others, [kind]: true } : others;
}

/** What to tell main: a decision about every kind, or null when nothing has been decided. */
export function beforehandOf(plan: RecordingPlan | null, value: Decisions | null): Decisions | null {
  if (plan === null || value === null || Object.keys(value).length === 0) return null;
  return Object.fromEntries(plan.terms.kinds.map((kind) => [kind, value[kind] === true]));
}
