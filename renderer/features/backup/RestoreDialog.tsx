import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPreview } from '../../../common/backup';
import { useBridge } from '../../app/AppContext';
import { Dialog } from '../../ui/Dialog';
import { OpenBackup } from './OpenBackup';
import { RestoreBackup } from './RestoreBackup';

/** Brings a backup back: choose and open it, see what it is, restore it. */
export function RestoreDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [preview, setPreview] = useState<BackupPreview | null>(null);

  function close() {
    setPreview(null);
    void bridge['backup.cancel']();
    void bridge['backup.forget']();
    onClose();
  }

  return (
    <Dialog title={t('backup.restoreTitle')} isOpen={isOpen} onClose={close} isDismissable={false}>
      {preview === null ? (
        <OpenBackup onOpened={setPreview} onClose={close} />
      ) : (
        <RestoreBackup preview={preview} onRestored={onClose} onClose={close} />
      )}
    </Dialog>
  );
}
