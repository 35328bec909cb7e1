import { useTranslation } from 'react-i18next';
import type { Objection } from '../../../../common/privacy/objections';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';

export interface RemoveObjectionDialogProps {
  /** Null: closed. */
  readonly objection: Objection | null;
  /** It was found by the person it belongs to. */
  readonly isKnown: boolean;
  readonly onClose: () => void;
}

/** Takes an entry off its list, for somebody who has taken it back. */
export function RemoveObjectionDialog({ objection, isKnown, onClose }: RemoveObjectionDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();

  async function remove({ id }: Objection) {
    const result = await run(bridge['rights.removeObjection']({ id }));
    if (result.ok) say(t('rights.removed'));
  }

  return (
    <ConfirmDialog
      title={t('rights.removeTitle')}
      isOpen={objection !== null}
      confirm={t('rights.removeConfirm')}
      onConfirm={() => {
        if (objection !== null) void remove(objection);
      }}
      onClose={onClose}
    >
      <p>{t('rights.removeText')}</p>
      {!isKnown && <p>{t('rights.removeWhose')}</p>}
    </ConfirmDialog>
  );
}
