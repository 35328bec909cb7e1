import { Ellipsis, Lock, LockOpen, MessageSquareQuote, PencilLine, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import type { PersonStanding } from '../../../../common/privacy/personStanding';
import { Button } from '../../../ui/Button';
import { Menu } from '../../../ui/Menu';
import { CorrectNameDialog } from './CorrectNameDialog';
import { LiftRestrictionDialog } from './LiftRestrictionDialog';
import { PersonObjectionsDialog } from './PersonObjectionsDialog';
import { RestrictDialog } from './RestrictDialog';
import { StatementDialog } from './StatementDialog';

/** Null: none. */
export type OpenedRight = 'correct' | 'statement' | 'restrict' | 'lift' | 'object' | null;

export interface RightsMenuProps {
  readonly isRestricted: boolean;
  readonly onOpen: (right: OpenedRight) => void;
}

/** The rights besides access and erasure (Art. 16, 18, 21 GDPR). */
export function RightsMenu({ isRestricted, onOpen }: RightsMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t('rights.menu')}
      placement="bottom start"
      trigger={<Button icon={Ellipsis}>{t('rights.menu')}</Button>}
      entries={[
        { id: 'correct', label: t('rights.correct'), icon: PencilLine, onAction: () => onOpen('correct') },
        {
          id: 'statement',
          label: t('rights.statement'),
          icon: MessageSquareQuote,
          onAction: () => onOpen('statement'),
        },
        isRestricted
          ? { id: 'lift', label: t('rights.lift'), icon: LockOpen, onAction: () => onOpen('lift') }
          : { id: 'restrict', label: t('rights.restrict'), icon: Lock, onAction: () => onOpen('restrict') },
        { id: 'object', label: t('rights.object'), icon: VideoOff, onAction: () => onOpen('object') },
      ]}
    />
  );
}

export interface RightDialogProps {
  readonly person: HeldPerson;
  readonly standing: PersonStanding;
  readonly opened: OpenedRight;
  readonly onClose: () => void;
}

/** The dialog of whichever right was chosen. */
export function RightDialog({ person, standing, opened, onClose }: RightDialogProps) {
  switch (opened) {
    case null:
      return null;
    case 'correct':
      return <CorrectNameDialog person={person} onClose={onClose} />;
    case 'statement':
      return <StatementDialog person={person} onClose={onClose} />;
    case 'restrict':
      return <RestrictDialog person={person} onClose={onClose} />;
    case 'lift':
      return <LiftRestrictionDialog person={person} onClose={onClose} />;
    case 'object':
      return <PersonObjectionsDialog person={person} standing={standing} onClose={onClose} />;
  }
}
