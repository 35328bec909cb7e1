import { useTranslation } from 'react-i18next';
import type { Registration } from '../../../common/meeting/registration';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { RegistrationAnswers } from './RegistrationAnswers';

/** What one person told at the door. Behind a menu: others may be looking at the screen. */
export function RegistrationDialog({
  registration,
  onClose,
}: {
  registration: Registration | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const title = t('registration.of', { name: registration?.name ?? '' });
  return (
    <Dialog
      title={title}
      isOpen={registration !== null}
      onClose={onClose}
      size="s"
      footer={<Button onPress={onClose}>{t('common.close')}</Button>}
    >
      <p className="small">{t('registration.receivedHint')}</p>
      {registration !== null && <RegistrationAnswers answers={registration.answers} label={title} />}
    </Dialog>
  );
}
