import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssessmentOverview } from '../../../../common/privacy/assessment';
import { changedFacts } from '../../../../common/privacy/factLines';
import { useLanguage, useNavigation, useNotify } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { SaveBar } from '../case/SaveBar';
import { PrivacyPage } from '../PrivacyPage';
import './assessment.css';
import { DescriptionSection } from './DescriptionSection';
import { factName, factText, isTold } from './factWords';
import { OutcomeSection } from './OutcomeSection';
import { RisksSection } from './RisksSection';
import { ThresholdSection } from './ThresholdSection';
import { useAssessment } from './useAssessment';
import { EarlierVersions } from './EarlierVersions';

/** The data protection impact assessment (Art. 35 GDPR): whether it is needed, and then all of it. */
export function AssessmentScreen() {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const { say } = useNotify();
  const { overview, assessment, isDirty, change, save } = useAssessment();
  const saveAndSay = () =>
    void save().then((isSaved) => {
      if (isSaved) say(t('assessment.saved'));
    });

  return (
    <PrivacyPage current="documents" title={t('assessment.name')} intro={t('assessment.intro')}>
      <Button look="quiet" icon={ArrowLeft} className="ledger-all" onPress={() => go({ page: 'documents' })}>
        {t('assessment.back')}
      </Button>
      {overview !== null && (
        <>
          <WhatChanged overview={overview} onSave={saveAndSay} />
          <ThresholdSection assessment={assessment} lines={overview.lines} change={change} />
          {assessment.decision === 'needed' && (
            <>
              <DescriptionSection assessment={assessment} lines={overview.lines} change={change} />
              <RisksSection assessment={assessment} lines={overview.lines} change={change} />
              <OutcomeSection assessment={assessment} lines={overview.lines} change={change} />
            </>
          )}
          <EarlierVersions versions={overview.versions} />
        </>
      )}
      {isDirty && <SaveBar text={t('assessment.unsaved')} onSave={saveAndSay} />}
    </PrivacyPage>
  );
}

/** What is set otherwise than when the assessment was saved last (Art. 35 (11) GDPR). */
function WhatChanged({ overview: { lines, versions }, onSave }: { overview: AssessmentOverview; onSave: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [newest] = versions;
  const changed = newest === undefined ? [] : changedFacts(newest.lines, lines).filter(({ path }) => isTold(path));
  if (newest === undefined || changed.length === 0) return null;
  return (
    <Banner
      tone="warning"
      role="region"
      title={t('assessment.changedTitle', { date: formatDate(newest.savedAt, language) })}
      actions={<Button onPress={onSave}>{t('common.save')}</Button>}
    >
      <ul className="case-gaps">
        {changed.map(({ path, before, now }) => (
          <li key={path}>
            {t('assessment.changedLine', {
              ...{ name: factName(path, t), before: factText(before, t), now: factText(now, t) },
            })}
          </li>
        ))}
      </ul>
      <p>{t('assessment.changedText')}</p>
    </Banner>
  );
}
