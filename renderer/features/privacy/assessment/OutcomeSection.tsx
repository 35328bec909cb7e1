import { useTranslation } from 'react-i18next';
import { gapsOfAssessment } from '../../../../common/privacy/assessedRisks';
import { noteLength } from '../../../../common/privacy/incident';
import { Choices } from '../../../ui/Choices';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { DocumentActions } from '../case/DocumentActions';
import type { AssessmentPartProps } from './ThresholdSection';
import { useAssessmentContent } from './useAssessmentContent';

/** Who was asked, what comes out, and the assessment as a document (Art. 35 (2), (9), 36 GDPR). */
export function OutcomeSection({ assessment, lines, change }: AssessmentPartProps) {
  const { t } = useTranslation();
  const content = useAssessmentContent();
  const gaps = gapsOfAssessment(assessment);
  return (
    <>
      <CaseSection title={t('assessment.consultation')}>
        <TextField
          label={t('assessment.officer')}
          hint={t('assessment.officerHint')}
          rows={3}
          value={assessment.officer}
          onChange={(officer) => change({ officer })}
          maxLength={noteLength}
        />
        <TextField
          label={t('assessment.views')}
          hint={t('assessment.viewsHint')}
          rows={3}
          value={assessment.views}
          onChange={(views) => change({ views })}
          maxLength={noteLength}
        />
      </CaseSection>
      <CaseSection title={t('assessment.outcome')}>
        <Choices
          dense
          label={t('assessment.outcomeLabel')}
          value={assessment.result}
          onChange={(result) => change({ result })}
          options={(['acceptable', 'with-measures', 'consult'] as const).map((id) => ({
            ...{ id, title: t(`assessment.outcomeIs.${id}`), text: '' },
          }))}
        />
        <TextField
          label={t('assessment.outcomeReason')}
          rows={3}
          value={assessment.resultReason}
          onChange={(resultReason) => change({ resultReason })}
          maxLength={noteLength}
        />
        {gaps.length > 0 && (
          <div>
            <p>{t('assessment.gaps')}</p>
            <ul className="case-gaps">
              {gaps.map((gap) => (
                <li key={gap}>{t(`assessment.gap.${gap}`)}</li>
              ))}
            </ul>
          </div>
        )}
        <DocumentActions
          name={t('assessment.document')}
          document="assessment"
          content={() => content.assessment(assessment, lines)}
          formats={['pdf', 'html', 'csv', 'json']}
        />
      </CaseSection>
    </>
  );
}
