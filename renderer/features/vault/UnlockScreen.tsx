import { useTranslation } from 'react-i18next';
import { useBridge, useNavigation } from '../../app/AppContext';
import { UnlockForm } from '../lock/UnlockForm';
import { Threshold } from './Threshold';

export function UnlockScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const invited = useNavigation((state) => state.pendingLink !== null);
  return (
    <Threshold title={t('vault.unlockTitle')} intro={t(invited ? 'vault.unlockIntroInvited' : 'vault.unlockIntro')}>
      <UnlockForm secret="passphrase" onUnlock={(passphrase) => bridge['vault.unlock']({ passphrase })} />
    </Threshold>
  );
}
