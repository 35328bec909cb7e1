import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { ContactNotes } from '../../../common/contacts';
import { DomainError } from '../../../common/errors';
import { limits } from '../../../common/meeting/limits';
import { noteDialling } from '../../contacts/noteDialling';
import { fingerprintOf } from '../identity';
import type { HostAddress } from '../invites/address';
import type { RelayRoom } from '../invites/link';
import { pinBytes } from '../invites/code';
import type { SessionPolicy } from '../policy';
import { dialRelay } from '../relay/dialRelay';
import type { Timers } from '../timing';

/** A WebSocket to the host that the invite names, and nobody else. */
export interface PinnedConnection {
  readonly socket: WebSocket;
  /** SHA-256 of the host's certificate, base64url. */
  readonly fingerprint: string;
  /** It goes through the relay: the host does not see this computer's address. */
  readonly isRelayed: boolean;
}

export interface ConnectOptions {
  readonly addresses: readonly HostAddress[];
  /**
   * Tried last: the bytes of the same connection, passed through by a relay. When its address is among `addresses` too,
   * because somebody typed one that may be either, it is tried only when no host answered there, the right or a wrong one.
   */
  readonly relay: RelayRoom | null;
  /** The certificate's SHA-256, or its first bytes, at least 10. */
  readonly pin: Uint8Array;
  readonly timers: Timers;
  readonly contacts: ContactNotes;
  readonly policy: SessionPolicy['connect'];
  /** Gives up: everything is closed, the promise rejects with `join/unreachable`. */
  readonly signal: AbortSignal;
}

type Attempt = { close(): void };

/**
 * Reaches the host at the first address that answers with the pinned certificate. Addresses are tried in order, each
 * beginning when the one before has failed or taken too long (RFC 8305); the others are closed.
 *
 * The pin is compared after the TLS 1.3 handshake, which proves possession of the certificate's key, and before the
 * first byte of application data is written. Names and dates in the certificate mean nothing here, so Node's own
 * check is off.
 *
 * Rejects with DomainError: `join/certificate-mismatch` if somebody else answered and nobody right did,
 * else `join/unreachable`.
 */
export function connectPinned(options: ConnectOptions): Promise<PinnedConnection> {
  const { addresses, relay, timers, policy, signal } = options;
  return new Promise((resolve, reject) => {
    const attempts = new Set<Attempt>();
    const waiting: Try[] = [
      ...addresses.map(
        (address): Try =>
          (outcome) =>
            tryAddress(address, options, outcome),
      ),
      ...(relay === null ? [] : [((outcome) => tryRelay(relay, options, outcome)) satisfies Try]),
    ];
    const isEither = relay !== null && addresses.some((address) => isSame(address, relay.address));
    let mismatch = false;
    let settled = false;
    let cancelStagger = () => {};

    const settle = () => {
      settled = true;
      cancelStagger();
      cancelTotal();
      signal.removeEventListener('abort', fail);
      for (const attempt of attempts) attempt.close();
      attempts.clear();
    };
    const fail = () => {
      if (settled) return;
      settle();
      reject(new DomainError(mismatch ? 'join/certificate-mismatch' : 'join/unreachable'));
    };
    const next = () => {
      cancelStagger();
      if (settled) return;
      const begin = waiting.shift();
      if (begin === undefined) {
        if (attempts.size === 0) fail();
        return;
      }
      const attempt = begin({
        connected(connection) {
          attempts.delete(attempt);
          settle();
          resolve(connection);
        },
        failed(isMismatch) {
          attempts.delete(attempt);
          mismatch ||= isMismatch;
          if (mismatch && isEither) waiting.length = 0;
          next();
        },
      });
      attempts.add(attempt);
      if (waiting.length > (isEither ? 1 : 0)) cancelStagger = timers.after(policy.staggerMs, next);
    };
    const cancelTotal = timers.after(policy.totalMs, fail);
    signal.addEventListener('abort', fail);
    if (signal.aborted) fail();
    else next();
  });
}

function isSame(one: HostAddress, other: HostAddress): boolean {
  return one.host === other.host && one.port === other.port;
}

interface Outcome {
  connected(connection: PinnedConnection): void;
  failed(isMismatch: boolean): void;
}

type Try = (outcome: Outcome) => Attempt;

/** One attempt. Exactly one outcome is called, later, unless it is closed first. */
function tryAddress({ host, port }: HostAddress, options: ConnectOptions, outcome: Outcome): Attempt {
  const connecting = connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...pinnedTls });
  noteDialling(connecting, 'host', { host, port }, options.contacts);
  return tryTls(connecting, options, outcome);
}

/** The same through a relay: first its own few words, then TLS with the host. */
function tryRelay({ address, room }: RelayRoom, options: ConnectOptions, outcome: Outcome): Attempt {
  const { timers, policy, contacts } = options;
  let inner: Attempt | null = null;
  const dialling = dialRelay(
    { address, opening: { type: 'guest', room }, timers, timeoutMs: policy.attemptMs, contacts },
    {
      connected: (socket) =>
        (inner = tryTls(connectTls({ socket, ...pinnedTls }), options, {
          connected: (connection) => outcome.connected({ ...connection, isRelayed: true }),
          failed: (isMismatch) => outcome.failed(isMismatch),
        })),
      failed: () => outcome.failed(false),
    },
  );
  return {
    close() {
      dialling.close();
      inner?.close();
    },
  };
}

/** The other end is known by its pin, which `tryTls` compares. */
const pinnedTls = { minVersion: 'TLSv1.3', rejectUnauthorized: false } as const satisfies ConnectionOptions;

function tryTls(socket: TLSSocket, options: ConnectOptions, outcome: Outcome): Attempt {
  let done = false;
  let webSocket: WebSocket | null = null;
  const finish = (): boolean => {
    if (done) return false;
    done = true;
    cancelTimeout();
    return true;
  };
  const fail = (isMismatch: boolean) => {
    if (!finish()) return;
    webSocket?.terminate();
    socket.destroy();
    outcome.failed(isMismatch);
  };
  const cancelTimeout = options.timers.after(options.policy.attemptMs, () => fail(false));

  socket.on('error', () => fail(false));
  socket.once('close', () => fail(false));
  socket.once('secureConnect', () => {
    const fingerprint = done ? null : pinnedFingerprint(socket, options.pin);
    if (fingerprint === null) {
      fail(true);
      return;
    }
    const upgrading = upgrade(socket);
    webSocket = upgrading;
    upgrading.on('error', () => fail(false));
    upgrading.once('open', () => {
      if (!finish()) return;
      // What the host sends now waits for `openWire`. The error listener above stays, without effect.
      upgrading.pause();
      outcome.connected({ socket: upgrading, fingerprint, isRelayed: false });
    });
  });

  return {
    close() {
      if (!finish()) return;
      webSocket?.terminate();
      socket.destroy();
    },
  };
}

/** The fingerprint of the certificate the other end has proven to own, or null when it is not the pinned one. */
function pinnedFingerprint(socket: TLSSocket, pin: Uint8Array): string | null {
  const raw = socket.getPeerCertificate().raw as Buffer | undefined;
  if (socket.getProtocol() !== 'TLSv1.3' || raw === undefined || pin.length < pinBytes) return null;
  const fingerprint = fingerprintOf(raw);
  const start = Buffer.from(fingerprint, 'base64url').subarray(0, pin.length);
  return start.length === pin.length && timingSafeEqual(start, pin) ? fingerprint : null;
}

/** The scheme says `ws:` because TLS is there already; the name is never looked up. */
function upgrade(socket: TLSSocket): WebSocket {
  return new WebSocket('ws://meeting.invalid/', {
    createConnection: () => socket,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    followRedirects: false,
  });
}
