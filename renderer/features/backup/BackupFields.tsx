import { Archive, ArchiveRestore } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackup, useBridge, useLanguage, useServices } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatTime } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { BackupProgressBar } from './BackupProgressBar';
import { RestoreDialog } from './RestoreDialog';
import { SaveBackupDialog } from './SaveBackupDialog';

const month = 31 * 24 * 60 * 60_000;

/** Saving everything to a file, bringing it back, and when that was done last. */
export function BackupFields() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const now = useClock(60_000);
  const saving = useBackup((state) => state.saving);
  const [lastSaved, setLastSaved] = useState<{ at: number | null } | null>(null);
  const { backup } = useServices().stores;
  const [shown, setShown] = useState<'save' | 'restore' | null>(null);

  useEffect(() => {
    let stopped = false;
    const read = () => {
      void bridge['backup.lastSaved']().then((result) => {
        if (!stopped && result.ok) setLastSaved(result.value);
      });
    };
    read();
    const unsubscribe = backup.subscribe((state, before) => {
      if (before.saving && !state.saving) read();
    });
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [backup, bridge]);

  const at = lastSaved?.at ?? null;
  const when =
    at === null
      ? t('backup.neverSaved')
      : t('backup.lastSaved', { day: formatDay(at, now, language), time: formatTime(at, language) });
  return (
    <>
      {lastSaved !== null && (
        <p>
          {when}
          {at !== null && now - at > month && ` ${t('backup.longAgo')}`}
        </p>
      )}
      {saving ? (
        <div className="backup-progress">
          <BackupProgressBar />
          <p className="small">{t('backup.goesOn')}</p>
          <Button onPress={() => void bridge['backup.cancel']()}>{t('common.cancel')}</Button>
        </div>
      ) : (
        <div className="backup-buttons">
          <Button icon={Archive} onPress={() => setShown('save')}>
            {t('backup.save')}
          </Button>
          <Button icon={ArchiveRestore} onPress={() => setShown('restore')}>
            {t('backup.restore')}
          </Button>
        </div>
      )}
      <SaveBackupDialog isOpen={shown === 'save'} onClose={() => setShown(null)} />
      <RestoreDialog isOpen={shown === 'restore'} onClose={() => setShown(null)} />
    </>
  );
}
