import { useTranslation } from 'react-i18next';
import type { NearbyVisibility } from '../../../common/meeting/nearby';
import type { Invite, MeetingState } from '../../../common/meeting/sessionState';
import { Dialog } from '../../ui/Dialog';
import { InviteDetails } from './InviteDetails';

export function InviteDialog({
  invite,
  nearby,
  passcode,
  meeting,
  isOpen,
  onClose,
}: {
  invite: Invite | null;
  nearby: NearbyVisibility | null;
  passcode: string | null;
  meeting: MeetingState;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('room.inviteTitle')} isOpen={isOpen && invite !== null} onClose={onClose} size="s">
      <p>{t('room.inviteText')}</p>
      {invite !== null && (
        <InviteDetails key={invite.link} invite={invite} nearby={nearby} passcode={passcode} meeting={meeting} />
      )}
    </Dialog>
  );
}
