import { useTranslation } from 'react-i18next';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { useBridge, useRun } from '../../../app/AppContext';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { DocumentPaper } from '../documents/DocumentPaper';
import { DocumentActions } from '../case/DocumentActions';
import { incidentDocument } from './incidentDocuments';
import { useIncidentWords } from './useIncidentWords';

/** A closed incident is its documentation, until it is opened again. */
export function ClosedIncident({ stored, facts }: { stored: StoredIncident; facts: PrivacyFacts }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { at } = useIncidentWords();
  const content = () => incidentDocument({ stored, facts, t, at, now: Date.now() });
  return (
    <>
      <Banner
        role="region"
        title={t('incidents.state.closed')}
        actions={
          <Button onPress={() => void run(bridge['incidents.reopen']({ incidentId: stored.id }))}>
            {t('incidents.reopen')}
          </Button>
        }
      >
        {t('incidents.closedAt', { at: at(stored.closedAt ?? 0) })}
      </Banner>
      <DocumentActions
        name={t('incidents.documentIncident')}
        document="incident"
        content={content}
        formats={['pdf', 'html', 'json']}
      />
      <DocumentPaper content={content()} />
    </>
  );
}
