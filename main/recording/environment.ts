import type { Signer, VerifySignature } from '../../common/meeting/meetingChannel';
import type { Language } from '../../common/meeting/models';
import type { Vault } from '../vault/repositories';

/** Where every delay comes from, so that tests decide when time passes. */
export interface Timers {
  /** Runs once after `milliseconds`; the returned function cancels, also when it has already run. */
  after(milliseconds: number, run: () => void): () => void;
}

/** One line per lifecycle change; never a name, a text, a key or an ID. */
interface Log {
  info(message: string): void;
  error(message: string, thrown?: unknown): void;
}

/** What everything in main/recording is given from outside. */
export interface RecordingEnvironment {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  /** Signs with this installation's identity key; throws DomainError `vault/locked` like `vault`. */
  readonly signer: () => Signer;
  readonly verify: VerifySignature;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly timers: Timers;
  /** The language this installation speaks. */
  readonly language: () => Language;
  /** Whether the person at this installation has set that they are never recorded by others. */
  readonly neverRecordMe: () => boolean;
  readonly random: (size: number) => Uint8Array;
  readonly log: Log;
}
