import {
  app,
  type BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { EventName, Events } from '../common/ipc/events';
import { channelOf } from '../common/ipc/names';
import { appSchemePrivileges, serveAppScheme } from './app/appScheme';
import { linkAmong } from './app/deepLinks';
import { documentDialogs } from './documents/documentDialogs';
import { createKeychain } from './app/keychain';
import { log } from './app/log';
import { NetworkWatch } from './app/networkWatch';
import { openPreferences } from './app/preferencesStore';
import { fenceSession, isTrustedFrame, raiseFence, silenceChromium } from './app/securityFence';
import { finishBeforeQuit } from './app/shutdown';
import { effectiveLanguage } from './app/systemLanguage';
import { nativeTexts } from './app/texts';
import { confirmClosing, openMainWindow } from './app/window';
import { ContactLog } from './contacts/contactLog';
import type { Preferences } from '../common/preferences';
import type { AuditAction } from '../common/privacy/auditLog';
import { registerCommands, type CommandHandlers } from './ipc/registerCommands';
import { lockedDialogs } from './lock/lockedDialogs';
import { lockedMedia } from './lock/lockedMedia';
import { LockService } from './lock/lockService';
import { auditedCommands, changingActions } from './privacy/audit/auditedCommands';
import { cutInProcess } from './recording/finalize/cutInProcess';
import { finalizeInProcess } from './recording/finalize/finalizeInProcess';
import { recordingPlan } from './recording/consentRequest';
import { RecordingService } from './recording/recordingService';
import { iceCommands } from './sessions/ice/iceCommands';
import { systemLookup } from './sessions/ice/lookupName';
import { createSigner, verifySignature } from './sessions/identity';
import { Finder } from './sessions/nearby/finder';
import { multicastDns } from './sessions/nearby/multicastDns';
import { relaySetting } from './sessions/relay/relaySetting';
import { sessionCommands } from './sessions/sessionCommands';
import { SessionService } from './sessions/sessionService';
import { systemTimers } from './sessions/timing';
import { createVaultManager } from './vault/vaultManager';
import { wireBackups } from './wiring/wireBackups';
import { wirePrivacy } from './wiring/wirePrivacy';
import { startUnlessWiped } from './wipe/startUnlessWiped';

const minute = 60_000;

protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
silenceChromium(app);
raiseFence(app);
// Two processes on one vault would damage it: a second start hands its link over. Another profile is another app.
if (app.requestSingleInstanceLock()) startUnlessWiped(app, dialog, run);
else app.quit();

/** Constructs and wires everything, with what is in wiring/. Nothing else in main does. */
function run(): void {
  const userData = app.getPath('userData');
  const preferences = openPreferences(userData);
  const language = () => effectiveLanguage(preferences.get(), app.getLocale());
  const shown: { window: BrowserWindow | null } = { window: null };
  let link = linkAmong(process.argv);

  function emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const { window } = shown;
    const told = lock.tell(name, payload);
    if (told && window && !window.isDestroyed()) window.webContents.send(channelOf(name), told.payload);
  }

  const keychain = createKeychain();
  const vaultFolder = path.join(userData, 'vault');
  const vault = createVaultManager({
    folder: vaultFolder,
    keychain,
    now: Date.now,
    randomBytes,
  });

  const isLocked = () => lock.isLocked();
  const lock: LockService = new LockService({
    ...{ vault, keychain, randomBytes, emit, monitor: powerMonitor },
    preferences: () => preferences.get(),
    session: () => sessions.state(),
    recordings: {
      state: () => recordings.state(),
      isExporting: () => recordings.isExporting(),
      isWorking: () => recordings.isWorking() || backups.isBusy(),
    },
    end: async () => {
      shown.window?.setTitle('Konklave');
      nearby.stop();
      privacy.handleLocked();
      await recordings.handleWindowGone();
    },
    report: (thrown) => log.error('the vault could not be locked', thrown),
  });

  const documents = lockedDialogs(
    documentDialogs({
      dialog,
      clipboard,
      folder: () => app.getPath('documents'),
      window: () => shown.window,
    }),
    isLocked,
  );

  const forkFinalizer = () =>
    utilityProcess.fork(path.join(__dirname, 'finalize-process.js'), [], { serviceName: 'Konklave finalizer' });
  const recordings = new RecordingService({
    environment: {
      vault: () => vault.vault(),
      signer: () => createSigner(vault.vault().profile.identity()),
      verify: verifySignature,
      now: Date.now,
      timers: systemTimers,
      language,
      neverRecordMe: () => preferences.get().neverRecordMe,
      random: randomBytes,
      log,
    },
    runFinalize: finalizeInProcess(forkFinalizer),
    runCut: cutInProcess(forkFinalizer),
    exportPorts: {
      chooseFile: async (suggestedName, dialogLanguage) => {
        const texts = nativeTexts[dialogLanguage];
        const options = {
          title: texts.exportTitle,
          defaultPath: path.join(app.getPath('documents'), suggestedName),
          filters: [{ name: texts.exportFilter, extensions: ['webm'] }],
        };
        const { window } = shown;
        const choice = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
        return choice.canceled || !choice.filePath || isLocked() ? null : choice.filePath;
      },
      reveal: (file) => shell.showItemInFolder(file),
    },
    exportExtension: 'webm',
    documents,
    requestLetters: () => privacy.requests.letters,
    withdrawalsSeenUntil: {
      get: () => preferences.get().withdrawalsSeenUntil,
      set: (withdrawalsSeenUntil) => void preferences.set({ withdrawalsSeenUntil }),
    },
    recordingChanged: (state) => {
      lock.handleRecording(state);
      emit('recording.changed', state);
    },
    recordingsChanged: () => emit('recordings.changed', {}),
    cutProgress: (recordingId, fraction) => emit('recordings.cutProgress', { recordingId, fraction }),
  });

  const contacts = new ContactLog({
    now: Date.now,
    after: (milliseconds, work) => systemTimers.after(milliseconds, work),
    changed: () => emit('contacts.changed', {}),
  });

  const localNetworks = multicastDns({ networkInterfaces, contacts, timers: systemTimers, clock: Date.now });
  const nearby = new Finder({
    open: localNetworks,
    timers: systemTimers,
    onChange: (meetings) => emit('nearby.changed', meetings),
  });
  const networkWatch = new NetworkWatch({
    addresses: networkInterfaces,
    onChange: () => {
      emit('network.changed', {});
      sessions.handleWake();
    },
  });
  const sessions = new SessionService({
    vault: () => vault.vault(),
    emit(name, payload) {
      if (name === 'session.changed') {
        contacts.handleSession(sessions.state());
        networkWatch.setActive(sessions.state().phase === 'meeting');
        // Whoever is on the way into a meeting has found it, whatever the window says.
        if (sessions.state().phase !== 'idle') nearby.stop();
      }
      emit(name, payload);
      if (name === 'session.changed') lock.handleSession();
    },
    contacts,
    features: [recordings],
    withdrawals: recordings.withdrawals,
    requests: () => privacy.requests.port,
    relay: () => relaySetting(preferences.get().relay),
    localNetworks,
    iceServers: () => vault.vault().iceSettings.get(),
    relayOnly: () => preferences.get().relayOnly,
    employees: () => preferences.get().employees,
    report: (thrown) => log.error('a part of the meeting failed', thrown),
    // What guests are promised is what is set; retention keeps to it, and so it cannot drift.
    retention: () => {
      const { chat, recording, registration } = vault.vault().retention.periods();
      return {
        chatRetentionDays: chat,
        recordingRetentionDays: recording,
        registrationRetentionDays: registration,
      };
    },
    onChatMessage: ({ senderId, senderName, text }) => {
      if (senderId !== null) recordings.handleChat(senderId, senderName, text);
    },
  });

  const privacy = wirePrivacy({
    ...{ vault, vaultFolder, documents, sessions, recordings, emit },
    locksAfter: () => lock.minutes(),
    remind: () => {
      if (isLocked() || !preferences.get().requestReminders || !Notification.isSupported()) return;
      new Notification({ title: 'Konklave', body: nativeTexts[language()].requestsDue }).show();
    },
    program: `Konklave ${app.getVersion()}`,
  });

  let vaultPhase = vault.state().phase;
  vault.onChange((state) => {
    lock.handleVault(state);
    emit('vault.changed', state);
    const before = vaultPhase;
    vaultPhase = state.phase;
    if (state.phase === 'open') {
      // What protects it is another, and nothing else.
      if (before === 'open') return;
      void recordings.handleVaultOpened();
      privacy.handleVaultOpened();
      note('opened');
    } else {
      privacy.handleVaultClosed();
    }
  });
  setInterval(() => {
    try {
      vault.maintain();
    } catch (thrown) {
      log.error('the backup copy could not be renewed', thrown);
    }
  }, minute).unref();

  function note(action: AuditAction): void {
    try {
      vault.vault().auditLog.add(action);
      emit('privacy.auditChanged', {});
    } catch (thrown) {
      log.error('the audit log could not be written', thrown);
    }
    // Whatever was done may be something that people are told.
    if (changingActions.has(action)) sessions.handleSettingsChanged();
  }

  /** Behind the lock, and noted in the audit log. */
  const guarded = (handlers: CommandHandlers, noting: typeof note) => lock.guard(auditedCommands(handlers, noting));
  function setPreferences(change: Parameters<typeof preferences.set>[0]): Preferences {
    const changed = preferences.set(change);
    nativeTheme.themeSource = changed.theme;
    emit('preferences.changed', changed);
    return changed;
  }

  const backups = wireBackups({
    ...{ app, dialog, vault, vaultFolder, keychain, setPreferences, isLocked },
    window: () => shown.window,
    fork: (script) => utilityProcess.fork(path.join(__dirname, script), [], { serviceName: 'Konklave backup' }),
    preferences: () => preferences.get(),
    isInMeeting: () => sessions.state().phase !== 'idle',
    progress: (progress) => emit('backup.progress', progress),
  });

  registerCommands(
    ipcMain,
    guarded(
      {
        'vault.state': () => vault.state(),
        'vault.create': (request) => vault.create(request),
        'vault.unlock': ({ passphrase }) => lock.unlockVault(passphrase),
        'vault.restore': ({ backupId }) => vault.restore(backupId),
        ...lock.commands,
        'profile.get': () => vault.vault().profile.get(),
        'profile.save': (profile) => vault.vault().profile.save(profile),
        'preferences.get': () => preferences.get(),
        'preferences.set': setPreferences,
        'app.takeLink': () => {
          const taken = link;
          link = null;
          return taken;
        },
        'app.copyText': ({ text }) => clipboard.writeText(text),
        ...iceCommands({
          vault: () => vault.vault(),
          clock: Date.now,
          random: randomBytes,
          lookup: systemLookup,
          contacts,
        }),
        ...sessionCommands({
          sessions,
          planOf: (recording) => recording && recordingPlan(recording),
          deleted: () => emit('retention.changed', {}),
        }),
        'nearby.look': () => nearby.look(),
        'nearby.stop': () => nearby.stop(),
        'contacts.list': () => contacts.list(),
        ...recordings.commands,
        ...backups.commands,
        ...privacy.commands,
      } satisfies CommandHandlers,
      note,
    ),
    isTrustedFrame,
  );
  lock.start();

  fenceSession(session.defaultSession, isLocked);
  serveAppScheme(
    protocol,
    path.join(__dirname, '..', 'renderer'),
    lockedMedia((trackId, range) => recordings.mediaResponse(trackId, range), isLocked),
  );
  nativeTheme.themeSource = preferences.get().theme;
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  if (app.isPackaged) app.setAsDefaultProtocolClient('konklave');

  function handleLink(arrived: string | null): void {
    if (arrived !== null) {
      link = arrived;
      emit('app.linkArrived', {});
    }
    if (shown.window?.isMinimized()) shown.window.restore();
    shown.window?.focus();
  }
  app.on('second-instance', (_event, argv) => handleLink(linkAmong(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    handleLink(linkAmong([url]));
  });
  // The others have long noticed that this computer slept: it need not wait for heartbeats to notice that they have gone.
  powerMonitor.on('resume', () => sessions.handleWake());
  app.on('window-all-closed', () => app.quit());
  finishBeforeQuit(app, {
    steps: [() => backups.shutDown(), () => sessions.dispose(), () => recordings.shutDown(), () => vault.close()],
    patienceMs: 8_000,
    report: (thrown) => log.error('something could not be finished before quitting', thrown),
  });

  void vault.start().catch((thrown: unknown) => log.error('the vault could not be looked at', thrown));
  const window = openMainWindow(
    path.join(__dirname, '..', 'preload', 'index.js'),
    path.join(app.getAppPath(), 'resources', 'icon.png'),
  );
  shown.window = window;
  window.on('page-title-updated', (event) => {
    if (isLocked()) event.preventDefault();
  });
  confirmClosing(app, window, () => {
    const state = sessions.state();
    return state.phase === 'meeting' ? { texts: nativeTexts[language()], isHost: state.meeting.role === 'host' } : null;
  });
  window.webContents.on('render-process-gone', () => {
    nearby.stop();
    void recordings.handleWindowGone();
    window.webContents.reload();
  });
}
