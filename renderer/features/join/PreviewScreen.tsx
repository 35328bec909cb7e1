import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decisions } from '../../../common/consent/models';
import { limits } from '../../../common/meeting/limits';
import { nameSchema } from '../../../common/meeting/models';
import type { Invitation } from '../../../common/meeting/sessionState';
import type { PasscodeRefusal } from '../../../common/protocol/messages';
import { useBridge, useLanguage, usePreferences, useRun, useServices, useVault } from '../../app/AppContext';
import { useScreenFocus } from '../../app/useScreenFocus';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { DoorPasscode } from '../moderation/DoorPasscode';
import { NoticeAtDoor } from '../notice/NoticeAtDoor';
import { EarlierKeyWarning } from '../verification/EarlierKeyWarning';
import { DeviceCheck } from '../settings/DeviceCheck';
import { checkAnswers, type TypedAnswers } from '../registration/guestAnswers';
import { RegistrationFields } from '../registration/RegistrationFields';
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
  // Each answer of the door is a new invitation: what was done with the one before is over with it.
  const [knockedWith, setKnockedWith] = useState<Invitation | null>(null);
  const [editedWith, setEditedWith] = useState<Invitation | null>(null);
  const busy = knockedWith === invitation;
  const [relayOnly, setRelayOnly] = useState(usePreferences(({ preferences }) => preferences.relayOnly));
  const [typed, setTyped] = useState<TypedAnswers>({});
  const [planned, setPlanned] = useState<Decisions | null>(null);
  const [doubting, setDoubting] = useState(false);
  // What was read is this notice: of another one it says nothing.
  const [readHash, setReadHash] = useState<string | null>(null);
  const { plan, earlierKey, hostName, notice } = invitation;
  const { answers, problems } = checkAnswers(notice.registration, typed);
  const isRead = invitation.noticeKnown !== null || readHash === invitation.noticeHash;
  const isPasscodeMissing = invitation.passcodeNeeded && passcode.trim() === '';
  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (nameError !== null || isPasscodeMissing || problems.length > 0 || !isRead) {
      focusFirstInvalid(event.currentTarget.parentElement);
      return;
    }
    if (earlierKey === null) void knock();
    else setDoubting(true);
  }

  async function knock() {
    if (busy) return;
    setKnockedWith(invitation);
    // Trying a device here is no consent to use it inside (R11).
    await Promise.all([media.setMicrophone(false), media.setCamera(false)]);
    const told = invitation.passcodeNeeded ? passcode : null;
    const result = await run(
      bridge['session.knock']({
        ...{ name, language, beforehand: beforehandOf(plan, planned), passcode: told, relayOnly },
        ...{ registration: answers, notice: invitation.noticeHash },
      }),
    );
    // With a passcode the answer of the door is awaited.
    if (!result.ok || told === null) setKnockedWith(null);
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
          <NoticeAtDoor invitation={invitation} />
          {notice.registration !== null && (
            <RegistrationFields
              host={hostName}
              notice={notice.registration}
              typed={typed}
              onChange={setTyped}
              formId="knock"
              problems={checked ? problems : []}
            />
          )}
          <MeetingNotice facts={invitation.notice} version={invitation.noticeVersion} />
          <HideAddress invitation={invitation} relayOnly={relayOnly} onChange={setRelayOnly} />
        </div>
        <form id="knock" className="knock-form" onSubmit={submit} noValidate>
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
              onChange={(text) => {
                setPasscode(text);
                setEditedWith(invitation);
              }}
              refused={editedWith === invitation ? null : passcodeRefused}
              isMissing={checked && isPasscodeMissing}
            />
          )}
          <div className="knock-actions">
            {invitation.noticeKnown === null && (
              <Checkbox
                label={t('notices.read')}
                isSelected={isRead}
                onChange={(read) => setReadHash(read ? invitation.noticeHash : null)}
                error={checked && !isRead ? t('notices.readMissing') : null}
              />
            )}
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
