import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import { DomainError } from '../../common/errors';
import type { VaultManager } from '../vault/vaultManager';
import type { AppLock } from './appLock';
import type { LockCode } from './lockCode';

export interface LockCommandsOptions {
  readonly lock: AppLock;
  readonly code: LockCode;
  readonly vault: Pick<VaultManager, 'state' | 'protect'>;
}

type Handlers = {
  readonly [Name in Extract<CommandName, `lock.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** What the IPC map asks about locking and about what protects the vault's key. */
export function lockCommands({ lock, code, vault }: LockCommandsOptions): Handlers {
  return {
    'lock.state': () => lock.state(),
    'lock.now': () => lock.lock(),
    'lock.unlock': ({ secret }) => lock.unlock(secret),
    'lock.setCode': async ({ current, code: next }) => {
      const state = vault.state();
      // Behind a passphrase that one opens the app; a second, weaker one would only be a way around it.
      if (state.phase !== 'open' || state.protection !== 'keychain') throw new DomainError('lock/nothing-opens');
      await lock.confirm(current);
      if (next === null) code.remove();
      else await code.set(next);
      lock.handleChange();
    },
    'lock.protect': async ({ current, passphrase }) => {
      await lock.confirm(current);
      await vault.protect({ current, passphrase });
      // It opened what is now behind a passphrase, or comes from before there was one.
      code.remove();
      lock.handleChange();
    },
  };
}
