import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { gapsOf, problemsInTime } from '../../../../common/privacy/incidentState';
import { useBridge, useNavigation, useNotify, useRun } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Button } from '../../../ui/Button';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { CaseSection } from '../case/CaseSection';
import { DocumentActions } from '../case/DocumentActions';
import { incidentDocument } from './incidentDocuments';
import { useIncidentWords } from './useIncidentWords';

export interface FinishSectionProps {
  readonly stored: StoredIncident;
  readonly save: () => Promise<boolean>;
  readonly facts: PrivacyFacts;
}

/** The documentation, what it still lacks, and closing (Art. 33 (5) GDPR). */
export function FinishSection({ stored, save, facts }: FinishSectionProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const go = useNavigation((state) => state.go);
  const { say } = useNotify();
  const { at } = useIncidentWords();
  const [isDeleting, setIsDeleting] = useState(false);
  const gaps = gapsOf(stored.incident);
  const problems = problemsInTime(stored.incident, useClock(30_000));
  const incidentId = stored.id;

  async function close() {
    if (!(await save())) return;
    const result = await run(bridge['incidents.close']({ incidentId }));
    if (result.ok) say(t('incidents.closed'));
  }
  async function remove() {
    const result = await run(bridge['incidents.delete']({ incidentId }));
    if (result.ok) go({ page: 'incidents' });
  }

  return (
    <CaseSection
      title={t('incidents.finish')}
      text={t('incidents.finishText', { period: t('retention.years', { count: facts.retention.incident }) })}
    >
      <DocumentActions
        name={t('incidents.documentIncident')}
        document="incident"
        content={() => incidentDocument({ stored, facts, t, at, now: Date.now() })}
        formats={['pdf', 'html', 'json']}
      />
      {gaps.length + problems.length > 0 && (
        <div>
          <p>{t('incidents.gaps')}</p>
          <ul className="case-gaps">
            {gaps.map((gap) => (
              <li key={gap}>{t(`incidents.gap.${gap}`)}</li>
            ))}
            {problems.map((problem) => (
              <li key={problem}>{t(`incidents.problem.${problem}`)}</li>
            ))}
          </ul>
        </div>
      )}
      <div className="case-document">
        <Button look="primary" isDisabled={gaps.length + problems.length > 0} onPress={() => void close()}>
          {t('incidents.close')}
        </Button>
        <Button onPress={() => setIsDeleting(true)}>{t('incidents.delete')}</Button>
      </div>
      <ConfirmDialog
        title={t('incidents.deleteTitle')}
        isOpen={isDeleting}
        confirm={t('incidents.deleteConfirm')}
        onConfirm={() => void remove()}
        onClose={() => setIsDeleting(false)}
      >
        <p>{t('incidents.deleteText')}</p>
      </ConfirmDialog>
    </CaseSection>
  );
}
