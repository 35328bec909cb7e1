import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../../common/ipc/bridge';
import { limits } from '../../../../common/meeting/limits';
import { emailSchema, objectorSchema } from '../../../../common/privacy/objections';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { focusFirstInvalid } from '../../../ui/focusFirstInvalid';
import { Select } from '../../../ui/Select';
import { TextField } from '../../../ui/TextField';
import { useKeptData } from '../useKeptData';
import { noWish, ObjectionChoices } from './ObjectionChoices';

const typed = 'typed';
const askPeople = (bridge: Bridge) => bridge['privacy.people']();

/** Enters what somebody does not want: one of the people known here, or anybody by name or e-mail address. */
export function AddObjectionDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const people = (useKeptData(askPeople) ?? []).filter(({ isSelf }) => !isSelf);
  const [known, setKnown] = useState(typed);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [wish, setWish] = useState(noWish);
  const [checked, setChecked] = useState(false);
  const who = objectorSchema.safeParse({
    ...(known === typed ? {} : { identityKey: known }),
    ...(known !== typed || name.trim() === '' ? {} : { name }),
    ...(email.trim() === '' ? {} : { email }),
  });
  const emailError = email.trim() !== '' && !emailSchema.safeParse(email).success ? t('rights.emailWrong') : null;
  const nobody = known === typed && name.trim() === '' && email.trim() === '' ? t('rights.whoMissing') : null;

  async function add(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!who.success || wish.kinds.length === 0) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['rights.object']({ ...wish, kinds: [...wish.kinds], who: who.data }));
    if (!result.ok) return;
    onAdded();
    onClose();
    say(t('rights.added'));
  }

  return (
    <Dialog
      title={t('rights.add')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="add-objection" look="primary">
            {t('rights.objectSave')}
          </Button>
        </>
      }
    >
      <p>{t('rights.addText')}</p>
      <form id="add-objection" className="form" onSubmit={(event) => void add(event)} noValidate>
        <Select
          label={t('rights.known')}
          options={[
            { id: typed, label: t('rights.knownTyped') },
            ...people.map((person) => ({ id: person.identityKey, label: person.name })),
          ]}
          value={known}
          onChange={setKnown}
        />
        {known === typed && (
          <TextField
            label={t('rights.name')}
            value={name}
            onChange={setName}
            maxLength={limits.nameLength}
            autoComplete="off"
            hint={t('rights.nameHint')}
            error={checked ? nobody : null}
          />
        )}
        <TextField
          label={t('rights.email')}
          value={email}
          onChange={setEmail}
          maxLength={limits.contactLength}
          autoComplete="off"
          error={checked ? emailError : null}
        />
        <ObjectionChoices wish={wish} onChange={setWish} isMissing={checked && wish.kinds.length === 0} />
      </form>
    </Dialog>
  );
}
