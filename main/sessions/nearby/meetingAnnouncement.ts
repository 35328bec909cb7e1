import type { NearbyVisibility } from '../../../common/meeting/nearby';
import type { SessionEnvironment } from '../sessionEnvironment';
import { Announcer } from './announcer';

export interface MeetingAnnouncementOptions {
  readonly number: string;
  readonly port: number;
  readonly environment: Pick<SessionEnvironment, 'localNetworks' | 'random' | 'timers'>;
  readonly onChange: () => void;
}

/** Whether a meeting shows itself in the local network: not unless the host says so, and as often as the host says. */
export class MeetingAnnouncement {
  readonly #options: MeetingAnnouncementOptions;
  #announcer: Announcer | null = null;
  #visibility: NearbyVisibility = 'off';
  /** Leaves that are being taken. */
  #closing: Promise<void> = Promise.resolve();

  constructor(options: MeetingAnnouncementOptions) {
    this.#options = options;
  }

  get visibility(): NearbyVisibility {
    return this.#visibility;
  }

  setVisible(visible: boolean): void {
    if (visible === (this.#announcer !== null)) return;
    if (visible) this.#announcer = this.#begin();
    else this.#end();
    this.#visibility = visible ? 'on' : 'off';
    this.#options.onChange();
  }

  /** Takes the leave, if any; resolves when it is said. */
  close(): Promise<void> {
    this.#end();
    this.#visibility = 'off';
    return this.#closing;
  }

  #begin(): Announcer {
    const { number, port, environment, onChange } = this.#options;
    const { localNetworks, random, timers } = environment;
    const announcer: Announcer = new Announcer({
      ...{ number, port, random, timers, open: localNetworks },
      onState: (state) => {
        if (this.#announcer !== announcer || this.#visibility === state) return;
        this.#visibility = state;
        onChange();
      },
    });
    return announcer;
  }

  #end(): void {
    const leaving = this.#announcer?.close();
    this.#announcer = null;
    if (leaving !== undefined) this.#closing = Promise.all([this.#closing, leaving]).then(() => {});
  }
}
