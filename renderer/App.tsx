import { I18nProvider } from 'react-aria-components';
import { ErrorBoundary } from 'react-error-boundary';
import { useLanguage, useLock, useNavigation, useSession, useVault } from './app/AppContext';
import { BrokenScreen } from './app/BrokenScreen';
import { useAppearance } from './app/useAppearance';
import { useInviteLinks } from './app/useInviteLinks';
import { ContactsScreen } from './features/contacts/ContactsScreen';
import { ConsentsScreen } from './features/consents/ConsentsScreen';
import { AskDirect } from './features/join/AskDirect';
import { ConnectingScreen } from './features/join/ConnectingScreen';
import { EndedScreen } from './features/join/EndedScreen';
import { FailedScreen } from './features/join/FailedScreen';
import { PreviewScreen } from './features/join/PreviewScreen';
import { WaitingScreen } from './features/join/WaitingScreen';
import { RequestsScreen } from './features/requests/RequestsScreen';
import { AuditScreen } from './features/privacy/audit/AuditScreen';
import { DocumentsScreen } from './features/privacy/documents/DocumentsScreen';
import { ObjectionsScreen } from './features/privacy/objections/ObjectionsScreen';
import { AssessmentScreen } from './features/privacy/assessment/AssessmentScreen';
import { IncidentScreen } from './features/privacy/incidents/IncidentScreen';
import { IncidentsScreen } from './features/privacy/incidents/IncidentsScreen';
import { PeopleScreen } from './features/privacy/PeopleScreen';
import { LockScreen } from './features/lock/LockScreen';
import { useLockNow } from './features/lock/useLockNow';
import { LibraryScreen } from './features/recordings/LibraryScreen';
import { RecordingScreen } from './features/recordings/RecordingScreen';
import { RetentionScreen } from './features/retention/RetentionScreen';
import { RoomScreen } from './features/room/RoomScreen';
import { useShortcuts } from './features/room/useShortcuts';
import { SettingsScreen } from './features/settings/SettingsScreen';
import { StartScreen } from './features/start/StartScreen';
import { CreateScreen } from './features/vault/CreateScreen';
import { DamagedScreen } from './features/vault/DamagedScreen';
import { StartingScreen } from './features/vault/StartingScreen';
import { UnlockScreen } from './features/vault/UnlockScreen';
import { localeOf } from './i18n/format';
import { Toasts } from './ui/Toasts';

export function App() {
  useAppearance();
  return (
    <I18nProvider locale={localeOf(useLanguage())}>
      <LockRoute />
    </I18nProvider>
  );
}

/** Nothing at all is shown while the app is locked. */
function LockRoute() {
  const { locked, secret } = useLock((state) => state.lock);
  useShortcuts({ lock: useLockNow() });
  if (locked) return <LockScreen secret={secret ?? 'passphrase'} />;
  return (
    <>
      <ErrorBoundary FallbackComponent={BrokenScreen}>
        <VaultRoute />
      </ErrorBoundary>
      <Toasts />
    </>
  );
}

/** Nothing is shown before the vault is open. */
function VaultRoute() {
  const vault = useVault((state) => state.vault);
  switch (vault.phase) {
    case 'starting':
      return <StartingScreen />;
    case 'new':
      return <CreateScreen protection={vault.protection} />;
    case 'locked':
      return <UnlockScreen />;
    case 'damaged':
      return <DamagedScreen reason={vault.reason} backups={vault.backups} />;
    case 'open':
      return <SessionRoute />;
  }
}

function SessionRoute() {
  useInviteLinks();
  const session = useSession((state) => state.session);
  switch (session.phase) {
    case 'idle':
      return (
        <>
          <PlaceRoute />
          <AskDirect />
        </>
      );
    case 'connecting':
      return <ConnectingScreen />;
    case 'preview':
      return <PreviewScreen invitation={session.invitation} passcodeRefused={session.passcodeRefused} />;
    case 'waiting':
      return <WaitingScreen invitation={session.invitation} name={session.name} told={session.told} />;
    case 'meeting':
      return <RoomScreen meeting={session.meeting} />;
    case 'ended':
      return <EndedScreen reason={session.reason} title={session.title} durationMs={session.durationMs} />;
    case 'failed':
      return <FailedScreen code={session.code} />;
  }
}

function PlaceRoute() {
  const place = useNavigation((state) => state.place);
  switch (place.page) {
    case 'start':
      return <StartScreen />;
    case 'recordings':
      return <LibraryScreen />;
    case 'recording':
      return <RecordingScreen key={place.recordingId} recordingId={place.recordingId} />;
    case 'consents':
      return <ConsentsScreen />;
    case 'people':
      return <PeopleScreen />;
    case 'assessment':
      return <AssessmentScreen />;
    case 'incidents':
      return <IncidentsScreen />;
    case 'incident':
      return <IncidentScreen key={place.incidentId} incidentId={place.incidentId} />;
    case 'audit':
      return <AuditScreen />;
    case 'documents':
      return <DocumentsScreen />;
    case 'requests':
      return <RequestsScreen />;
    case 'objections':
      return <ObjectionsScreen />;
    case 'retention':
      return <RetentionScreen />;
    case 'contacts':
      return <ContactsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
