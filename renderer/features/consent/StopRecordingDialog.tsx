import { useTranslation } from 'react-i18next';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

export function StopRecordingDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  return (
    <ConfirmDialog
      title={t('consent.stopTitle')}
      isOpen={isOpen}
      confirm={t('consent.stop')}
      danger={false}
      onConfirm={() => {
        void run(bridge['recording.stop']()).then((result) => {
          if (result.ok) say(t('consent.stopped'), t('consent.stoppedText'));
        });
      }}
      onClose={onClose}
    >
      <p>{t('consent.stopText')}</p>
    </ConfirmDialog>
  );
}
