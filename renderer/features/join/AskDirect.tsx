import { useTranslation } from 'react-i18next';
import { useBridge, useNavigation, useRun, useServices } from '../../app/AppContext';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { openAttempt } from './openAttempt';

/** Somebody hides their address, and the invite they followed leads straight to the host: it is theirs to decide. */
export function AskDirect() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { navigation } = useServices().stores;
  const attempt = useNavigation((state) => state.refusedAttempt);
  const forget = () => navigation.getState().setRefusedAttempt(null);

  function connect() {
    if (attempt === null) return;
    const direct = { ...attempt, direct: true };
    navigation.getState().setLastAttempt(direct);
    void run(openAttempt(bridge, direct));
  }

  return (
    <ConfirmDialog
      title={t('errors.join/address-shown.what')}
      isOpen={attempt !== null}
      danger={false}
      confirm={t('turn.connectAnyway')}
      onConfirm={connect}
      onClose={forget}
    >
      <p>{t('errors.join/address-shown.meaning')}</p>
      <p>{t('errors.join/address-shown.todo')}</p>
    </ConfirmDialog>
  );
}
