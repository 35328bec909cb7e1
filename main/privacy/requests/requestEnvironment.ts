import type { Signer, VerifySignature } from '../../../common/meeting/meetingChannel';
import type { Vault } from '../../vault/repositories';

/** What each part of requests stands on. */
export interface RequestEnvironment {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly signer: () => Signer;
  readonly verify: VerifySignature;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Something about a request is another: windows read again, and who is connected is told. */
  readonly changed: () => void;
  /** Never whose, and never what it says. */
  readonly log: { info(message: string): void };
}
