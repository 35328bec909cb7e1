import { FileLock2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPreview } from '../../../common/backup';
import type { ErrorCode } from '../../../common/errors';
import { useBridge, useLanguage } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/TextField';
import { BackupFailure } from './BackupFailure';

/** Which file it is, and what opens it. */
export function OpenBackup({ onOpened, onClose }: { onOpened: (preview: BackupPreview) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const [fileName, setFileName] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function choose() {
    const result = await bridge['backup.choose']({ language });
    setFailure(result.ok ? null : result.error.code);
    if (result.ok && result.value !== null) setFileName(result.value.fileName);
  }

  async function open(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === '') return;
    setBusy(true);
    setFailure(null);
    const result = await bridge['backup.preview']({ passphrase });
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
    else if (result.value !== null) onOpened(result.value);
  }

  const isWrong = failure === 'backup/passphrase-wrong';
  return (
    <form className="form" onSubmit={(event) => void open(event)} noValidate>
      <p>{t('backup.restoreIntro')}</p>
      {failure !== null && !isWrong && <BackupFailure code={failure} />}
      <div className="backup-file">
        {fileName !== null && <p>{t('backup.chosen', { file: fileName })}</p>}
        <Button icon={FileLock2} autoFocus isDisabled={busy} onPress={() => void choose()}>
          {t(fileName === null ? 'backup.choose' : 'backup.chooseOther')}
        </Button>
      </div>
      {fileName !== null && (
        <TextField
          label={t('backup.passphrase')}
          value={passphrase}
          onChange={(value) => {
            setPassphrase(value);
            setFailure(null);
          }}
          autoFocus
          autoComplete="off"
          reveal={{ show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') }}
          error={isWrong ? `${t(`errors.${failure}.what`)} ${t(`errors.${failure}.todo`)}` : null}
        />
      )}
      <div className="backup-end">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        {fileName !== null && (
          <Button type="submit" look="primary" isPending={busy}>
            {busy ? t('backup.opening') : t('backup.open')}
          </Button>
        )}
      </div>
    </form>
  );
}
