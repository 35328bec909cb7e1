import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingPlan } from '../../../common/consent/plan';
import { currentTemplates } from '../../../common/consent/purposeTemplates';
import type { Participant } from '../../../common/meeting/models';
import { retentionRules } from '../../../common/retention';
import { useBridge, useLanguage, useLibrary, usePreferences, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Disclosure } from '../../ui/Disclosure';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { Switch } from '../../ui/Switch';
import { AtWork } from './AtWork';
import { kindLooks } from './kindLooks';
import { ObjectionNote } from './ObjectionNote';
import { PlanOptions } from './PlanOptions';
import { PurposeChoice } from './PurposeChoice';
import {
  askedKinds,
  emptyPlan,
  isPurposeMissing,
  ownDecisions,
  planAsAnnounced,
  termsOfPlan,
  type RecordPlan,
} from './recordPlan';
import { usePlanSummary } from './usePlanSummary';

export interface RecordDialogProps {
  readonly participants: readonly Participant[];
  readonly isOpen: boolean;
  /** What was announced with the invite, if anything: asking for the same lets people confirm what they have chosen. */
  readonly announced: RecordingPlan | null;
  readonly onClose: () => void;
}

/** The host says what for, and answers for themself; then everybody is asked. The rest is one step away. */
export function RecordDialog({ participants, isOpen, announced, onClose }: RecordDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const summaryOf = usePlanSummary();
  // What is set under “Retention”, and with that what guests were told before they knocked.
  const preset = useLibrary((state) => state.retention?.kinds.recording.period ?? retentionRules.recording.default);
  const [plan, setPlan] = useState(() => emptyPlan(preset));
  const [checked, setChecked] = useState(false);
  const employees = usePreferences(({ preferences }) => preferences.employees);
  const [isNeeded, setNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<RecordPlan>) => setPlan((before) => ({ ...before, ...changes }));

  useEffect(() => {
    if (!isOpen) return;
    setPlan(announced === null ? emptyPlan(preset) : planAsAnnounced(announced));
    setChecked(false);
    setNeeded(false);
  }, [announced, isOpen, preset]);

  async function start(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (isPurposeMissing(plan) || (employees && !isNeeded)) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    setBusy(true);
    const template = currentTemplates().find(({ id }) => id === plan.purpose);
    const terms = termsOfPlan(plan, template?.texts[language] ?? plan.ownPurpose);
    const result = await run(bridge['recording.start']({ ...terms, own: ownDecisions(plan), language }));
    setBusy(false);
    if (result.ok) onClose();
  }

  return (
    <Dialog
      title={t('consent.recordTitle')}
      isOpen={isOpen}
      onClose={onClose}
      size="xl"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="start-recording" look="primary" isPending={busy}>
            {t('consent.askAll')}
          </Button>
        </>
      }
    >
      <p>{t('consent.recordText')}</p>
      {isOpen && <ObjectionNote participants={participants} policy={plan.policy} />}
      {employees && <AtWork isConfirmed={isNeeded} isMissing={checked && !isNeeded} onConfirm={setNeeded} />}
      <form id="start-recording" className="form" onSubmit={(event) => void start(event)} noValidate>
        <div className="record-columns">
          <PurposeChoice plan={plan} onChange={change} isMissing={checked && isPurposeMissing(plan)} />
          <div role="group" aria-labelledby="own-what" className="consent-choices">
            <h3 id="own-what" className="field-label">
              {t('consent.ownTitle')}
            </h3>
            <div className="switch-list">
              {askedKinds(plan).map((kind) => (
                <Switch
                  key={kind}
                  icon={kindLooks[kind].icon}
                  label={t(kindLooks[kind].own)}
                  states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
                  isSelected={plan.own[kind] === true}
                  onChange={(on) => change({ own: { ...plan.own, [kind]: on } })}
                />
              ))}
            </div>
            <p className="small">{t('consent.ownHint')}</p>
          </div>
        </div>
        <Disclosure label={t('consent.moreOptions')} summary={summaryOf(plan)}>
          <PlanOptions plan={plan} onChange={change} />
        </Disclosure>
      </form>
    </Dialog>
  );
}
