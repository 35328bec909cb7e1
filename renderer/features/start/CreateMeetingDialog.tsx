import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { limits } from '../../../common/meeting/limits';
import { nameSchema, passcodeSchema, titleSchema } from '../../../common/meeting/models';
import { currentTemplates } from '../../../common/consent/purposeTemplates';
import { retentionRules } from '../../../common/retention';
import { useBridge, useLanguage, useLibrary, usePreferences, useServices, useVault } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { emptyPlan, isPurposeMissing, termsOfPlan, type RecordPlan } from '../consent/recordPlan';
import { PasscodeChoice } from '../moderation/PasscodeChoice';
import { NearbySwitch } from '../nearby/NearbySwitch';
import { RegistrationChoice } from '../registration/RegistrationChoice';
import { draftOf, formOf, type RegistrationDraft } from '../registration/registrationDraft';
import { AnnounceRecording } from './AnnounceRecording';
import { HideHostAddress } from './HideHostAddress';

export function CreateMeetingDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const preset = useLibrary((state) => state.retention?.kinds.recording.period ?? retentionRules.recording.default);
  const { navigation } = useServices().stores;
  const profileName = useVault(({ profile }) => profile?.name ?? '');
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [plan, setPlan] = useState<RecordPlan | null>(null);
  const hides = usePreferences(({ preferences }) => preferences.relayOnly);
  const [relayOnly, setRelayOnly] = useState(hides);
  const [nearby, setNearby] = useState(false);
  const [passcode, setPasscode] = useState<string | null>(null);
  const [registration, setRegistration] = useState<RegistrationDraft | null>(null);
  const [offered, setOffered] = useState(draftOf(null));
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  useEffect(() => {
    if (!isOpen) return;
    setTitle('');
    setName(profileName);
    setChecked(false);
    setPlan(null);
    setRelayOnly(hides);
    setNearby(false);
    setPasscode(null);
    setRegistration(null);
    void bridge['registrations.lastForm']().then((last) => setOffered(draftOf(last.ok ? last.value : null)));
    setFailure(null);
  }, [bridge, isOpen, profileName, hides]);

  const titleError = titleSchema.safeParse(title).success ? null : t('start.titleMissing');
  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');

  function announced(chosen: RecordPlan) {
    const template = currentTemplates().find(({ id }) => id === chosen.purpose);
    return { ...termsOfPlan(chosen, template?.texts[language] ?? chosen.ownPurpose), language };
  }

  async function create(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const form = registration && formOf(registration);
    const isRegistrationWrong = registration !== null && form === null;
    const isPasscodeWrong = passcode !== null && !passcodeSchema.safeParse(passcode).success;
    if (
      titleError !== null ||
      nameError !== null ||
      isPasscodeWrong ||
      isRegistrationWrong ||
      (plan !== null && isPurposeMissing(plan))
    ) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    setBusy(true);
    navigation.getState().setLastAttempt(null);
    const result = await bridge['session.create']({
      title,
      name,
      recording: plan && announced(plan),
      nearby,
      relayOnly,
      passcode,
      registration: form,
    });
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
  }

  return (
    <Dialog
      title={t('start.create')}
      isOpen={isOpen}
      onClose={onClose}
      size={plan === null ? 's' : 'l'}
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
        <AnnounceRecording plan={plan} onChange={setPlan} emptyPlan={emptyPlan(preset)} checked={checked} />
        <RegistrationChoice value={registration} onChange={setRegistration} offered={offered} checked={checked} />
        <HideHostAddress relayOnly={relayOnly} onChange={setRelayOnly} />
        <PasscodeChoice value={passcode} onChange={setPasscode} checked={checked} />
        <NearbySwitch isSelected={nearby} onChange={setNearby} />
        <p className="small">{t('start.createPromise')}</p>
      </form>
    </Dialog>
  );
}
