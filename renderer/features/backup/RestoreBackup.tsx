import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPreview } from '../../../common/backup';
import type { ErrorCode } from '../../../common/errors';
import { useBridge, useLanguage, useNotify, useServices } from '../../app/AppContext';
import { formatDate, formatTime } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { BackupFailure } from './BackupFailure';
import { BackupProgressBar } from './BackupProgressBar';
import { isTypedWell, nothingTyped, PassphrasePair } from './PassphrasePair';
import { useBackupWords } from './useBackupWords';

/** What is in a backup, what restoring it means, and the restoring. */
export function RestoreBackup({
  preview,
  onRestored,
  onClose,
}: {
  preview: BackupPreview;
  onRestored: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const { say } = useNotify();
  const { backup } = useServices().stores;
  const words = useBackupWords();
  const [typed, setTyped] = useState(nothingTyped);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const { createdAt, appVersion, bytes, here, protection } = preview;

  async function restore(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (protection === 'passphrase' && !isTypedWell(typed)) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    backup.setState({ progress: null });
    setBusy(true);
    setFailure(null);
    const result = await bridge['backup.restore']({ passphrase: protection === 'passphrase' ? typed.first : null });
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.code);
      return;
    }
    if (result.value === null) return;
    const { erasedAgain, keptIn } = result.value;
    const again = erasedAgain !== null && erasedAgain > 0 ? t('backup.erasedAgain', { count: erasedAgain }) : null;
    // What was erased is known of a vault that was open, what is kept is one that could not be.
    say(t('backup.restored'), keptIn === null ? again : t('backup.keptIn', { folder: keptIn }));
    onRestored();
  }

  if (busy) {
    return (
      <div className="form">
        <BackupProgressBar />
        <div className="backup-end">
          <Button autoFocus onPress={() => void bridge['backup.cancel']()}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form className="form" onSubmit={(event) => void restore(event)} noValidate>
      {failure !== null && <BackupFailure code={failure} />}
      <dl className="backup-facts" aria-label={t('backup.inIt')}>
        <dt>{t('backup.savedAt')}</dt>
        <dd>
          {t('backup.savedAtValue', {
            date: formatDate(createdAt, language),
            time: formatTime(createdAt, language),
            version: appVersion,
          })}
        </dd>
        <dt>{t('backup.content')}</dt>
        <dd>{words.counts(preview)}</dd>
        <dt>{t('backup.size')}</dt>
        <dd>{words.size(bytes)}</dd>
      </dl>
      {here !== null && (
        <Banner tone="danger" role="region" title={t('backup.replaces', { what: words.counts(here) })}>
          {t('backup.replacesText')}
        </Banner>
      )}
      <Banner tone="warning" role="region" title={t('backup.again')}>
        {t(here === null ? 'backup.againElsewhere' : 'backup.againHere')}
      </Banner>
      <p>{t('backup.twice')}</p>
      {protection === 'passphrase' && (
        <>
          <PassphrasePair
            labels={[t('backup.newPassphrase'), t('backup.newPassphraseAgain')]}
            typed={typed}
            onChange={setTyped}
            checked={checked}
            autoFocus
          />
          <p className="small">{t('backup.newPassphraseHint')}</p>
        </>
      )}
      <div className="backup-end">
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look={here === null ? 'primary' : 'danger'}>
          {t(here === null ? 'backup.restoreNow' : 'backup.replaceNow')}
        </Button>
      </div>
    </form>
  );
}
