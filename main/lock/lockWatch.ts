import type { PowerMonitor } from 'electron';
import type { LockMinutes } from '../../common/lock';

export interface LockWatchOptions {
  readonly monitor: Pick<PowerMonitor, 'getSystemIdleTime'> & {
    on(event: 'suspend' | 'lock-screen', handler: () => void): unknown;
  };
  /** After how many minutes; 0: never. */
  readonly minutes: () => LockMinutes;
  /** Whether nobody at the computer is as it should be now: in a meeting, or while something is being exported. */
  readonly isBusy: () => boolean;
  readonly lock: () => void;
  /** Called every round. */
  readonly rest: () => void;
  /** Milliseconds that only ever grow. */
  readonly uptime: () => number;
}

/** Looking costs next to nothing. */
const lookEveryMs = 2_000;

/** Locks when nobody has been at the computer for a while, when it goes to sleep, and when its own screen is locked. */
export class LockWatch {
  readonly #options: LockWatchOptions;
  #openSince: number;

  constructor(options: LockWatchOptions) {
    this.#options = options;
    this.#openSince = options.uptime();
    options.monitor.on('suspend', options.lock);
    options.monitor.on('lock-screen', options.lock);
  }

  start(): void {
    setInterval(() => this.look(), lookEveryMs).unref();
  }

  /** Somebody was here a moment ago, whatever the system counts. */
  handleUnlocked(): void {
    this.#openSince = this.#options.uptime();
  }

  look(): void {
    const { monitor, minutes, isBusy, lock, rest, uptime } = this.#options;
    const limit = minutes() * 60;
    if (limit > 0 && !isBusy()) {
      const idle = Math.min(monitor.getSystemIdleTime(), (uptime() - this.#openSince) / 1_000);
      if (idle >= limit) lock();
    }
    rest();
  }
}
