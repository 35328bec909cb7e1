import { createPrivateKey, createPublicKey } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { DomainError } from '../../common/errors';
import type { Participant } from '../../common/meeting/models';
import { createSigner } from '../../main/sessions/identity';
import type { NewConnection } from '../../main/sessions/rendezvous/server';
import { SessionService } from '../../main/sessions/sessionService';
import { createMemoryVault } from '../../main/sessions/testing/memoryVault';
import { ManualTime } from '../../main/sessions/testing/manualTimers';
import type { StoredIdentity, Vault } from '../../main/vault/repositories';
import { Random } from './generate/random';
import { Broken } from './target';

/** An identity that is the same each time: the seed of an Ed25519 key (RFC 8410) is the same byte throughout. */
function identityOf(byte: number): StoredIdentity {
  const privateKey = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  const key = createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }));
  const publicKey = key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');
  return { publicKey, privateKey };
}

/** Canonical base64url of 16 bytes. */
export const meetingId = 'Q'.repeat(22);
export const fingerprint = Buffer.alloc(32, 5).toString('base64url');
export const nonce = Buffer.alloc(32, 6).toString('base64url');

/** Somebody with keys. */
export function someone(letter: string, role: Participant['role']) {
  const signer = createSigner(identityOf(letter.charCodeAt(0)));
  const participant: Participant = {
    ...{ id: letter.repeat(22), name: letter, identityKey: signer.publicKey, role, joinedAt: 0 },
    ...{ media: { microphone: false, camera: false }, presence: 'here', returns: 0 },
  };
  return { signer, participant };
}

/** The other end of a connection, as sessions use one. What arrives is given to `say`. */
export class FakeWebSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly CLOSED = 3;
  readyState = 1;
  readonly bufferedAmount = 0;
  readonly heard: string[] = [];

  /** A frame as the network would bring it. Whatever is thrown here would have ended the program. */
  say(text: string): void {
    if (this.readyState === this.OPEN) this.emit('message', Buffer.from(text, 'utf8'), false);
  }
  send(text: string): void {
    if (this.heard.length < 1_000) this.heard.push(text);
  }
  ping(): void {}
  pause(): void {}
  resume(): void {}
  close(): void {
    this.terminate();
  }
  terminate(): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.emit('close', 1000);
  }
}

/** One installation whose network, clock and randomness follow from a seed. */
export function installation(random: Random) {
  const time = new ManualTime(1_800_000_000_000);
  const reported: unknown[] = [];
  const dialled: FakeWebSocket[] = [];
  let door: ((connection: NewConnection) => void) | null = null;
  const vault = createMemoryVault('Gast', identityOf(1));
  const bytes = new Random(random.next());
  const service = new SessionService({
    vault: () => vault as unknown as Vault,
    emit: () => {},
    retention: () => ({ chatRetentionDays: 30, recordingRetentionDays: 1, registrationRetentionDays: 14 }),
    clock: time.clock,
    timers: time,
    random: (size) => bytes.bytes(size),
    networkInterfaces: () => ({}),
    lookupName: async () => [],
    report: (error) => void reported.push(error),
    network: {
      createCertificate: async () => ({ privateKeyPem: '', certificatePem: '', fingerprint }),
      dial: async () => {
        const socket = new FakeWebSocket();
        dialled.push(socket);
        return { socket: socket as unknown as WebSocket, fingerprint, isRelayed: false };
      },
      listen: async ({ onConnection }) => {
        door = onConnection;
        return { port: 5_000, handleConnection: () => {}, close: async () => {} };
      },
    },
  });
  return {
    ...{ service, time, dialled },
    /** Somebody comes to the door of the meeting hosted here. */
    come(source: string): FakeWebSocket {
      const socket = new FakeWebSocket();
      door?.({ socket: socket as unknown as WebSocket, source, handleHelloDone: () => {} });
      return socket;
    },
    /** What a person does may be refused, and nothing else. */
    act(work: () => unknown): void {
      try {
        const later = work();
        if (later instanceof Promise) later.catch((error: unknown) => void reported.push(error));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
      }
    },
    async end(): Promise<void> {
      service.leave();
      for (const socket of dialled) socket.terminate();
      time.advance(60_000);
      await service.dispose();
      for (const error of reported) if (!(error instanceof DomainError)) throw error;
      if (time.pending > 50) throw new Broken(`${time.pending} timers are left`);
    },
  };
}
