import { PauseCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { offeredKinds, policySchema } from '../../../common/consent/models';
import { limits } from '../../../common/meeting/limits';
import { retentionChoices } from '../../../common/retention';
import { Choices } from '../../ui/Choices';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { kindLooks } from './kindLooks';
import { answerSecondsChoices, canPause, clipRetentionChoices, withKind, type RecordPlan } from './recordPlan';

export interface PlanOptionsProps {
  readonly plan: RecordPlan;
  readonly onChange: (change: Partial<RecordPlan>) => void;
}

/** Everything about a recording that is set well in the ordinary case. */
export function PlanOptions({ plan, onChange }: PlanOptionsProps) {
  const { t } = useTranslation();
  const states = { on: t('consent.stateYes'), off: t('consent.stateNo') };
  const days = (choices: readonly number[]) =>
    choices.map((count) => ({ id: String(count), label: t('notice.days', { count }) }));
  const withOwn = (choices: readonly number[], value: number) =>
    [...new Set([...choices, value])].sort((one, other) => one - other);

  return (
    <div className="plan-options">
      <div className="form">
        <Choices
          label={t('consent.policy')}
          options={policySchema.options.map((id) => ({
            id,
            ...{ title: t(policyWords[id].title), text: t(policyWords[id].text) },
          }))}
          value={plan.policy}
          onChange={(policy) => onChange({ policy })}
        />
        <div className="form-row">
          <Select
            label={t('consent.retention')}
            options={days(retentionChoices('recording', plan.retentionDays))}
            value={String(plan.retentionDays)}
            onChange={(value) => onChange({ retentionDays: Number(value) })}
          />
          <Select
            label={t('consent.answerTime')}
            options={withOwn(answerSecondsChoices, plan.answerSeconds).map((seconds) => ({
              id: String(seconds),
              label:
                seconds % 60 === 0
                  ? t('consent.minutes', { count: seconds / 60 })
                  : t('consent.seconds', { count: seconds }),
            }))}
            value={String(plan.answerSeconds)}
            onChange={(value) => onChange({ answerSeconds: Number(value) })}
          />
        </div>
        <p className="small">{t('consent.planHint')}</p>
      </div>
      <div className="form">
        <div role="group" aria-labelledby="asked-kinds" className="consent-choices">
          <h3 id="asked-kinds" className="field-label">
            {t('consent.askedKinds')}
          </h3>
          <div className="switch-list">
            {offeredKinds.map((kind) => (
              <Switch
                key={kind}
                icon={kindLooks[kind].icon}
                label={t(kindLooks[kind].asked)}
                states={states}
                isSelected={plan.kinds.includes(kind)}
                // There has to be something to ask for.
                isDisabled={plan.kinds.length === 1 && plan.kinds.includes(kind)}
                onChange={(on) => onChange(withKind(plan, kind, on))}
              />
            ))}
            <Switch
              icon={kindLooks.clip.icon}
              label={t('consent.askClip')}
              hint={t('consent.askClipHint', { seconds: limits.clipSeconds })}
              states={states}
              isSelected={plan.clip}
              onChange={(clip) => onChange({ clip })}
            />
            {canPause(plan) && (
              <Switch
                icon={PauseCircle}
                label={t('consent.pause')}
                hint={t('consent.pauseHint')}
                states={states}
                isSelected={plan.pauseForDecliners}
                onChange={(pauseForDecliners) => onChange({ pauseForDecliners })}
              />
            )}
          </div>
        </div>
        {plan.clip && (
          <Select
            label={t('consent.clipRetention')}
            options={days(withOwn(clipRetentionChoices, plan.clipRetentionDays))}
            value={String(plan.clipRetentionDays)}
            onChange={(value) => onChange({ clipRetentionDays: Number(value) })}
          />
        )}
      </div>
    </div>
  );
}

const policyWords = {
  'those-who-agree': { title: 'consent.policyThose', text: 'consent.policyThoseText' },
  everybody: { title: 'consent.policyEverybody', text: 'consent.policyEverybodyText' },
} as const satisfies Record<RecordPlan['policy'], { title: string; text: string }>;
