import { MailOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { ReadLetterDialog } from './ReadLetterDialog';

/** For every page on which somebody would look for it. */
export function ReadLetterButton({ onRead }: { onRead?: () => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={MailOpen} onPress={() => setOpen(true)}>
        {t('letters.read')}
      </Button>
      <ReadLetterDialog isOpen={isOpen} onClose={() => setOpen(false)} {...(onRead ? { onRead } : {})} />
    </>
  );
}
