import { Ellipsis, Lock, LockOpen, MessageSquareQuote, PencilLine, VideoOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import { Button } from '../../../ui/Button';
import { Menu } from '../../../ui/Menu';
import { CorrectNameDialog } from './CorrectNameDialog';
import { InForce } from './InForce';
import { LiftRestrictionDialog } from './LiftRestrictionDialog';
import { PersonObjectionsDialog } from './PersonObjectionsDialog';
import { RestrictDialog } from './RestrictDialog';
import { StatementDialog } from './StatementDialog';
import { usePersonStanding } from './usePersonStanding';

type Opened = 'correct' | 'statement' | 'restrict' | 'lift' | 'object' | null;

/** What a person has asked for besides access and erasure, and the ways to carry out more (Art. 16, 18, 21 GDPR). */
export function PersonRights({ person }: { person: HeldPerson }) {
  const { t } = useTranslation();
  const standing = usePersonStanding(person.identityKey);
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  if (standing === null) return null;
  const isRestricted = standing.restriction !== null;

  return (
    <>
      <InForce person={person} standing={standing} onLift={() => setOpened('lift')} />
      <Menu
        label={t('rights.menu')}
        placement="bottom start"
        trigger={
          <Button icon={Ellipsis} className="ledger-all">
            {t('rights.menu')}
          </Button>
        }
        entries={[
          { id: 'correct', label: t('rights.correct'), icon: PencilLine, onAction: () => setOpened('correct') },
          {
            ...{ id: 'statement', label: t('rights.statement'), icon: MessageSquareQuote },
            onAction: () => setOpened('statement'),
          },
          isRestricted
            ? { id: 'lift', label: t('rights.lift'), icon: LockOpen, onAction: () => setOpened('lift') }
            : { id: 'restrict', label: t('rights.restrict'), icon: Lock, onAction: () => setOpened('restrict') },
          { id: 'object', label: t('rights.object'), icon: VideoOff, onAction: () => setOpened('object') },
        ]}
      />
      {opened === 'correct' && <CorrectNameDialog person={person} onClose={close} />}
      {opened === 'statement' && <StatementDialog person={person} onClose={close} />}
      {opened === 'restrict' && <RestrictDialog person={person} onClose={close} />}
      {opened === 'lift' && <LiftRestrictionDialog person={person} onClose={close} />}
      {opened === 'object' && <PersonObjectionsDialog person={person} standing={standing} onClose={close} />}
    </>
  );
}
