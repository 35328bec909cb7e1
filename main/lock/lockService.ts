import type { RecordingState } from '../../common/consent/models';
import type { EventName, Events } from '../../common/ipc/events';
import { minutesUntilLock, type LockMinutes } from '../../common/lock';
import type { SessionState } from '../../common/meeting/sessionState';
import type { Preferences } from '../../common/preferences';
import type { CommandHandlers } from '../ipc/registerCommands';
import type { KeychainPort } from '../vault/keychainPort';
import type { RandomBytes } from '../vault/keyring';
import type { VaultManager } from '../vault/vaultManager';
import { AppLock } from './appLock';
import { Attempts } from './attempts';
import { LockCode } from './lockCode';
import { lockCommands } from './lockCommands';
import { lockedCommands } from './lockedCommands';
import { lockedEvent } from './lockedEvents';
import { LockWatch, type LockWatchOptions } from './lockWatch';

export interface LockServiceOptions {
  readonly vault: VaultManager;
  readonly keychain: Pick<KeychainPort, 'isAvailable'>;
  readonly randomBytes: RandomBytes;
  readonly monitor: LockWatchOptions['monitor'];
  readonly preferences: () => Pick<Preferences, 'lockAfter' | 'lockInMeetings'>;
  readonly session: () => SessionState;
  readonly recordings: { state(): RecordingState | null; isExporting(): boolean; isWorking(): boolean };
  /** Sends to the window; passes through `tell` on the way. */
  readonly emit: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  /** Ends what must not go on behind a locked door. */
  readonly end: () => Promise<void>;
  readonly report: (thrown: unknown) => void;
}

/** Locking, as one thing: what main is asked and what it tells goes through here. */
export class LockService {
  readonly commands: ReturnType<typeof lockCommands>;
  readonly #options: LockServiceOptions;
  readonly #lock: AppLock;
  readonly #watch: LockWatch;

  constructor(options: LockServiceOptions) {
    const { vault, keychain, randomBytes, preferences, session, recordings, emit, end, report } = options;
    const uptime = () => process.uptime() * 1_000;
    const code = new LockCode({ vault: () => vault.vault(), randomBytes });
    const tellAnew = () => {
      emit('session.changed', session());
      emit('recording.changed', recordings.state());
    };
    const lock: AppLock = new AppLock({
      vault,
      code,
      attempts: new Attempts({ uptime, changed: () => lock.handleChange() }),
      keychain: () => keychain.isAvailable(),
      vaultNeeded: () => recordings.isWorking() || isUnderWay(session()),
      changed: (state) => emit('lock.changed', state),
      onLock: () => {
        tellAnew();
        return end();
      },
      onUnlock: () => {
        this.#watch.handleUnlocked();
        tellAnew();
      },
      report,
    });
    this.#options = options;
    this.#lock = lock;
    this.commands = lockCommands({ lock, code, vault });
    this.#watch = new LockWatch({
      monitor: options.monitor,
      minutes: () => this.minutes(),
      isBusy: () => recordings.isExporting() || (session().phase === 'meeting' && !preferences().lockInMeetings),
      lock: () => lock.lockIfPossible(),
      rest: () => lock.rest(),
      uptime,
    });
  }

  /** From now on it locks by itself. */
  start(): void {
    this.#watch.start();
  }

  isLocked(): boolean {
    return this.#lock.isLocked();
  }

  /** After how many idle minutes it locks; 0: not by itself. */
  minutes(): LockMinutes {
    return minutesUntilLock(this.#options.preferences().lockAfter, this.#lock.state().secret);
  }

  /** What the window may hear of an event; null: nothing. */
  tell<Name extends EventName>(name: Name, payload: Events[Name]): { readonly payload: Events[Name] } | null {
    return this.isLocked() ? lockedEvent(name, payload) : { payload };
  }

  /** The same handlers behind the lock. */
  guard(handlers: CommandHandlers): CommandHandlers {
    return lockedCommands(handlers, {
      isLocked: () => this.isLocked(),
      media: () => {
        const state = this.#options.session();
        if (state.phase !== 'meeting') return null;
        return state.meeting.participants.find(({ id }) => id === state.meeting.selfId)?.media ?? null;
      },
    });
  }

  /** Opens the vault by its passphrase, by the same count of wrong tries as the lock screen. */
  async unlockVault(passphrase: string): Promise<void> {
    await this.#lock.unlock(passphrase);
  }

  /** Must hear of every state of the vault before anybody else does. */
  handleVault(...state: Parameters<AppLock['handleVault']>): void {
    this.#lock.handleVault(...state);
  }

  /** What is being recorded is another. */
  handleRecording(state: RecordingState | null): void {
    this.#lock.handleQuestion(state?.asked === true);
  }

  /** The session is another: perhaps nothing needs the vault any more. */
  handleSession(): void {
    this.#lock.rest();
  }
}

function isUnderWay({ phase }: SessionState): boolean {
  return phase !== 'idle' && phase !== 'ended' && phase !== 'failed';
}
