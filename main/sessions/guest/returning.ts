import type { Signer } from '../../../common/meeting/meetingChannel';
import {
  hostMessageSchema,
  protocolVersion,
  type GuestMessage,
  type HostMessage,
  type Refusal,
} from '../../../common/protocol/messages';
import type { HostAddress } from '../invites/address';
import type { RelayRoom } from '../invites/link';
import { parseAs, readJson } from '../json';
import { openWire, type Wire, type WireEnd } from '../rendezvous/wire';
import type { SessionEnvironment } from '../sessionEnvironment';
import { isGenuineWelcome, type Welcome } from './welcomeCheck';

type Admitted = Extract<HostMessage, { type: 'admitted' }>;

/** Where a host is reached. */
export interface Door {
  readonly addresses: readonly HostAddress[];
  readonly relay: RelayRoom | null;
  /** SHA-256 of the host's certificate, or its first 10 bytes. */
  readonly pin: Uint8Array;
}

/** The place in a meeting that somebody comes back to. */
interface Place {
  readonly door: Door;
  readonly meetingId: string;
  readonly hostKey: string;
  readonly participantId: string;
  readonly token: string;
  /** The process that was there before is gone. */
  readonly fresh: boolean;
}

export interface Back {
  readonly wire: Wire;
  readonly welcome: Welcome;
  readonly admitted: Admitted;
}

export interface ReturningOptions {
  readonly place: Place;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onBack: (back: Back) => void;
  /** The host will not have this participant back, now or later. */
  readonly onRefused: (reason: Refusal) => void;
  /** Frames after `onBack`, and the end of the connection. */
  readonly onFrame: (text: string) => void;
  readonly onEnded: (reason: WireEnd) => void;
}

/** Refusals that may be others the next time. */
const passing: ReadonlySet<Refusal> = new Set(['too-many-attempts', 'full', 'locked', 'expired'] as const);

/**
 * Makes a lost connection to the host anew, for as long as it takes: the same certificate, the same identity on both
 * ends, the token instead of the invite. Works until it is stopped, is back, or is refused.
 */
export class Returning {
  readonly #options: ReturningOptions;
  #abort = new AbortController();
  #cancel = () => {};
  #wire: Wire | null = null;
  #attempt = 0;
  #phase: 'trying' | 'back' | 'over' = 'trying';
  #closed: Promise<unknown> = Promise.resolve();

  constructor(options: ReturningOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** Tries again at once: the network is another, or the computer woke up. */
  hurry(): void {
    if (this.#phase !== 'trying') return;
    this.#attempt = 0;
    this.#abort.abort();
    this.#cancel();
    this.#wire?.terminate();
    this.#wire = null;
    this.#schedule();
  }

  /** Gives up; a connection that is back goes on. */
  stop(): void {
    if (this.#phase === 'back') return;
    this.#wire?.terminate();
    this.#phase = 'over';
    this.#abort.abort();
    this.#cancel();
  }

  /** Resolves when the sockets of all attempts are closed. */
  closed(): Promise<unknown> {
    return this.#closed;
  }

  #schedule(): void {
    const { timers, policy } = this.#options.environment;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#cancel = timers.after(policy.comeBack.delayMs(this.#attempt), () => void this.#dial(signal));
    this.#attempt += 1;
  }

  #retry(signal: AbortSignal): void {
    if (this.#phase !== 'trying' || signal.aborted) return;
    this.#cancel();
    this.#schedule();
  }

  async #dial(signal: AbortSignal): Promise<void> {
    const { environment, place } = this.#options;
    const { network, timers, policy, contacts } = environment;
    try {
      const connection = await network.dial({
        ...place.door,
        timers,
        contacts,
        policy: policy.comeBack.connect,
        signal,
      });
      const { socket, fingerprint } = connection;
      if (signal.aborted || this.#phase !== 'trying') return socket.terminate();
      this.#closed = Promise.all([this.#closed, new Promise<void>((resolve) => socket.once('close', () => resolve()))]);
      let welcome: Welcome | null = null;
      const give = (reason: Refusal | null) => {
        wire.terminate();
        this.#wire = null;
        this.#cancel();
        if (reason === null || passing.has(reason)) return this.#retry(signal);
        this.#phase = 'over';
        this.#options.onRefused(reason);
      };
      const handle = (text: string) => {
        const message = parseAs(hostMessageSchema, readJson(text));
        if (message?.type === 'refused') return give(message.reason);
        if (message?.type === 'erasureProof') return this.#options.onFrame(text);
        if (welcome === null && message?.type === 'welcome' && this.#isExpected(message, fingerprint)) {
          welcome = message;
          return wire.send(this.#resume(message, fingerprint));
        }
        if (welcome !== null && message?.type === 'admitted' && message.selfId === place.participantId) {
          this.#phase = 'back';
          this.#cancel();
          return this.#options.onBack({ wire, welcome, admitted: message });
        }
        give(null);
      };
      const wire = openWire(
        socket,
        {
          frame: (text) => (this.#phase === 'back' ? this.#options.onFrame(text) : handle(text)),
          ended: (reason) => (this.#phase === 'back' ? this.#options.onEnded(reason) : this.#retry(signal)),
        },
        timers,
        policy,
      );
      this.#wire = wire;
      const { meetingId: meeting, token: secret } = place;
      wire.send({ type: 'hello', version: protocolVersion, meeting, secret } satisfies GuestMessage);
      this.#cancel = timers.after(policy.helloTimeoutMs, () => give(null));
    } catch {
      this.#retry(signal);
    }
  }

  /** The host is the same: an identity does not change in the middle of a meeting. */
  #isExpected(welcome: Welcome, fingerprint: string): boolean {
    const { hostKey, meetingId } = this.#options.place;
    return welcome.hostKey === hostKey && welcome.meetingId === meetingId && isGenuineWelcome(welcome, fingerprint);
  }

  #resume({ meetingId, nonce }: Welcome, certificate: string): GuestMessage {
    const { signer, place } = this.#options;
    const { participantId, fresh } = place;
    const signed = { meetingId, nonce, certificate, participantId, identityKey: signer.publicKey, fresh };
    const { identityKey } = signed;
    return { type: 'resume', participantId, identityKey, fresh, signature: signer.sign('resume', signed) };
  }
}
