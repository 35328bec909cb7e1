import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { notificationState } from '../../../../common/privacy/incidentState';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { useNavigation, useNotify } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { SaveBar } from '../case/SaveBar';
import { PrivacyPage } from '../PrivacyPage';
import { useKeptData } from '../useKeptData';
import { AffectedSection } from './AffectedSection';
import { AuthoritySection } from './AuthoritySection';
import { ClosedIncident } from './ClosedIncident';
import { FinishSection } from './FinishSection';
import { FirstSteps } from './FirstSteps';
import './incidents.css';
import { PeopleSection } from './PeopleSection';
import { RiskSection } from './RiskSection';
import { SupplementsSection } from './SupplementsSection';
import { useIncidentDraft } from './useIncidentDraft';
import { useIncidents } from './useIncidents';
import { useIncidentWords } from './useIncidentWords';
import { WhatHappened } from './WhatHappened';

/** One personal data breach: what happened, whom it concerns, what follows from it, and the letters for it. */
export function IncidentScreen({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const incidents = useIncidents();
  const facts = useKeptData(askFacts);
  const stored = incidents?.find(({ id }) => id === incidentId);
  return (
    <PrivacyPage
      current="incidents"
      title={stored === undefined ? t('incidents.title') : t(`incidents.kind.${stored.incident.kind}`)}
      intro={t('incidents.intro')}
    >
      <Button look="quiet" icon={ArrowLeft} className="ledger-all" onPress={() => go({ page: 'incidents' })}>
        {t('incidents.back')}
      </Button>
      {incidents !== null && stored === undefined && <p>{t('incidents.notHere')}</p>}
      {stored !== undefined && facts !== null && stored.closedAt === null && (
        <OpenIncident stored={stored} facts={facts} />
      )}
      {stored !== undefined && facts !== null && stored.closedAt !== null && (
        <ClosedIncident stored={stored} facts={facts} />
      )}
    </PrivacyPage>
  );
}

const askFacts = (bridge: Bridge) => bridge['privacy.facts']();

function OpenIncident({ stored, facts }: { stored: StoredIncident; facts: PrivacyFacts }) {
  const { t } = useTranslation();
  const { say } = useNotify();
  const draft = useIncidentDraft(stored);
  const { incident, isDirty, change, save } = draft;
  // The documents say what is on the screen.
  const shown = { ...stored, incident };
  return (
    <>
      <DeadlineBanner stored={shown} />
      <FirstSteps kind={incident.kind} />
      <WhatHappened incident={incident} change={change} />
      <AffectedSection incident={incident} change={change} />
      <RiskSection incident={incident} change={change} facts={facts} />
      <AuthoritySection stored={shown} change={change} facts={facts} />
      <PeopleSection stored={shown} change={change} facts={facts} />
      <SupplementsSection incident={incident} change={change} />
      <FinishSection stored={shown} save={save} facts={facts} />
      {isDirty && (
        <SaveBar
          text={t('incidents.unsaved')}
          onSave={() =>
            void save().then((isSaved) => {
              if (isSaved) say(t('common.saved'));
            })
          }
        />
      )}
    </>
  );
}

function DeadlineBanner({ stored }: { stored: StoredIncident }) {
  const { t } = useTranslation();
  const words = useIncidentWords();
  const now = useClock(30_000);
  const found = notificationState(stored.incident, now);
  if (found.state === 'none' || found.state === 'sent') return null;
  const isOver = found.state === 'overdue';
  return (
    <Banner
      tone={isOver ? 'danger' : 'warning'}
      role="region"
      title={isOver ? t('incidents.overdue') : t('incidents.running', { left: words.left(found.leftMs) })}
    >
      {t(isOver ? 'incidents.overdueText' : 'incidents.runningText', { at: words.at(found.deadline) })}
    </Banner>
  );
}
