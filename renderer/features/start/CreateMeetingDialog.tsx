import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { limits } from '../../../common/meeting/limits';
import { nameSchema, titleSchema } from '../../../common/meeting/models';
import { useBridge, useServices, useVault } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';

export function CreateMeetingDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { navigation } = useServices().stores;
  const profileName = useVault(({ profile }) => profile?.name ?? '');
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  useEffect(() => {
    if (!isOpen) return;
    setTitle('');
    setName(profileName);
    setChecked(false);
    setFailure(null);
  }, [isOpen, profileName]);

  const titleError = titleSchema.safeParse(title).success ? null : t('start.titleMissing');
  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');

  async function create(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (titleError !== null || nameError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    setBusy(true);
    navigation.getState().setLastAttempt(null);
    const result = await bridge['session.create']({ title, name });
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
  }

  return (
    <Dialog
      title={t('start.create')}
      isOpen={isOpen}
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="create-meeting" look="primary" isPending={busy}>
            {t('start.openRoom')}
          </Button>
        </>
      }
    >
      <form id="create-meeting" className="form" onSubmit={(event) => void create(event)} noValidate>
        {failure !== null && (
          <Banner tone="danger" role="alert" title={t(`errors.${failure}.what`)}>
            {t(`errors.${failure}.todo`)}
          </Banner>
        )}
        <TextField
          label={t('start.title')}
          value={title}
          onChange={setTitle}
          maxLength={limits.titleLength}
          autoFocus
          autoComplete="off"
          placeholder={t('start.titleExample')}
          hint={t('start.titleHint')}
          error={checked ? titleError : null}
        />
        <TextField
          label={t('common.yourName')}
          value={name}
          onChange={setName}
          maxLength={limits.nameLength}
          autoComplete="off"
          error={checked ? nameError : null}
        />
        <p className="small">{t('start.createPromise')}</p>
      </form>
    </Dialog>
  );
}
