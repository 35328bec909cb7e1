import { LockKeyhole } from 'lucide-react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLockNow } from '../features/lock/useLockNow';
import { useShortcutWords } from '../features/room/useShortcuts';
import { Button as PlainButton } from '../ui/Button';
import { useLock, useNavigation, useVault } from './AppContext';

/** That what is stored here is encrypted, and who holds the key. */
export function StorageState() {
  const { t } = useTranslation();
  const vault = useVault((state) => state.vault);
  const canLock = useLock((state) => state.lock.secret !== null);
  const go = useNavigation((state) => state.go);
  const lockNow = useLockNow();
  const keys = useShortcutWords();
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
          {({ close }) => (
            <>
              <Heading slot="title" level={2}>
                {t('start.lockedTitle')}
              </Heading>
              <p>{text}</p>
              <div className="lock-popover-actions">
                {canLock ? (
                  <>
                    <PlainButton icon={LockKeyhole} aria-keyshortcuts={keys.aria('lock')} onPress={lockNow}>
                      {t('lock.now')}
                    </PlainButton>
                    <span className="small">{keys.text('lock')}</span>
                  </>
                ) : (
                  <PlainButton
                    onPress={() => {
                      close();
                      go({ page: 'settings' });
                    }}
                  >
                    {t('lock.setUp')}
                  </PlainButton>
                )}
              </div>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
