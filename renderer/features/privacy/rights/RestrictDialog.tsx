import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import { restrictionGrounds, type RestrictionGround } from '../../../../common/privacy/personStanding';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { Dialog } from '../../../ui/Dialog';

/** Has what is kept of a person only stored from now on (Art. 18 GDPR). */
export function RestrictDialog({
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
  const [ground, setGround] = useState<RestrictionGround>('accuracy');

  async function restrict() {
    const result = await run(bridge['rights.restrict']({ identityKey, ground }));
    if (!result.ok) return;
    onClose();
    say(t('rights.restricted'));
  }

  return (
    <Dialog
      title={t('rights.restrictTitle', { name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void restrict()}>
            {t('rights.restrictConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('rights.restrictText')}</p>
      <p>{t('rights.restrictStill')}</p>
      <Choices
        label={t('rights.restrictGround')}
        options={restrictionGrounds.map((id) => ({
          ...{ id, title: t(`rights.grounds.${id}`), text: t(`rights.groundTexts.${id}`) },
        }))}
        value={ground}
        onChange={setGround}
        dense
      />
    </Dialog>
  );
}
