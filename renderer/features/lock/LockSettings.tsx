import { KeyRound, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lockMinutes, minutesUntilLock } from '../../../common/lock';
import { useBridge, useLock, usePreferences, useRun, useVault } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { useShortcutWords } from '../room/useShortcuts';
import { LockCodeDialog } from './LockCodeDialog';
import { ProtectionDialog, type ProtectionChange } from './ProtectionDialog';
import { useLockNow } from './useLockNow';
import './lock.css';

type Open = ProtectionChange | 'code' | 'remove-code' | null;

/** What protects what is stored, and when the app locks. */
export function LockSettings() {
  const { t } = useTranslation();
  const vault = useVault((state) => state.vault);
  const { secret, keychain } = useLock((state) => state.lock);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const byPassphrase = vault.phase === 'open' && vault.protection === 'passphrase';

  return (
    <div className="settings-fields lock-settings">
      <div className="lock-block">
        <h3>{t('lock.protection')}</h3>
        <p className="lock-protection">
          <KeyRound size={18} aria-hidden />
          {byPassphrase ? t('lock.byPassphrase') : t('lock.byKeychain')}
        </p>
        <p className="small">{byPassphrase ? t('lock.byPassphraseText') : t('lock.byKeychainText')}</p>
        <div className="lock-buttons">
          {byPassphrase ? (
            <>
              <Button onPress={() => setOpen('change')}>{t('lock.changePassphrase')}</Button>
              {keychain && <Button onPress={() => setOpen('to-keychain')}>{t('lock.toKeychain')}</Button>}
            </>
          ) : (
            <Button look="primary" onPress={() => setOpen('to-passphrase')}>
              {t('lock.toPassphrase')}
            </Button>
          )}
        </div>
      </div>
      {!byPassphrase && (
        <div className="lock-block">
          <h3>{t('lock.codeTitle')}</h3>
          <p className="small">{t('lock.codeText')}</p>
          <div className="lock-buttons">
            <Button onPress={() => setOpen('code')}>
              {secret === 'code' ? t('lock.codeChange') : t('lock.codeSet')}
            </Button>
            {secret === 'code' && <Button onPress={() => setOpen('remove-code')}>{t('lock.codeRemove')}</Button>}
          </div>
        </div>
      )}
      {secret !== null && <LockTimes />}
      {(open === 'change' || open === 'to-passphrase' || open === 'to-keychain') && (
        <ProtectionDialog change={open} secret={secret} onClose={close} />
      )}
      {(open === 'code' || open === 'remove-code') && (
        <LockCodeDialog isSet={secret === 'code'} removes={open === 'remove-code'} onClose={close} />
      )}
    </div>
  );
}

/** When the app locks by itself, and a button to do it now. */
function LockTimes() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const lockNow = useLockNow();
  const keys = useShortcutWords();
  const secret = useLock((state) => state.lock.secret);
  const { lockAfter, lockInMeetings } = usePreferences((state) => state.preferences);
  const minutes = minutesUntilLock(lockAfter, secret);
  return (
    <>
      <Select
        label={t('lock.after')}
        hint={t('lock.afterHint', { keys: keys.text('lock') })}
        options={lockMinutes.map((count) => ({
          id: `${count}`,
          label: count === 0 ? t('lock.afterNever') : t('lock.afterMinutes', { count }),
        }))}
        value={`${minutes}`}
        onChange={(chosen) => {
          const next = lockMinutes.find((count) => `${count}` === chosen);
          if (next !== undefined) void run(bridge['preferences.set']({ lockAfter: next }));
        }}
      />
      <Switch
        label={t('lock.inMeetings')}
        hint={t('lock.inMeetingsHint')}
        states={{ on: t('common.yes'), off: t('common.no') }}
        isSelected={lockInMeetings}
        isDisabled={minutes === 0}
        onChange={(on) => void run(bridge['preferences.set']({ lockInMeetings: on }))}
      />
      <Button icon={LockKeyhole} onPress={lockNow}>
        {t('lock.now')}
      </Button>
    </>
  );
}
