import type { KeptHere } from '../../common/backup';
import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { VaultManager } from '../vault/vaultManager';
import { BackupService, type BackupServiceOptions } from './backupService';
import { OneAtATime } from './oneAtATime';
import { RestoreService, type RestoreServiceOptions } from './restoreService';

type Handlers = {
  readonly [Name in Extract<CommandName, `backup.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

type BackupFeatureOptions = Omit<BackupServiceOptions, 'turn' | 'vault'> &
  Omit<RestoreServiceOptions, 'turn' | 'vault' | 'here'> & {
    readonly vault: VaultManager;
  };

/** Saving everything to a file and bringing it back: one piece of work at a time. */
export interface BackupFeature {
  readonly commands: Handlers;
  isBusy(): boolean;
  /** Gives up what runs, and resolves when it has let go of its files. */
  shutDown(): Promise<void>;
}

/** Wires the two services together. */
export function createBackupFeature(options: BackupFeatureOptions): BackupFeature {
  const turn = new OneAtATime();
  const backups = new BackupService({ ...options, turn });
  const restores = new RestoreService({ ...options, turn, here: () => keptHere(options.vault) });
  return {
    commands: {
      'backup.save': ({ passphrase, language }) => backups.save(passphrase, language),
      'backup.cancel': () => turn.cancel(),
      'backup.lastSaved': () => backups.lastSaved(),
      'backup.choose': ({ language }) => restores.choose(language),
      'backup.preview': ({ passphrase }) => restores.preview(passphrase),
      'backup.restore': ({ passphrase }) => restores.restore(passphrase),
      'backup.forget': () => restores.forget(),
    },
    isBusy: () => turn.isBusy(),
    shutDown: () => turn.shutDown(),
  };
}

/** What the open vault holds; null when none is open. */
export function keptHere(vault: Pick<VaultManager, 'state' | 'vault'>): KeptHere | null {
  if (vault.state().phase !== 'open') return null;
  return vault.vault().savedBackup.counts();
}
