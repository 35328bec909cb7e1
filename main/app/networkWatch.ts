import type { NetworkInterfaceInfo } from 'node:os';

export interface NetworkWatchOptions {
  readonly addresses: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** An address of this computer has come or gone. */
  readonly onChange: () => void;
}

/** Neither Node nor Electron tells of a changed address; looking costs some 50 µs. */
const lookEveryMs = 500;

/** Tells when this computer's addresses change, while it is active; what happens while it is not, is never told. */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #timer: NodeJS.Timeout | null = null;
  #known = '';

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
  }

  /** May be called with the same value again. */
  setActive(active: boolean): void {
    if (active === (this.#timer !== null)) return;
    if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    this.#known = this.#look();
    this.#timer = setInterval(() => {
      const now = this.#look();
      if (now === this.#known) return;
      this.#known = now;
      this.#options.onChange();
    }, lookEveryMs);
    this.#timer.unref();
  }

  #look(): string {
    const all = Object.values(this.#options.addresses()).flatMap((list) => list ?? []);
    return all
      .filter(({ internal }) => !internal)
      .map(({ address }) => address)
      .sort()
      .join(' ');
  }
}
