import { KeyRound, ShieldCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { limits } from '../../../common/meeting/limits';
import { nameSchema } from '../../../common/meeting/models';
import type { VaultProtection } from '../../../common/vaultState';
import { useBridge } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { RestoreButton } from '../backup/RestoreButton';
import { passphraseMinimum, passphraseStrength } from './passphraseStrength';
import { StrengthBar } from './StrengthBar';
import { Threshold } from './Threshold';

export function CreateScreen({ protection }: { protection: VaultProtection }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  const needsPassphrase = protection === 'passphrase';
  const strength = passphraseStrength(passphrase);
  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');
  const passphraseError =
    needsPassphrase && (strength.grade === 'empty' || strength.grade === 'short')
      ? t('vault.passphraseTooShort', { count: passphraseMinimum })
      : failure === 'vault/passphrase-weak'
        ? t('errors.vault/passphrase-weak.todo')
        : null;
  const repeatedError = needsPassphrase && passphrase !== repeated ? t('vault.passphraseDiffers') : null;

  async function create(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const weak = needsPassphrase && (strength.grade === 'empty' || strength.grade === 'short');
    if (nameError !== null || weak || repeatedError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    setBusy(true);
    const result = await bridge['vault.create']({ name, contact, passphrase: needsPassphrase ? passphrase : null });
    setBusy(false);
    setFailure(result.ok ? null : result.error.code);
  }

  return (
    <Threshold title={t('vault.createTitle')} intro={t('vault.createIntro')}>
      <form className="form" onSubmit={(event) => void create(event)} noValidate>
        {failure !== null && failure !== 'vault/passphrase-weak' && (
          <Banner tone="danger" role="alert" title={t(`errors.${failure}.what`)}>
            {t(`errors.${failure}.todo`)}
          </Banner>
        )}
        <div className="form-row">
          <TextField
            label={t('common.yourName')}
            value={name}
            onChange={setName}
            maxLength={limits.nameLength}
            autoFocus
            autoComplete="off"
            hint={t('vault.nameHint')}
            error={checked ? nameError : null}
          />
          <TextField
            label={t('vault.contact')}
            value={contact}
            onChange={setContact}
            maxLength={limits.contactLength}
            autoComplete="off"
            hint={t('vault.contactHint')}
          />
        </div>
        {needsPassphrase ? (
          <fieldset className="fieldset">
            <legend>{t('vault.passphraseTitle')}</legend>
            <p className="fieldset-text">{t('vault.passphraseWhy')}</p>
            <div className="form-row">
              <TextField
                label={t('vault.passphrase')}
                value={passphrase}
                onChange={setPassphrase}
                autoComplete="new-password"
                reveal={{ show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') }}
                hint={<StrengthBar strength={strength} />}
                error={checked ? passphraseError : null}
              />
              <TextField
                label={t('vault.passphraseAgain')}
                value={repeated}
                onChange={setRepeated}
                autoComplete="new-password"
                reveal={{ show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') }}
                error={checked ? repeatedError : null}
              />
            </div>
          </fieldset>
        ) : (
          <p className="note">
            <KeyRound size={20} aria-hidden />
            <span>{t('vault.keychainWhy')}</span>
          </p>
        )}
        <p className="note">
          <ShieldCheck size={20} aria-hidden />
          <span>{t('vault.stays')}</span>
        </p>
        <div>
          <Button type="submit" look="primary" size="l" isPending={busy}>
            {busy ? t('vault.creating') : t('vault.create')}
          </Button>
        </div>
      </form>
      {/* Beside the form: a submit in the dialog would be one of this form too. */}
      <div>
        <RestoreButton />
      </div>
    </Threshold>
  );
}
