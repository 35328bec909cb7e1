import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useNavigation, useNotify, useServices, useSession } from './AppContext';

/** Follows an invite link the app was opened with, once somebody is home and not in a meeting. */
export function useInviteLinks(): void {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { navigation } = useServices().stores;
  const link = useNavigation((state) => state.pendingLink);
  const phase = useSession(({ session }) => session.phase);
  const { say, failed } = useNotify();

  useEffect(() => {
    if (link === null) return;
    navigation.getState().setPendingLink(null);
    if (phase !== 'idle' && phase !== 'ended' && phase !== 'failed') {
      say(t('join.busy'), t('join.busyHint'));
      return;
    }
    navigation.getState().setLastAttempt({ by: 'link', link });
    void (async () => {
      if (phase !== 'idle') await bridge['session.dismiss']();
      const result = await bridge['session.openLink']({ link });
      const now = await bridge['session.state']();
      // A failure that has a screen of its own needs no note.
      if (result.ok || !now.ok || now.value.phase !== 'idle') return;
      if (result.error.code === 'join/address-shown') navigation.getState().setRefusedAttempt({ by: 'link', link });
      else failed(result.error.code);
    })();
  }, [bridge, failed, link, navigation, phase, say, t]);
}
