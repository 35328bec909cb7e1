import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { useBridge, useNavigation } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Disclosure } from '../../ui/Disclosure';
import { TextField } from '../../ui/TextField';
import { Threshold } from './Threshold';

export function UnlockScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const invited = useNavigation((state) => state.pendingLink !== null);
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  async function unlock(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === '') return;
    setBusy(true);
    setFailure(null);
    const result = await bridge['vault.unlock']({ passphrase });
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
  }

  return (
    <Threshold title={t('vault.unlockTitle')} intro={t(invited ? 'vault.unlockIntroInvited' : 'vault.unlockIntro')}>
      <form className="form" onSubmit={(event) => void unlock(event)} noValidate>
        {failure !== null && failure !== 'vault/passphrase-wrong' && (
          <Banner tone="danger" role="alert" title={t(`errors.${failure}.what`)}>
            {t(`errors.${failure}.todo`)}
          </Banner>
        )}
        <TextField
          label={t('vault.passphrase')}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value);
            setFailure(null);
          }}
          autoFocus
          autoComplete="current-password"
          reveal={{ show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') }}
          error={
            failure === 'vault/passphrase-wrong'
              ? `${t('errors.vault/passphrase-wrong.what')} ${t('errors.vault/passphrase-wrong.todo')}`
              : null
          }
        />
        <div>
          <Button type="submit" look="primary" size="l" isPending={busy}>
            {busy ? t('vault.unlocking') : t('vault.unlock')}
          </Button>
        </div>
        <Disclosure label={t('vault.forgotten')}>
          <p className="small">{t('vault.forgottenText')}</p>
        </Disclosure>
      </form>
    </Threshold>
  );
}
