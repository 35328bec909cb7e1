import { useTranslation } from 'react-i18next';
import { hasTurnServer } from '../../../common/meeting/iceServers';
import type { Invitation } from '../../../common/meeting/sessionState';
import { usePreferences } from '../../app/AppContext';
import { RelayOnlySwitch } from '../turn/RelayOnlySwitch';

export interface HideAddressProps {
  readonly invitation: Invitation;
  readonly relayOnly: boolean;
  readonly onChange: (relayOnly: boolean) => void;
}

/** For this meeting: from whom one's address is hidden, and what that costs. Offered where it can work, or is wished for. */
export function HideAddress({ invitation, relayOnly, onChange }: HideAddressProps) {
  const { t } = useTranslation();
  const wished = usePreferences(({ preferences }) => preferences.relayOnly);
  const { notice, addressShown } = invitation;
  const canRelay = hasTurnServer(notice.iceServers);
  if (!canRelay && !relayOnly && !wished) return null;
  const from = addressShown ? t('turn.hostKnows') : t('turn.hostSees', { relay: notice.relay ?? '' });
  const note = relayOnly ? (canRelay ? from : t('turn.noServerHere')) : null;
  return <RelayOnlySwitch isSelected={relayOnly} onChange={onChange} note={note} />;
}
