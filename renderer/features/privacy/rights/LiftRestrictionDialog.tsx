import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { Switch } from '../../../ui/Switch';

/** Lifts a restriction, once the person has been told (Art. 18 (3) GDPR). */
export function LiftRestrictionDialog({
  person: { identityKey, name },
  onClose,
}: {
  person: HeldPerson;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [told, setTold] = useState(false);

  async function lift() {
    const result = await run(bridge['rights.liftRestriction']({ identityKey, told: true }));
    if (!result.ok) return;
    onClose();
    say(t('rights.lifted'));
  }

  return (
    <Dialog
      title={t('rights.liftTitle', { name })}
      isOpen
      onClose={onClose}
      size="s"
      role="alertdialog"
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button look="primary" isDisabled={!told} onPress={() => void lift()}>
            {t('rights.liftConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('rights.liftText')}</p>
      <p>{t('rights.liftThen')}</p>
      <Switch
        label={t('rights.liftTold', { name })}
        states={{ on: t('common.yes'), off: t('common.no') }}
        isSelected={told}
        onChange={setTold}
      />
    </Dialog>
  );
}
