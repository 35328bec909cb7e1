import { CircleDot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/Disclosure';
import { Switch } from '../../ui/Switch';
import { PlanOptions } from '../consent/PlanOptions';
import { PurposeChoice } from '../consent/PurposeChoice';
import { isPurposeMissing, type RecordPlan } from '../consent/recordPlan';
import { usePlanSummary } from '../consent/usePlanSummary';

export interface AnnounceRecordingProps {
  /** Null: no recording is announced. */
  readonly plan: RecordPlan | null;
  readonly onChange: (plan: RecordPlan | null) => void;
  readonly emptyPlan: RecordPlan;
  /** Somebody has tried to go on: say what is missing. */
  readonly checked: boolean;
}

/** A recording that guests are told of before they knock, so that they can decide in peace. Nothing starts by it. */
export function AnnounceRecording({ plan, onChange, emptyPlan, checked }: AnnounceRecordingProps) {
  const { t } = useTranslation();
  const summaryOf = usePlanSummary();
  const change = (changes: Partial<RecordPlan>) => onChange({ ...(plan ?? emptyPlan), ...changes });
  return (
    <>
      <div className="switch-list">
        <Switch
          icon={CircleDot}
          label={t('start.announce')}
          hint={t('start.announceHint')}
          states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
          isSelected={plan !== null}
          onChange={(on) => onChange(on ? emptyPlan : null)}
        />
      </div>
      {plan !== null && (
        <>
          <PurposeChoice plan={plan} onChange={change} isMissing={checked && isPurposeMissing(plan)} />
          <Disclosure label={t('consent.moreOptions')} summary={summaryOf(plan)}>
            <PlanOptions plan={plan} onChange={change} />
          </Disclosure>
        </>
      )}
    </>
  );
}
