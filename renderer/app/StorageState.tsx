import { LockKeyhole } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useVault } from './AppContext';

/** That what is stored here is encrypted, and who holds the key. */
export function StorageState() {
  const { t } = useTranslation();
  const vault = useVault((state) => state.vault);
  const text =
    vault.phase === 'open' && vault.protection === 'passphrase'
      ? t('start.lockedPassphrase')
      : t('start.lockedKeychain');
  return (
    <DialogTrigger>
      <Button className="lock-state">
        <LockKeyhole size={16} strokeWidth={2} aria-hidden />
        <span className="lock-word">{t('start.locked')}</span>
      </Button>
      <Popover className="popover" placement="bottom end" offset={8}>
        <Dialog className="lock-popover">
          <Heading slot="title" level={2}>
            {t('start.lockedTitle')}
          </Heading>
          <p>{text}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
