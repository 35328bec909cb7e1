import { useTranslation } from 'react-i18next';
import { useBridge, useNavigation } from '../../app/AppContext';
import { RestoreButton } from '../backup/RestoreButton';
import { WipeButton } from '../backup/WipeButton';
import { UnlockForm } from '../lock/UnlockForm';
import { Threshold } from './Threshold';

export function UnlockScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const invited = useNavigation((state) => state.pendingLink !== null);
  return (
    <Threshold title={t('vault.unlockTitle')} intro={t(invited ? 'vault.unlockIntroInvited' : 'vault.unlockIntro')}>
      <UnlockForm secret="passphrase" onUnlock={(passphrase) => bridge['vault.unlock']({ passphrase })} />
      {/* Beside the form: a submit in a dialog would be one of this form too. */}
      <div className="backup-buttons">
        <RestoreButton />
        <WipeButton look="quiet" />
      </div>
    </Threshold>
  );
}
