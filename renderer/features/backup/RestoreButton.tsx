import { ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { RestoreDialog } from './RestoreDialog';

/** At the way in: for somebody who has a backup. */
export function RestoreButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" icon={ArchiveRestore} onPress={() => setOpen(true)}>
        {t('backup.have')}
      </Button>
      <RestoreDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
