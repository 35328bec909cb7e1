import type { App, BrowserWindow, Dialog, UtilityProcess } from 'electron';
import path from 'node:path';
import type { BackupProgress } from '../../common/backup';
import type { CommandInput } from '../../common/ipc/commands';
import type { Preferences } from '../../common/preferences';
import { log } from '../app/log';
import { backupDialogs } from '../backup/backupDialogs';
import { createBackupFeature, keptHere, type BackupFeature } from '../backup/backupFeature';
import { backupInProcess } from '../backup/backupInProcess';
import { restoredPreferences } from '../backup/portablePreferences';
import type { KeychainPort } from '../vault/keychainPort';
import type { VaultManager } from '../vault/vaultManager';
import { WipeService } from '../wipe/wipeService';

export interface BackupWiring {
  readonly app: App;
  readonly dialog: Dialog;
  readonly window: () => BrowserWindow | null;
  readonly fork: (script: string) => UtilityProcess;
  readonly vault: VaultManager;
  readonly vaultFolder: string;
  readonly keychain: KeychainPort;
  readonly preferences: () => Preferences;
  readonly setPreferences: (change: CommandInput<'preferences.set'>) => void;
  readonly isInMeeting: () => boolean;
  readonly isLocked: () => boolean;
  readonly progress: (progress: BackupProgress) => void;
}

/** Constructs and wires the backup file and deleting everything. */
export function wireBackups(wiring: BackupWiring) {
  const { app, dialog, window, fork, vault, vaultFolder, keychain, preferences, isInMeeting, isLocked, progress } =
    wiring;
  const backups: BackupFeature = createBackupFeature({
    ...{ vault, folder: vaultFolder, isInMeeting, now: Date.now, log, preferences, progress },
    run: backupInProcess(() => fork('backup-process.js')),
    ports: backupDialogs({ dialog, folder: () => app.getPath('documents'), window, isLocked }),
    takePreferences: (text) => wiring.setPreferences(restoredPreferences(text)),
    appVersion: app.getVersion(),
    hasKeychain: () => keychain.isAvailable(),
  });
  const wipe = new WipeService({
    ...{ vault, userData: path.dirname(vaultFolder), log },
    here: () => keptHere(vault),
    isBusy: () => isInMeeting() || backups.isBusy(),
    restart: () => {
      app.relaunch();
      app.exit(0);
    },
  });
  return {
    isBusy: () => backups.isBusy(),
    shutDown: () => backups.shutDown(),
    commands: {
      ...backups.commands,
      'wipe.preview': () => wipe.preview(),
      'wipe.run': ({ typed, language }: CommandInput<'wipe.run'>) => wipe.run(typed, language),
    },
  };
}
