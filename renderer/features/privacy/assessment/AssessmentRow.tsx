import { Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../../common/ipc/bridge';
import { changedFacts } from '../../../../common/privacy/factLines';
import { useLanguage, useNavigation } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Button } from '../../../ui/Button';
import { useKeptData } from '../useKeptData';

/** How the impact assessment stands, among the documents, and the way to it. */
export function AssessmentRow() {
  const { t } = useTranslation();
  const language = useLanguage();
  const go = useNavigation((state) => state.go);
  const overview = useKeptData(askOverview);
  const newest = overview?.versions[0];
  const state = () => {
    if (overview === null || newest === undefined || newest.assessment.decision === null)
      return t('assessment.state.none');
    const saved = t('assessment.state.saved', { date: formatDate(newest.savedAt, language) });
    if (changedFacts(newest.lines, overview.lines).length > 0) return t('assessment.state.changed');
    return `${t(`assessment.state.${newest.assessment.decision}`)}, ${saved}`;
  };
  return (
    <li className="ledger-item privacy-document">
      <Scale size={20} strokeWidth={1.7} aria-hidden className="ledger-held" />
      <span className="row-main">
        <span className="row-title">
          {t('assessment.name')}
          {overview !== null && <span className="privacy-also">{state()}</span>}
        </span>
        <span className="ledger-text">{t('assessment.text')}</span>
      </span>
      <Button
        aria-label={`${t('assessment.work')}: ${t('assessment.name')}`}
        onPress={() => go({ page: 'assessment' })}
      >
        {t('assessment.work')}
      </Button>
    </li>
  );
}

const askOverview = (bridge: Bridge) => bridge['assessments.overview']();
