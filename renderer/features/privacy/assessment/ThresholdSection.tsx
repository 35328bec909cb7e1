import { useTranslation } from 'react-i18next';
import {
  criteria,
  wp248Criteria,
  type Assessment,
  type Criterion,
  type FactLines,
} from '../../../../common/privacy/assessment';
import { noteLength } from '../../../../common/privacy/incident';
import { answerOf, preAnswer, thresholdOf } from '../../../../common/privacy/threshold';
import { Banner } from '../../../ui/Banner';
import { Choices } from '../../../ui/Choices';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { DocumentActions } from '../case/DocumentActions';
import { criterionReason, thresholdText } from './assessmentDocuments';
import { useAssessmentContent } from './useAssessmentContent';
import { YesNo } from './YesNo';

export interface AssessmentPartProps {
  readonly assessment: Assessment;
  readonly lines: FactLines;
  readonly change: (change: Partial<Assessment>) => void;
}

const groups: readonly { readonly title: 'groupWp248' | 'groupListed'; readonly criteria: readonly Criterion[] }[] = [
  { title: 'groupWp248', criteria: wp248Criteria },
  { title: 'groupListed', criteria: criteria.filter((one) => !(wp248Criteria as readonly string[]).includes(one)) },
];

/** Whether an assessment is needed: each criterion with what is set about it, the result, and the person's decision. */
export function ThresholdSection({ assessment, lines, change }: AssessmentPartProps) {
  const { t } = useTranslation();
  const { result } = thresholdOf(assessment, lines);
  const content = useAssessmentContent();
  return (
    <CaseSection title={t('assessment.threshold')} text={t('assessment.thresholdText')} wide>
      {groups.map((group) => (
        <div key={group.title} className="criteria">
          <h3>{t(`assessment.${group.title}`)}</h3>
          <ul>
            {group.criteria.map((criterion) => (
              <CriterionRow
                key={criterion}
                criterion={criterion}
                assessment={assessment}
                lines={lines}
                onAnswer={(answer) => change({ answers: { ...assessment.answers, [criterion]: answer } })}
              />
            ))}
          </ul>
        </div>
      ))}
      <Banner tone={result === 'not-needed' ? 'info' : 'warning'} title={t(`assessment.result.${result}`)}>
        {thresholdText(assessment, lines, t)}
      </Banner>
      <Choices
        dense
        label={t('assessment.decisionLabel')}
        value={assessment.decision}
        onChange={(decision) => change({ decision })}
        options={(['needed', 'not-needed'] as const).map((id) => ({
          ...{ id, title: t(`assessment.decision.${id}`), text: '' },
        }))}
      />
      <TextField
        label={t('assessment.decisionReason')}
        rows={3}
        value={assessment.decisionReason}
        onChange={(decisionReason) => change({ decisionReason })}
        maxLength={noteLength}
      />
      <DocumentActions
        name={t('assessment.thresholdDocument')}
        document="threshold"
        content={() => content.threshold(assessment, lines)}
        formats={['pdf', 'html', 'csv', 'json']}
      />
    </CaseSection>
  );
}

interface CriterionRowProps {
  readonly criterion: Criterion;
  readonly assessment: Assessment;
  readonly lines: FactLines;
  readonly onAnswer: (answer: boolean) => void;
}

function CriterionRow({ criterion, assessment, lines, onAnswer }: CriterionRowProps) {
  const { t } = useTranslation();
  const isOwn = assessment.answers[criterion] !== undefined;
  const origin = isOwn
    ? 'assessment.changedByYou'
    : preAnswer(criterion, lines) === null
      ? 'assessment.notAnswered'
      : 'assessment.preset';
  const name = t(`assessment.criterion.${criterion}`);
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="ledger-text">{criterionReason(criterion, lines, t)}</span>
        <span className={origin === 'assessment.notAnswered' ? 'incident-waiting' : 'ledger-text'}>{t(origin)}</span>
      </span>
      <YesNo label={name} value={answerOf(assessment, criterion, lines)} onChange={onAnswer} />
    </li>
  );
}
