import { Siren } from 'lucide-react';
import { useState } from 'react';
import { Button as RowButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { notificationDeadline } from '../../../../common/privacy/incidentState';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { useNavigation } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PrivacyPage } from '../PrivacyPage';
import './incidents.css';
import { RecordIncidentDialog } from './RecordIncidentDialog';
import { useIncidents } from './useIncidents';
import { useIncidentWords } from './useIncidentWords';

/** The personal data breaches that were recorded here, and how each stands (Art. 33 (5) GDPR). */
export function IncidentsScreen() {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const incidents = useIncidents();
  const [isRecording, setIsRecording] = useState(false);
  const record = (
    <Button look="primary" icon={Siren} className="ledger-all" onPress={() => setIsRecording(true)}>
      {t('incidents.record')}
    </Button>
  );

  return (
    <PrivacyPage current="incidents" title={t('incidents.title')} intro={t('incidents.intro')}>
      {incidents !== null && incidents.length === 0 && (
        <EmptyState icon={Siren} action={record}>
          {t('incidents.empty')}
        </EmptyState>
      )}
      {incidents !== null && incidents.length > 0 && (
        <>
          {record}
          <ul className="rows">
            {incidents.map((stored) => (
              <li key={stored.id}>
                <IncidentRow stored={stored} onOpen={() => go({ page: 'incident', incidentId: stored.id })} />
              </li>
            ))}
          </ul>
        </>
      )}
      <RecordIncidentDialog isOpen={isRecording} onClose={() => setIsRecording(false)} />
    </PrivacyPage>
  );
}

function IncidentRow({ stored, onOpen }: { stored: StoredIncident; onOpen: () => void }) {
  const { t } = useTranslation();
  const now = useClock(30_000);
  const words = useIncidentWords();
  const { kind, what, noticedAt, authority } = stored.incident;
  const isWaiting = stored.closedAt === null && authority.decision !== 'no' && authority.sentAt === null;
  const deadline = notificationDeadline(stored.incident);
  return (
    <RowButton className="row" onPress={onOpen}>
      <span className="row-main">
        <span className="row-title">{t(`incidents.kind.${kind}`)}</span>
        <span className="row-sub ledger-cut">{what}</span>
      </span>
      <span className="row-side times">
        <span className={isWaiting ? 'incident-waiting' : ''}>{words.state(stored, now)}</span>
        <span className="row-sub">
          {isWaiting
            ? t(now > deadline ? 'incidents.deadlineOver' : 'incidents.deadline', { at: words.at(deadline) })
            : words.at(noticedAt)}
        </span>
      </span>
    </RowButton>
  );
}
