import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { isTypedWell, nothingTyped, PassphrasePair } from './PassphrasePair';
import { useSaveBackup } from './useSaveBackup';

const formId = 'save-backup';

/** Asks for the passphrase of a backup, and says what a backup is not. */
export function SaveBackupDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveBackup();
  const [typed, setTyped] = useState(nothingTyped);
  const [checked, setChecked] = useState(false);

  function close() {
    setTyped(nothingTyped);
    setChecked(false);
    onClose();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isTypedWell(typed)) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    void save(typed.first);
    close();
  }

  return (
    <Dialog
      title={t('backup.saveTitle')}
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} look="primary">
            {t('backup.saveNow')}
          </Button>
        </>
      }
    >
      <form id={formId} className="form" onSubmit={submit} noValidate>
        <p>{t('backup.saveIntro')}</p>
        <PassphrasePair
          labels={[t('backup.passphrase'), t('backup.passphraseAgain')]}
          typed={typed}
          onChange={setTyped}
          checked={checked}
          autoFocus
        />
        <p className="small">{t('backup.passphraseHint')}</p>
        <Banner tone="warning" role="region" title={t('backup.notReached')}>
          {t('backup.notReachedText')}
        </Banner>
      </form>
    </Dialog>
  );
}
