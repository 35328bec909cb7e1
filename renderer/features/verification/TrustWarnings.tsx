import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import type { EarlierKey } from '../../../common/verification/standing';
import type { PeerTrust } from '../../../common/verification/trust';
import { useBridge, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { useEarlierKeyText } from './EarlierKeyWarning';

export interface TrustWarningsProps {
  readonly meeting: MeetingState;
  readonly onCompare: (person: Participant) => void;
  readonly onLeave: () => void;
}

/** Above the tiles: with whom something is wrong, and who would like to compare. What is wrong stays until it is settled. */
export function TrustWarnings({ meeting, onCompare, onLeave }: TrustWarningsProps) {
  return (
    <div className="stage-trouble trust-warnings">
      {meeting.trust.map((trust) => {
        const person = meeting.participants.find(({ id }) => id === trust.participantId);
        return person === undefined ? null : (
          <TrustWarning
            key={person.id}
            trust={trust}
            person={person}
            onCompare={() => onCompare(person)}
            onLeave={onLeave}
          />
        );
      })}
    </div>
  );
}

interface TrustWarningProps {
  readonly trust: PeerTrust;
  readonly person: Participant;
  readonly onCompare: () => void;
  readonly onLeave: () => void;
}

function TrustWarning({ trust, person, onCompare, onLeave }: TrustWarningProps) {
  const { t } = useTranslation();
  const { name } = person;
  const leave = (
    <Button look="danger" onPress={onLeave}>
      {t('verification.leave')}
    </Button>
  );
  if (trust.isBroken) {
    return (
      <Banner tone="danger" role="alert" title={t('verification.brokenTitle', { name })} actions={leave}>
        {t('verification.brokenText', { name })}
      </Banner>
    );
  }
  if (trust.differs) {
    const again = <Button onPress={onCompare}>{t('verification.compareAgain')}</Button>;
    return (
      <Banner
        tone="danger"
        role="alert"
        title={t('verification.differsBanner', { name })}
        actions={
          <>
            {again}
            {leave}
          </>
        }
      >
        {t('verification.differsBannerText')}
      </Banner>
    );
  }
  if (trust.earlierKey !== null) {
    return <ChangedKey person={person} earlierKey={trust.earlierKey} onCompare={onCompare} />;
  }
  return trust.isAsking ? <AskedToCompare key={trust.securedGeneration} name={name} onCompare={onCompare} /> : null;
}

interface ChangedKeyProps {
  readonly person: Participant;
  readonly earlierKey: EarlierKey;
  readonly onCompare: () => void;
}

/** Cannot be waved away: it goes when codes were compared, or when somebody has said twice that they know why. */
function ChangedKey({ person: { id, name }, earlierKey, onCompare }: ChangedKeyProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [accepting, setAccepting] = useState(false);
  const text = useEarlierKeyText(name, earlierKey);
  return (
    <>
      <Banner
        tone="danger"
        role="alert"
        title={t('verification.changedTitle', { name })}
        actions={
          <>
            <Button onPress={() => setAccepting(true)}>{t('verification.changedWhy')}</Button>
            <Button look="primary" onPress={onCompare}>
              {t('verification.compare')}
            </Button>
          </>
        }
      >
        {text} {t('verification.changedRoom', { name })}
      </Banner>
      <ConfirmDialog
        title={t('verification.acceptTitle', { name })}
        isOpen={accepting}
        confirm={t('verification.accept')}
        onConfirm={() => void run(bridge['verification.accept']({ participantId: id }))}
        onClose={() => setAccepting(false)}
      >
        <p>{t('verification.acceptText')}</p>
      </ConfirmDialog>
    </>
  );
}

function AskedToCompare({ name, onCompare }: { name: string; onCompare: () => void }) {
  const { t } = useTranslation();
  const [later, setLater] = useState(false);
  if (later) return null;
  return (
    <Banner
      title={t('verification.asks', { name })}
      actions={
        <>
          <Button onPress={() => setLater(true)}>{t('verification.later')}</Button>
          <Button look="primary" onPress={onCompare}>
            {t('verification.compare')}
          </Button>
        </>
      }
    />
  );
}
