import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import { useBridge, useRecording, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';

interface LeaveAsHostProps {
  /** Who may host: the co-hosts that are here. */
  readonly successors: readonly Participant[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A host who goes chooses whom to leave the meeting to, or ends it for everybody. */
export function LeaveAsHost({ successors, isOpen, onClose }: LeaveAsHostProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const recording = useRecording((state) => state.recording !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const successor = successors.find(({ id }) => id === chosen) ?? successors[0];
  const act = (work: () => void) => {
    onClose();
    work();
  };
  return (
    <Dialog
      title={t('room.leaveToTitle')}
      isOpen={isOpen}
      onClose={onClose}
      size="m"
      role="alertdialog"
      footer={
        <>
          <Button look="danger" onPress={() => act(() => void run(bridge['session.leave']()))}>
            {t('room.endForAll')}
          </Button>
          {successor !== undefined && (
            <Button
              look="primary"
              autoFocus
              onPress={() =>
                act(() => void run(bridge['session.handOver']({ participantId: successor.id, leave: true })))
              }
            >
              {t('room.handOverAndLeave', { name: successor.name })}
            </Button>
          )}
        </>
      }
    >
      <p>{t('room.leaveToText')}</p>
      {successors.length > 1 && successor !== undefined && (
        <Choices
          label={t('room.leaveToWhom')}
          value={successor.id}
          onChange={setChosen}
          options={successors.map(({ id, name }) => ({ id, title: name, text: '' }))}
        />
      )}
      {recording && <p>{t('room.endRecording')}</p>}
    </Dialog>
  );
}
