import { Network } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import { nameSchema } from '../../../common/meeting/models';
import { useBridge, useNavigation, useNotify, useRun, useServices, useVault } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { Button } from '../../ui/Button';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { BackupFields } from '../backup/BackupFields';
import { WipeButton } from '../backup/WipeButton';
import { AppearanceFields } from './AppearanceFields';
import { DeviceCheck } from './DeviceCheck';
import { LockSettings } from '../lock/LockSettings';
import { RelayOnlyPreference } from '../turn/RelayOnlyPreference';
import { TurnForm } from '../turn/TurnForm';
import { NeverRecordMePreference } from './NeverRecordMePreference';
import { EmployeesPreference } from './EmployeesPreference';
import { RelayForm } from './RelayForm';

export function SettingsScreen() {
  const { t } = useTranslation();
  const heading = useScreenFocus();
  const name = useVault(({ profile }) => profile?.name ?? '');
  const go = useNavigation((state) => state.go);
  return (
    <Page>
      <div className="column">
        <header className="page-head">
          <h1 ref={heading} tabIndex={-1}>
            {t('settings.title')}
          </h1>
        </header>
        <div className="settings-sections">
          <section className="settings-section" aria-labelledby="settings-you">
            <header>
              <h2 id="settings-you">{t('settings.you')}</h2>
              <p>{t('settings.youText')}</p>
            </header>
            <ProfileForm />
          </section>
          <section className="settings-section" aria-labelledby="settings-look">
            <header>
              <h2 id="settings-look">{t('settings.look')}</h2>
            </header>
            <AppearanceFields />
          </section>
          <section className="settings-section" aria-labelledby="settings-lock">
            <header>
              <h2 id="settings-lock">{t('lock.section')}</h2>
              <p>{t('lock.sectionText')}</p>
            </header>
            <LockSettings />
          </section>
          <section className="settings-section" aria-labelledby="settings-connection">
            <header>
              <h2 id="settings-connection">{t('settings.connection')}</h2>
              <p>{t('settings.connectionText')}</p>
            </header>
            <RelayForm />
          </section>
          <section className="settings-section" aria-labelledby="settings-turn">
            <header>
              <h2 id="settings-turn">{t('turn.title')}</h2>
              <p>{t('turn.text')}</p>
            </header>
            <div className="turn-settings">
              <TurnForm />
              <div className="settings-fields">
                <RelayOnlyPreference />
              </div>
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-work">
            <header>
              <h2 id="settings-work">{t('settings.work')}</h2>
              <p>{t('settings.workText')}</p>
            </header>
            <div className="settings-fields">
              <EmployeesPreference />
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-recording">
            <header>
              <h2 id="settings-recording">{t('settings.recording')}</h2>
              <p>{t('settings.recordingText')}</p>
            </header>
            <div className="settings-fields">
              <NeverRecordMePreference />
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-contacts">
            <header>
              <h2 id="settings-contacts">{t('contacts.title')}</h2>
              <p>{t('contacts.settingsText')}</p>
            </header>
            <div className="settings-fields">
              <Button icon={Network} onPress={() => go({ page: 'contacts' })}>
                {t('contacts.open')}
              </Button>
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-devices">
            <header>
              <h2 id="settings-devices">{t('settings.devices')}</h2>
              <p>{t('settings.devicesText')}</p>
            </header>
            <div className="settings-fields">
              <DeviceCheck name={name} />
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-backup">
            <header>
              <h2 id="settings-backup">{t('backup.title')}</h2>
              <p>{t('backup.text')}</p>
            </header>
            <div className="settings-fields">
              <BackupFields />
            </div>
          </section>
          <section className="settings-section" aria-labelledby="settings-wipe">
            <header>
              <h2 id="settings-wipe">{t('backup.wipeSection')}</h2>
              <p>{t('backup.wipeText')}</p>
            </header>
            <div className="settings-fields">
              <WipeButton />
            </div>
          </section>
        </div>
      </div>
    </Page>
  );
}

function ProfileForm() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const { vault } = useServices().stores;
  const profile = useVault((state) => state.profile);
  const [name, setName] = useState(profile?.name ?? '');
  const [contact, setContact] = useState(profile?.contact ?? '');
  const [officerContact, setOfficerContact] = useState(profile?.officerContact ?? '');
  const [checked, setChecked] = useState(false);

  useEffect(() => {
    setName(profile?.name ?? '');
    setContact(profile?.contact ?? '');
    setOfficerContact(profile?.officerContact ?? '');
  }, [profile]);

  const nameError = nameSchema.safeParse(name).success ? null : t('common.nameMissing');
  const changed =
    profile !== null &&
    (name !== profile.name || contact !== profile.contact || officerContact !== profile.officerContact);

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (nameError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (profile === null) return;
    const result = await run(bridge['profile.save']({ name, contact, officerContact }));
    if (!result.ok) return;
    const saved = { name: name.trim(), contact: contact.trim(), officerContact: officerContact.trim() };
    vault.setState({ profile: { ...profile, ...saved } });
    say(t('common.saved'));
  }

  return (
    <form className="settings-fields" onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label={t('common.yourName')}
        value={name}
        onChange={setName}
        maxLength={limits.nameLength}
        autoComplete="off"
        hint={t('vault.nameHint')}
        error={checked ? nameError : null}
      />
      <TextField
        label={t('vault.contact')}
        value={contact}
        onChange={setContact}
        maxLength={limits.contactLength}
        autoComplete="off"
        hint={t('vault.contactHint')}
      />
      <TextField
        label={t('settings.officer')}
        value={officerContact}
        onChange={setOfficerContact}
        maxLength={limits.contactLength}
        autoComplete="off"
        hint={t('settings.officerHint')}
      />
      <Button type="submit" look="primary" isDisabled={!changed}>
        {t('common.save')}
      </Button>
    </form>
  );
}
