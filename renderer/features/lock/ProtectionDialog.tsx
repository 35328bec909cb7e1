import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import type { LockSecret } from '../../../common/lock';
import { useBridge, useNotify } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { passphraseMinimum, passphraseStrength } from '../vault/passphraseStrength';
import { StrengthBar } from '../vault/StrengthBar';
import { useWaitSeconds } from './useWaitSeconds';

export type ProtectionChange = 'change' | 'to-passphrase' | 'to-keychain';

const words = {
  change: { title: 'lock.changeTitle', text: 'lock.changeText', done: 'lock.change' },
  'to-passphrase': { title: 'lock.toPassphraseTitle', text: 'lock.toPassphraseText', done: 'lock.protect' },
  'to-keychain': { title: 'lock.toKeychainTitle', text: 'lock.toKeychainText', done: 'lock.switch' },
} as const satisfies Record<ProtectionChange, object>;

const fieldErrors: ReadonlySet<ErrorCode> = new Set([
  'vault/passphrase-wrong',
  'vault/passphrase-weak',
  'lock/code-wrong',
]);

export interface ProtectionDialogProps {
  readonly change: ProtectionChange;
  /** What opens the app now and is asked for first; null: nothing does. */
  readonly secret: LockSecret | null;
  readonly onClose: () => void;
}

/** Puts the vault's key behind another passphrase, behind one at all, or into the keychain. */
export function ProtectionDialog({ change, secret, onClose }: ProtectionDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { say } = useNotify();
  const wait = useWaitSeconds();
  const [current, setCurrent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const needsNew = change !== 'to-keychain';
  const strength = passphraseStrength(passphrase);
  const tooShort = strength.grade === 'empty' || strength.grade === 'short';
  const newError =
    needsNew && tooShort
      ? t('vault.passphraseTooShort', { count: passphraseMinimum })
      : failure === 'vault/passphrase-weak'
        ? t('errors.vault/passphrase-weak.todo')
        : null;
  const repeatedError = needsNew && passphrase !== repeated ? t('vault.passphraseDiffers') : null;
  const currentError =
    failure === 'vault/passphrase-wrong' || failure === 'lock/code-wrong'
      ? `${t(`errors.${failure}.what`)} ${t(`errors.${failure}.todo`)}`
      : null;
  const reveal = { show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (newError !== null || repeatedError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy || wait > 0) return;
    setBusy(true);
    const result = await bridge['lock.protect']({
      current: secret === null ? null : current,
      passphrase: needsNew ? passphrase : null,
    });
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.code);
      return;
    }
    onClose();
    say(t('lock.changed'));
  }

  return (
    <Dialog title={t(words[change].title)} isOpen onClose={onClose} isDismissable={false}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <p>{t(words[change].text)}</p>
        {failure !== null && !fieldErrors.has(failure) && failure !== 'lock/too-many-attempts' && (
          <Banner tone="danger" role="alert" title={t(`errors.${failure}.what`)}>
            {t(`errors.${failure}.todo`)}
          </Banner>
        )}
        {secret !== null && (
          <TextField
            label={secret === 'code' ? t('lock.currentCode') : t('lock.current')}
            value={current}
            onChange={(value) => {
              setCurrent(value);
              setFailure(null);
            }}
            autoFocus
            autoComplete="current-password"
            reveal={reveal}
            error={wait > 0 ? t('lock.wait', { count: wait }) : currentError}
          />
        )}
        {needsNew && (
          <>
            <TextField
              label={t('lock.newPassphrase')}
              value={passphrase}
              onChange={setPassphrase}
              autoFocus={secret === null}
              autoComplete="new-password"
              reveal={reveal}
              hint={<StrengthBar strength={strength} />}
              error={checked ? newError : null}
            />
            <TextField
              label={t('lock.newPassphraseAgain')}
              value={repeated}
              onChange={setRepeated}
              autoComplete="new-password"
              reveal={reveal}
              error={checked ? repeatedError : null}
            />
          </>
        )}
        <p className="small">{t('lock.copies')}</p>
        <div className="lock-buttons lock-buttons-end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={busy} isDisabled={wait > 0}>
            {busy ? t('lock.changing') : t(words[change].done)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
