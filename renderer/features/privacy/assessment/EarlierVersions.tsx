import { useTranslation } from 'react-i18next';
import type { StoredAssessment } from '../../../../common/privacy/assessment';
import { useLanguage } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { CaseSection } from '../case/CaseSection';
import { DocumentActions } from '../case/DocumentActions';
import { useAssessmentContent } from './useAssessmentContent';

/** What was saved on earlier days, as it was worded by the settings of that time. */
export function EarlierVersions({ versions }: { versions: readonly StoredAssessment[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const content = useAssessmentContent();
  if (versions.length === 0) return null;
  return (
    <CaseSection title={t('assessment.versions')} text={t('assessment.versionsText')}>
      {versions.map((version) => (
        <DocumentActions
          key={version.day}
          name={t('assessment.version', { date: formatDate(version.savedAt, language) })}
          document={version.assessment.decision === 'needed' ? 'assessment' : 'threshold'}
          content={() => content.earlier(version)}
          formats={['pdf', 'json']}
        />
      ))}
    </CaseSection>
  );
}
