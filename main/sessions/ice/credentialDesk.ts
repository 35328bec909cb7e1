import { hasTurnServer, type TurnCredentials } from '../../../common/meeting/iceServers';
import type { Clock, Timers } from '../timing';
import { makeTurnCredentials } from './turnCredentials';

/** The team's own servers, as the host has set them. */
export interface IceServersSetting {
  /** In the form of `formatIceServer`. */
  readonly servers: readonly string[];
  /** What the TURN servers know too; empty: none, and so no TURN. */
  readonly secret: string;
}

export interface CredentialDeskOptions {
  readonly setting: IceServersSetting;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly lifetimeMs: number;
  /** Half of a lifetime is over: whoever is in the meeting gets new ones. */
  readonly onRenew: () => void;
}

/** The host's end of TURN credentials: makes them for whoever is in the meeting, anew before they end. */
export class CredentialDesk {
  readonly #options: CredentialDeskOptions;
  #cancel = () => {};

  constructor(options: CredentialDeskOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** Null when there is no TURN server, or no secret it would accept. */
  for(participantId: string): TurnCredentials | null {
    if (!this.#isOpen()) return null;
    const { setting, clock, lifetimeMs } = this.#options;
    return makeTurnCredentials(setting.secret, participantId, clock() + lifetimeMs);
  }

  dispose(): void {
    this.#cancel();
  }

  #isOpen(): boolean {
    const { servers, secret } = this.#options.setting;
    return secret !== '' && hasTurnServer(servers);
  }

  #schedule(): void {
    if (!this.#isOpen()) return;
    const { timers, lifetimeMs, onRenew } = this.#options;
    this.#cancel = timers.after(lifetimeMs / 2, () => {
      this.#schedule();
      onRenew();
    });
  }
}
