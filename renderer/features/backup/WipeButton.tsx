import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { WipeDialog } from './WipeDialog';

/** Opens the question whether everything is to go. */
export function WipeButton({ look = 'secondary' }: { look?: 'secondary' | 'quiet' }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look={look} icon={Trash2} onPress={() => setOpen(true)}>
        {t('backup.wipe')}
      </Button>
      <WipeDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
