import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Knock } from '../../../common/meeting/models';
import { useBridge, useRun } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { KnownAs } from '../join/KnownAs';

/** Who is at the door, above the tiles so that nobody's face is covered. The rest wait in the people panel. */
export function KnockStrip({ knocks }: { knocks: readonly Knock[] }) {
  const { t } = useTranslation();
  const [first, ...others] = knocks;
  if (first === undefined) return null;
  return (
    <section className="knock" aria-label={t('room.knocking')}>
      <DoorClosed size={22} strokeWidth={1.8} aria-hidden className="knock-door" />
      <KnockPerson knock={first} />
      {others.length > 0 && <span className="knock-more">{t('room.knockMore', { count: others.length })}</span>}
      <KnockAnswers knock={first} />
    </section>
  );
}

export function KnockPerson({ knock }: { knock: Knock }) {
  const { t } = useTranslation();
  return (
    <div className="knock-person">
      <Avatar id={knock.identityKey} name={knock.name} size={36} />
      <div>
        <strong>{t('room.knocks', { name: knock.name })}</strong>
        <KnownAs name={knock.name} knownAs={knock.knownAs} />
      </div>
    </div>
  );
}

export function KnockAnswers({ knock }: { knock: Knock }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { knockId, name } = knock;
  return (
    <div className="knock-answers">
      <Button aria-label={t('room.refuseName', { name })} onPress={() => void run(bridge['session.deny']({ knockId }))}>
        {t('room.refuse')}
      </Button>
      <Button
        look="primary"
        aria-label={t('room.admitName', { name })}
        onPress={() => void run(bridge['session.admit']({ knockId }))}
      >
        {t('room.admit')}
      </Button>
    </div>
  );
}
