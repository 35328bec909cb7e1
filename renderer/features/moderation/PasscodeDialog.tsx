import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { passcodeSchema } from '../../../common/meeting/models';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { PasscodeChoice } from './PasscodeChoice';

/** The host sets, changes or takes away the passcode while the meeting runs. */
export function PasscodeDialog({
  passcode,
  isOpen,
  onClose,
}: {
  passcode: string | null;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [value, setValue] = useState(passcode);
  const [checked, setChecked] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    setValue(passcode);
    setChecked(false);
  }, [isOpen, passcode]);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (value !== null && !passcodeSchema.safeParse(value).success) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (value !== passcode) {
      const result = await run(bridge['session.setPasscode']({ passcode: value }));
      if (!result.ok) return;
      say(value === null ? t('moderation.passcodeNone') : t('moderation.passcodeSet'));
    }
    onClose();
  }

  return (
    <Dialog
      title={t('moderation.passcodeTitle')}
      isOpen={isOpen}
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="door-passcode" look="primary">
            {t('moderation.passcodeSave')}
          </Button>
        </>
      }
    >
      <form id="door-passcode" className="form" onSubmit={(event) => void save(event)} noValidate>
        <PasscodeChoice value={value} onChange={setValue} checked={checked} />
        <p className="small">{t('moderation.passcodeText')}</p>
      </form>
    </Dialog>
  );
}
