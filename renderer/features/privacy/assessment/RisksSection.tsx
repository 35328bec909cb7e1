import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { riskMeasures } from '../../../../common/privacy/assessedRisks';
import {
  assessedRisks,
  type AssessedRisk,
  type FactLines,
  type GradedLevel,
  type JudgedRisk,
} from '../../../../common/privacy/assessment';
import { noteLength } from '../../../../common/privacy/incident';
import { Disclosure } from '../../../ui/Disclosure';
import { Select } from '../../../ui/Select';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { gradeText } from './assessmentDocuments';
import type { AssessmentPartProps } from './ThresholdSection';

const open: GradedLevel = { likelihood: null, severity: null };
const unjudged: JudgedRisk = { before: open, after: open, note: '' };

/** What can happen to people, how grave without and with the measures, and which are in force (Art. 35 (7) (c), (d) GDPR). */
export function RisksSection({ assessment, lines, change }: AssessmentPartProps) {
  const { t } = useTranslation();
  return (
    <CaseSection title={t('assessment.risks')} text={t('assessment.risksText')} wide>
      {assessedRisks.map((risk) => {
        const judged = assessment.risks[risk] ?? unjudged;
        return (
          <Disclosure
            key={risk}
            label={t(`assessment.risk.${risk}`)}
            summary={t('assessment.summary', {
              ...{ before: gradeText(judged.before, t), after: gradeText(judged.after, t) },
            })}
          >
            <RiskForm
              risk={risk}
              judged={judged}
              lines={lines}
              change={(next) => change({ risks: { ...assessment.risks, [risk]: { ...judged, ...next } } })}
            />
          </Disclosure>
        );
      })}
      <TextField
        label={t('assessment.others')}
        hint={t('assessment.othersHint')}
        rows={3}
        value={assessment.others}
        onChange={(others) => change({ others })}
        maxLength={noteLength}
      />
    </CaseSection>
  );
}

interface RiskFormProps {
  readonly risk: AssessedRisk;
  readonly judged: JudgedRisk;
  readonly lines: FactLines;
  readonly change: (change: Partial<JudgedRisk>) => void;
}

function RiskForm({ risk, judged, lines, change }: RiskFormProps) {
  const { t } = useTranslation();
  return (
    <div className="risk-form">
      <p>{t(`assessment.harm.${risk}`)}</p>
      <LevelFields when="before" level={judged.before} onChange={(before) => change({ before })} />
      <ul className="risk-measures" aria-label={t('assessment.measures')}>
        {riskMeasures(risk, lines).map(({ name, isOn }) => {
          const Icon = isOn ? Check : X;
          return (
            <li key={name} className={isOn ? '' : 'risk-measure-off'}>
              <Icon size={16} strokeWidth={2.4} aria-hidden />
              {t(`assessment.measure.${name}`)}
              <em>({t(isOn ? 'assessment.inForce' : 'assessment.notInForce')})</em>
            </li>
          );
        })}
      </ul>
      <TextField
        label={t('assessment.note')}
        rows={2}
        value={judged.note}
        onChange={(note) => change({ note })}
        maxLength={noteLength}
      />
      <LevelFields when="after" level={judged.after} onChange={(after) => change({ after })} />
    </div>
  );
}

interface LevelFieldsProps {
  readonly when: 'before' | 'after';
  readonly level: GradedLevel;
  readonly onChange: (level: GradedLevel) => void;
}

function LevelFields({ when, level, onChange }: LevelFieldsProps) {
  const { t } = useTranslation();
  const fields = ['likelihood', 'severity'] as const;
  return (
    <fieldset className="risk-levels">
      <legend>{t(`assessment.${when}`)}</legend>
      {fields.map((field) => (
        <Select
          key={field}
          label={t(`assessment.${field}`)}
          placeholder={t('assessment.choose')}
          options={(['1', '2', '3', '4'] as const).map((id) => ({ id, label: t(`assessment.${field}Is.${id}`) }))}
          value={String(level[field] ?? '') as '1' | '2' | '3' | '4'}
          onChange={(id) => onChange({ ...level, [field]: Number(id) })}
        />
      ))}
      <strong>{gradeText(level, t)}</strong>
    </fieldset>
  );
}
