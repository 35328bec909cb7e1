import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { AppearanceFields } from '../settings/AppearanceFields';
import { DeviceCheck } from '../settings/DeviceCheck';

export function RoomSettingsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('settings.title')} isOpen={isOpen} onClose={onClose} size="s">
      <DeviceCheck name="" inMeeting />
      <AppearanceFields />
    </Dialog>
  );
}
