import { useTranslation } from 'react-i18next';
import type { BackupProgress, KeptHere } from '../../../common/backup';
import { useLanguage } from '../../app/AppContext';
import { formatBytes } from '../../i18n/format';

/** What a backup holds and how far it is, in words. */
export function useBackupWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  return {
    counts: ({ meetings, recordings, people }: KeptHere) =>
      [
        t('backup.meetings', { count: meetings }),
        t('backup.recordings', { count: recordings }),
        t('backup.people', { count: people }),
      ].join(', '),
    size: (bytes: number) => formatBytes(bytes, language),
    step: (progress: BackupProgress | null) =>
      progress === null ? t('backup.starting') : t(`backup.${progress.step}`),
    amount: (progress: BackupProgress | null) =>
      progress === null
        ? ''
        : t('backup.amount', {
            done: formatBytes(progress.done, language),
            total: formatBytes(progress.total, language),
          }),
  };
}
