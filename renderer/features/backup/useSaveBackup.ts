import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useLanguage, useNotify, useRun, useServices } from '../../app/AppContext';

/** Saves everything; goes on when the screen that began it is left, and says how it ended. */
export function useSaveBackup(): (passphrase: string) => Promise<void> {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const { backup } = useServices().stores;
  return useCallback(
    async (passphrase) => {
      backup.setState({ saving: true, progress: null });
      const result = await run(bridge['backup.save']({ passphrase, language }));
      backup.setState({ saving: false, progress: null });
      if (!result.ok || result.value === null) return;
      const { fileName, missing } = result.value;
      say(t('backup.saved', { file: fileName }), missing > 0 ? t('backup.savedMissing', { count: missing }) : null);
    },
    [backup, bridge, language, run, say, t],
  );
}
