import type { SignedRequestStatus } from '../../../common/privacy/personRequests';
import type { GuestMessage, HostMessage } from '../../../common/protocol/messages';
import type { SessionEnvironment } from '../sessionEnvironment';

type RequestMessage = Extract<GuestMessage, { type: `personRequest${string}` }>;

/** As many as the open requests of one person, each taken back and confirmed, and some to spare. */
const maxMessages = 50;

/**
 * Requests about somebody's data on one guest's connection. Anybody who knows the code may hand one in: its signature says
 * whose it is. What is answered is told only to who has proven the key of the person who asked.
 */
export class GuestRequests {
  readonly #environment: Pick<SessionEnvironment, 'requests' | 'report'>;
  readonly #send: (message: HostMessage) => void;
  readonly #told = new Set<string>();
  #provenKey: string | null = null;
  #messages = 0;

  constructor(environment: Pick<SessionEnvironment, 'requests' | 'report'>, send: (message: HostMessage) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  /** More than anybody needs is passed over: it must not cost a participant the place. */
  handle(message: RequestMessage): void {
    this.#messages += 1;
    if (this.#messages > maxMessages) return;
    const { requests, report } = this.#environment;
    try {
      const port = requests();
      if (port === null) return;
      switch (message.type) {
        case 'personRequest': {
          const { request, signature } = message;
          const confirmed = port.take({ request, signature });
          if (confirmed !== null) this.#tell(confirmed);
          return;
        }
        case 'personRequestWithdrawal': {
          const { withdrawal, signature } = message;
          return port.takeWithdrawal({ withdrawal, signature });
        }
        case 'personRequestTold':
          if (this.#provenKey !== null) port.told(this.#provenKey, message.requestId, message.revision);
      }
    } catch (error) {
      report(error);
    }
  }

  /** The other end has proven this identity key on this connection. */
  handleProven(identityKey: string): void {
    this.#provenKey = identityKey;
    this.tell();
  }

  /** Tells whoever has proven their key what they do not know yet. */
  tell(): void {
    if (this.#provenKey === null) return;
    const { requests, report } = this.#environment;
    try {
      for (const statement of requests()?.toTell(this.#provenKey) ?? []) this.#tell(statement);
    } catch (error) {
      report(error);
    }
  }

  /** Once on a connection. */
  #tell(statement: SignedRequestStatus): void {
    if (this.#told.has(statement.signature)) return;
    this.#told.add(statement.signature);
    this.#send({ type: 'personRequestStatus', ...statement });
  }
}
