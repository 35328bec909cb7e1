import { useBackup } from '../../app/AppContext';
import { ProgressBar } from '../../ui/ProgressBar';
import { useBackupWords } from './useBackupWords';

/** How far the backup that is saved or restored is, in bytes. */
export function BackupProgressBar() {
  const words = useBackupWords();
  const progress = useBackup((state) => state.progress);
  const fraction = progress === null || progress.total === 0 ? null : progress.done / progress.total;
  return <ProgressBar label={words.step(progress)} fraction={fraction} format={() => words.amount(progress)} />;
}
