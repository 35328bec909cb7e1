import { useTranslation } from 'react-i18next';
import { noteLength } from '../../../../common/privacy/incident';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { proportionality } from './assessmentDocuments';
import type { AssessmentPartProps } from './ThresholdSection';

/** What is processed and what for, and why it is necessary and proportionate (Art. 35 (7) (a), (b) GDPR). */
export function DescriptionSection({ assessment, lines, change }: AssessmentPartProps) {
  const { t } = useTranslation();
  return (
    <CaseSection title={t('assessment.description')} text={t('assessment.descriptionText')}>
      <TextField
        label={t('assessment.purposes')}
        hint={t('assessment.purposesHint')}
        rows={3}
        value={assessment.purposes}
        onChange={(purposes) => change({ purposes })}
        maxLength={noteLength}
      />
      <div>
        <h3>{t('assessment.proportionality')}</h3>
        <ul className="case-gaps">
          {proportionality(lines, t).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
      <TextField
        label={t('assessment.necessity')}
        hint={t('assessment.necessityHint')}
        rows={3}
        value={assessment.necessity}
        onChange={(necessity) => change({ necessity })}
        maxLength={noteLength}
      />
    </CaseSection>
  );
}
