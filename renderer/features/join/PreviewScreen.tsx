import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decisions } from '../../../common/consent/models';
import { limits } from '../../../common/meeting/limits';
import { nameSchema } from '../../../common/meeting/models';
import type { Invitation } from '../../../common/meeting/sessionState';
<<<<<<< HEAD
import { useBridge, useLanguage, usePreferences, useRun, useServices, useVault } from '../../app/AppContext';
=======
import type { PasscodeRefusal } from '../../../common/protocol/messages';
import { useBridge, useLanguage, useRun, useServices, useVault } from '../../app/AppContext';
>>>>>>> aca80bd (Show roles, muting everybody, and the passcode: when making a room, in it, and at the door)
import { useScreenFocus } from '../../app/useScreenFocus';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { DoorPasscode } from '../moderation/DoorPasscode';
import { EarlierKeyWarning } from '../verification/EarlierKeyWarning';
import { DeviceCheck } from '../settings/DeviceCheck';
import { HideAddress } from './HideAddress';
import { KnownAs } from './KnownAs';
import { MeetingNotice } from './MeetingNotice';
import { beforehandOf, PlannedRecording } from './PlannedRecording';

/** Before one enters: who invites, what that means, how one looks and sounds. Nothing of oneself has been sent yet. */
export function PreviewScreen({
  invitation,
  passcodeRefused,
}: {
  invitation: Invitation;
  passcodeRefused: PasscodeRefusal | null;
}) {
  const { t } = useTranslation();
  const { media } = useServices();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const heading = useScreenFocus();
  const profileName = useVault(({ profile }) => profile?.name ?? '');
  const [name, setName] = useState(profileName);
  const [checked, setChecked] = useState(false);
  const [passcode, setPasscode] = useState('');
  const [busy, setBusy] = useState(false);
  const [relayOnly, setRelayOnly] = useState(usePreferences(({ preferences }) => preferences.relayOnly));
  const [planned, setPlanned] = useState<Decisions | null>(null);
  const [doubting, setDoubting] = useState(false);
  const { plan, earlierKey, hostName } = invitation;
  const isPasscodeMissing = invitation.passcodeNeeded && passcode.trim() === '';
  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');

  // Each answer of the door is a new invitation.
  useEffect(() => setBusy(false), [invitation]);

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (nameError !== null || isPasscodeMissing) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (earlierKey === null) void knock();
    else setDoubting(true);
  }

  async function knock() {
    if (busy) return;
    setBusy(true);
    // Trying a device here is no consent to use it inside (R11).
    await Promise.all([media.setMicrophone(false), media.setCamera(false)]);
<<<<<<< HEAD
    await run(bridge['session.knock']({ name, language, beforehand: beforehandOf(plan, planned), relayOnly }));
    setBusy(false);
=======
    const typed = invitation.passcodeNeeded ? passcode : null;
    const result = await run(
      bridge['session.knock']({ name, language, beforehand: beforehandOf(plan, planned), passcode: typed }),
    );
    // With a passcode the answer of the door is awaited.
    if (!result.ok || typed === null) setBusy(false);
>>>>>>> aca80bd (Show roles, muting everybody, and the passcode: when making a room, in it, and at the door)
  }

  return (
    <main className="preview">
      <section className="preview-self" aria-label={t('join.yourDevices')}>
        <DeviceCheck name={name} />
        <p className="small preview-off">{t('join.offWhenEntering')}</p>
      </section>
      <section className="preview-invitation">
        <div className="preview-scroll">
          <div className="inviter">
            <Avatar id={invitation.hostKey} name={invitation.hostName} size={52} />
            <div>
              <h1 ref={heading} tabIndex={-1}>
                {t('join.invites', { host: invitation.hostName })}
              </h1>
              <KnownAs name={invitation.hostName} standing={invitation} />
            </div>
          </div>
          {earlierKey !== null && <EarlierKeyWarning name={hostName} earlierKey={earlierKey} place="preview" />}
          {plan !== null && <PlannedRecording plan={plan} value={planned} onChange={setPlanned} />}
          <MeetingNotice facts={invitation.notice} />
          <HideAddress invitation={invitation} relayOnly={relayOnly} onChange={setRelayOnly} />
        </div>
        <form className="knock-form" onSubmit={submit} noValidate>
          <TextField
            label={t('common.yourName')}
            value={name}
            onChange={setName}
            maxLength={limits.nameLength}
            autoComplete="off"
            error={checked ? nameError : null}
          />
          {invitation.passcodeNeeded && (
            <DoorPasscode
              value={passcode}
              onChange={setPasscode}
              refused={passcodeRefused}
              isMissing={checked && isPasscodeMissing}
            />
          )}
          <div className="knock-actions">
            <Button size="l" onPress={() => void run(bridge['session.leave']())}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" look="primary" size="l" isPending={busy}>
              {t('join.knock')}
            </Button>
          </div>
        </form>
        {earlierKey !== null && (
          <ConfirmDialog
            title={t('verification.knockTitle')}
            isOpen={doubting}
            confirm={t('verification.knockAnyway')}
            onConfirm={() => void knock()}
            onClose={() => setDoubting(false)}
          >
            <EarlierKeyWarning name={hostName} earlierKey={earlierKey} place="preview" />
          </ConfirmDialog>
        )}
      </section>
    </main>
  );
}
