import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode, Result } from '../../../common/errors';
import type { LockSecret } from '../../../common/lock';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Disclosure } from '../../ui/Disclosure';
import { TextField } from '../../ui/TextField';
import { useWaitSeconds } from './useWaitSeconds';

const wrong: ReadonlySet<ErrorCode> = new Set(['vault/passphrase-wrong', 'lock/code-wrong']);

export interface UnlockFormProps {
  readonly secret: LockSecret;
  readonly onUnlock: (secret: string) => Promise<Result<unknown>>;
}

/** Asks for what opens the vault, or the locked app. */
export function UnlockForm({ secret, onUnlock }: UnlockFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const wait = useWaitSeconds();
  const isCode = secret === 'code';

  async function unlock(event: FormEvent) {
    event.preventDefault();
    if (busy || typed === '' || wait > 0) return;
    setBusy(true);
    setFailure(null);
    const result = await onUnlock(typed);
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
  }

  const said =
    failure !== null && wrong.has(failure) ? `${t(`errors.${failure}.what`)} ${t(`errors.${failure}.todo`)}` : null;
  return (
    <form className="form" onSubmit={(event) => void unlock(event)} noValidate>
      {failure !== null && !wrong.has(failure) && failure !== 'lock/too-many-attempts' && (
        <Banner tone="danger" role="alert" title={t(`errors.${failure}.what`)}>
          {t(`errors.${failure}.todo`)}
        </Banner>
      )}
      <TextField
        label={isCode ? t('lock.code') : t('vault.passphrase')}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setFailure(null);
        }}
        autoFocus
        autoComplete="current-password"
        reveal={
          isCode
            ? { show: t('lock.showCode'), hide: t('lock.hideCode') }
            : { show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') }
        }
        error={wait > 0 ? t('lock.wait', { count: wait }) : said}
      />
      <div>
        <Button type="submit" look="primary" size="l" isPending={busy} isDisabled={wait > 0}>
          {busy ? t('vault.unlocking') : t('vault.unlock')}
        </Button>
      </div>
      <Disclosure label={isCode ? t('lock.codeForgotten') : t('vault.forgotten')}>
        <p className="small">{isCode ? t('lock.codeForgottenText') : t('vault.forgottenText')}</p>
      </Disclosure>
    </form>
  );
}
