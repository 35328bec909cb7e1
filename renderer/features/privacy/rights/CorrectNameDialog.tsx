import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../../common/meeting/limits';
import { nameSchema } from '../../../../common/meeting/models';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { focusFirstInvalid } from '../../../ui/focusFirstInvalid';
import { TextField } from '../../../ui/TextField';

/** Puts a name right (Art. 16 GDPR), and says what keeps the old one. */
export function CorrectNameDialog({
  person: { identityKey, name: before },
  onClose,
}: {
  person: HeldPerson;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [name, setName] = useState(before);
  const [checked, setChecked] = useState(false);
  const parsed = nameSchema.safeParse(name);

  async function correct(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!parsed.success) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['rights.correctName']({ identityKey, name: parsed.data }));
    if (!result.ok) return;
    onClose();
    say(t('rights.corrected'));
  }

  return (
    <Dialog
      title={t('rights.correctTitle', { name: before })}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="correct-name" look="primary">
            {t('rights.correctSave')}
          </Button>
        </>
      }
    >
      <form id="correct-name" className="form" onSubmit={(event) => void correct(event)} noValidate>
        <TextField
          label={t('rights.correctName')}
          value={name}
          onChange={setName}
          maxLength={limits.nameLength}
          autoFocus
          autoComplete="off"
          error={checked && !parsed.success ? t('rights.correctMissing') : null}
        />
      </form>
      <p>{t('rights.correctText')}</p>
      <p className="small">{t('rights.correctOwn')}</p>
    </Dialog>
  );
}
