import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasTurnServer } from '../../../common/meeting/iceServers';
import { useBridge, usePreferences } from '../../app/AppContext';
import { RelayOnlySwitch } from '../turn/RelayOnlySwitch';

/** The same for who hosts: guests come to the host's computer, so that there is more to say. */
export function HideHostAddress({ relayOnly, onChange }: { relayOnly: boolean; onChange: (on: boolean) => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const preferences = usePreferences((state) => state.preferences);
  const [canRelay, setCanRelay] = useState(false);

  useEffect(() => {
    void bridge['ice.settings']().then((result) => {
      if (result.ok) setCanRelay(result.value.hasSecret && hasTurnServer(result.value.servers));
    });
  }, [bridge]);

  if (!canRelay && !relayOnly && !preferences.relayOnly) return null;
  const { relay } = preferences;
  const invite = relay === '' ? t('turn.inviteShows') : t('turn.inviteHides', { relay });
  const note = relayOnly ? (canRelay ? invite : t('turn.noServerSet')) : null;
  return <RelayOnlySwitch isSelected={relayOnly} onChange={onChange} note={note} />;
}
