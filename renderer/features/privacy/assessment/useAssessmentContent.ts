import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { Assessment, FactLines, StoredAssessment } from '../../../../common/privacy/assessment';
import { useLanguage } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { recordOfProcessing } from '../documents/recordOfProcessing';
import { useKeptData } from '../useKeptData';
import { assessmentDocument, thresholdDocument } from './assessmentDocuments';

/** Words the two documents of an assessment, as of now, or as of an earlier version. */
export function useAssessmentContent() {
  const { t } = useTranslation();
  const language = useLanguage();
  const facts = useKeptData(askFacts);
  const options = (assessment: Assessment, lines: FactLines, at: number) => {
    const date = formatDate(at, language);
    return { assessment, lines, t, date };
  };
  return {
    threshold: (assessment: Assessment, lines: FactLines) =>
      thresholdDocument({ ...options(assessment, lines, Date.now()), activities: [] }),
    assessment: (assessment: Assessment, lines: FactLines) => {
      const common = options(assessment, lines, Date.now());
      const activities =
        facts === null ? [] : recordOfProcessing(facts, t, common.date).blocks.filter(({ type }) => type === 'table');
      return assessmentDocument({ ...common, activities });
    },
    earlier: ({ assessment, lines, savedAt }: StoredAssessment) => {
      const common = { ...options(assessment, lines, savedAt), activities: [] };
      return assessment.decision === 'needed' ? assessmentDocument(common) : thresholdDocument(common);
    },
  };
}

const askFacts = (bridge: Bridge) => bridge['privacy.facts']();
