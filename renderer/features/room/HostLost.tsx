import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useRecording, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';

/** That the host cannot be reached, what still works, and what a co-host can do about it. */
export function HostLost({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const isRecorded = useRecording((state) => state.recording !== null);
  const [asking, setAsking] = useState(false);
  if (meeting.hostLink === 'connected') return null;
  const name = meeting.participants.find(({ role }) => role === 'host')?.name ?? '';
  const mayTakeOver = meeting.role === 'co-host';
  const others = meeting.participants.length > 2;
  return (
    <>
      <Banner
        tone="warning"
        title={t('room.hostLost', { name })}
        actions={mayTakeOver ? <Button onPress={() => setAsking(true)}>{t('room.takeOver')}</Button> : undefined}
      >
        <p>{others ? t('room.hostLostOthers') : t('room.hostLostAlone')}</p>
        {isRecorded && <p>{t('room.hostLostRecording')}</p>}
      </Banner>
      <ConfirmDialog
        title={t('room.takeOverTitle')}
        isOpen={asking}
        danger={false}
        confirm={t('room.takeOver')}
        onConfirm={() => void run(bridge['session.takeOver']())}
        onClose={() => setAsking(false)}
      >
        <p>{t('room.takeOverText')}</p>
        <p>{t('room.takeOverReturn', { name })}</p>
      </ConfirmDialog>
    </>
  );
}
