import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wipeWords, type WipePreview } from '../../../common/backup';
import { useBridge, useLanguage, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { useBackupWords } from './useBackupWords';

/** Says what goes and what stays, and asks for a word before everything is deleted. */
export function WipeDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const words = useBackupWords();
  const [preview, setPreview] = useState<WipePreview | null>(null);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const word = wipeWords[language];

  useEffect(() => {
    if (!isOpen) return undefined;
    let stopped = false;
    void run(bridge['wipe.preview']()).then((result) => {
      if (!stopped && result.ok) setPreview(result.value);
    });
    return () => {
      stopped = true;
      setPreview(null);
      setTyped('');
    };
  }, [bridge, isOpen, run]);

  async function wipe() {
    setBusy(true);
    // When it succeeds, this window is gone.
    await run(bridge['wipe.run']({ typed, language }));
    setBusy(false);
  }

  return (
    <Dialog
      title={t('backup.wipeTitle')}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            isPending={busy}
            isDisabled={preview === null || typed.trim().toUpperCase() !== word}
            onPress={() => void wipe()}
          >
            {t('backup.wipeNow')}
          </Button>
        </>
      }
    >
      <div className="form">
        <p>{t('backup.wipeIntro')}</p>
        <dl className="backup-facts">
          <dt>{t('backup.wipeGoes')}</dt>
          <dd>
            {preview !== null &&
              (preview.here === null
                ? t('backup.wipeListUnknown', { size: words.size(preview.bytes) })
                : t('backup.wipeList', { what: words.counts(preview.here), size: words.size(preview.bytes) }))}
          </dd>
          <dt>{t('backup.wipeStays')}</dt>
          <dd>{t('backup.wipeStaysText')}</dd>
        </dl>
        <Banner tone="warning" role="region" title={t('backup.wipeProof')} />
        <TextField
          label={t('backup.wipeType', { word })}
          value={typed}
          onChange={setTyped}
          autoFocus
          autoComplete="off"
          maxLength={20}
        />
      </div>
    </Dialog>
  );
}
