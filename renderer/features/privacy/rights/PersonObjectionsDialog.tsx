import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import type { PersonStanding } from '../../../../common/privacy/personStanding';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { noWish, ObjectionChoices } from '../objections/ObjectionChoices';

export interface PersonObjectionsDialogProps {
  readonly person: HeldPerson;
  readonly standing: PersonStanding;
  readonly onClose: () => void;
}

/** Enters what somebody who is known here does not want (Art. 21 GDPR). */
export function PersonObjectionsDialog({
  person: { identityKey, name },
  standing: { objections },
  onClose,
}: PersonObjectionsDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [wish, setWish] = useState(noWish);
  const [checked, setChecked] = useState(false);

  async function add() {
    setChecked(true);
    if (wish.kinds.length === 0) return;
    const result = await run(bridge['rights.object']({ ...wish, kinds: [...wish.kinds], who: { identityKey } }));
    if (!result.ok) return;
    onClose();
    say(t('rights.added'));
  }

  return (
    <Dialog
      title={t('rights.addFor', { name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void add()}>
            {t('rights.objectSave')}
          </Button>
        </>
      }
    >
      <div className="form">
        <ObjectionChoices
          wish={wish}
          onChange={setWish}
          standing={objections.map(({ kind }) => kind)}
          isMissing={checked && wish.kinds.length === 0}
        />
      </div>
    </Dialog>
  );
}
