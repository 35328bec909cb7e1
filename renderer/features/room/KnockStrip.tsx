import { DoorClosed } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Knock } from '../../../common/meeting/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useRun } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { RegistrationAnswers } from '../registration/RegistrationAnswers';
import { KnownAs } from '../join/KnownAs';
import { EarlierKeyWarning } from '../verification/EarlierKeyWarning';

/** Who is at the door, above the tiles so that nobody's face is covered. The rest wait in the people panel. */
export function KnockStrip({ knocks, atDoor }: { knocks: readonly Knock[]; atDoor: MeetingState['atDoor'] }) {
  const { t } = useTranslation();
  const [first, ...others] = knocks;
  if (first === undefined) return null;
  return (
    <section className="knock" aria-label={t('room.knocking')}>
      <DoorClosed size={22} strokeWidth={1.8} aria-hidden className="knock-door" />
      <KnockPerson knock={first} />
      {others.length > 0 && <span className="knock-more">{t('room.knockMore', { count: others.length })}</span>}
      <KnockAnswers knock={first} />
      <FilledIn answers={atDoor[first.knockId]} />
      {first.earlierKey !== null && <EarlierKeyWarning name={first.name} earlierKey={first.earlierKey} place="door" />}
    </section>
  );
}

/** What the person told at the door, as far as anything was asked. */
export function FilledIn({ answers }: { answers: MeetingState['atDoor'][string] | undefined }) {
  const { t } = useTranslation();
  if (answers === undefined || answers.length === 0) return null;
  return <RegistrationAnswers answers={answers} label={t('registration.atDoor')} />;
}

export function KnockPerson({ knock }: { knock: Knock }) {
  const { t } = useTranslation();
  return (
    <div className="knock-person">
      <Avatar id={knock.identityKey} name={knock.name} size={36} />
      <div>
        <strong>{t('room.knocks', { name: knock.name })}</strong>
        <KnownAs name={knock.name} standing={knock} />
      </div>
    </div>
  );
}

export function KnockAnswers({ knock }: { knock: Knock }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { knockId, name, earlierKey } = knock;
  const [doubting, setDoubting] = useState(false);
  const admit = () => void run(bridge['session.admit']({ knockId }));
  return (
    <div className="knock-answers">
      <Button aria-label={t('room.refuseName', { name })} onPress={() => void run(bridge['session.deny']({ knockId }))}>
        {t('room.refuse')}
      </Button>
      <Button
        look="primary"
        aria-label={t('room.admitName', { name })}
        onPress={earlierKey === null ? admit : () => setDoubting(true)}
      >
        {t('room.admit')}
      </Button>
      {earlierKey !== null && (
        <ConfirmDialog
          title={t('verification.admitTitle', { name })}
          isOpen={doubting}
          confirm={t('verification.admitAnyway')}
          onConfirm={admit}
          onClose={() => setDoubting(false)}
        >
          <EarlierKeyWarning name={name} earlierKey={earlierKey} place="door" />
        </ConfirmDialog>
      )}
    </div>
  );
}
