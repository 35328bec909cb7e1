import type { GuestMessage, HostMessage } from '../../../common/protocol/messages';
import type { SessionEnvironment } from '../sessionEnvironment';

/**
 * What is asked of a host about one's own data, over one connection to it: each thing is said once on it, and again on the
 * next until it is confirmed. Nobody has to be admitted for it.
 */
export class HostRequests {
  readonly #environment: Pick<SessionEnvironment, 'requests' | 'report'>;
  readonly #send: (message: GuestMessage) => void;
  readonly #said = new Set<string>();

  constructor(environment: Pick<SessionEnvironment, 'requests' | 'report'>, send: (message: GuestMessage) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  /** Says what this host has not confirmed. */
  say(hostKey: string): void {
    const { requests, report } = this.#environment;
    try {
      const waiting = requests()?.waitingFor(hostKey);
      for (const one of waiting?.requests ?? []) {
        this.#sayOnce(one.signature, { type: 'personRequest', ...one });
      }
      for (const one of waiting?.withdrawals ?? []) {
        this.#sayOnce(one.signature, { type: 'personRequestWithdrawal', ...one });
      }
    } catch (error) {
      report(error);
    }
  }

  /** Keeps what the host says, and tells the host that it has arrived. What is refused is not answered. */
  keep({ status, signature }: Extract<HostMessage, { type: 'personRequestStatus' }>): void {
    const { requests, report } = this.#environment;
    try {
      if (requests()?.keep({ status, signature }) !== true) return;
      const { requestId, revision } = status;
      this.#send({ type: 'personRequestTold', requestId, revision });
    } catch (error) {
      report(error);
    }
  }

  #sayOnce(signature: string, message: GuestMessage): void {
    if (this.#said.has(signature)) return;
    this.#said.add(signature);
    this.#send(message);
  }
}
