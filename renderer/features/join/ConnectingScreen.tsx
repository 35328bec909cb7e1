import { DoorClosed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBridge, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { StatusScreen } from './StatusScreen';

export function ConnectingScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  return (
    <StatusScreen
      busy
      icon={DoorClosed}
      title={t('join.connecting')}
      actions={<Button onPress={() => void run(bridge['session.leave']())}>{t('common.cancel')}</Button>}
    >
      <p>{t('join.connectingText')}</p>
    </StatusScreen>
  );
}
