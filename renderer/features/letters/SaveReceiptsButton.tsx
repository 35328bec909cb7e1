import { FileCheck2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { IconButton } from '../../ui/IconButton';

/** For the host: the receipts of everybody who was asked in one recording, into a folder. */
export function SaveReceiptsButton({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();

  async function save() {
    const result = await run(bridge['receipts.saveAll']({ recordingId, language }));
    if (!result.ok || result.value === null) return;
    const { count, folderName } = result.value;
    say(t('letters.receiptsSaved', { count, folder: folderName }), t('letters.receiptSavedText'));
  }

  return <IconButton label={t('letters.saveReceipts')} icon={FileCheck2} onPress={() => void save()} />;
}
