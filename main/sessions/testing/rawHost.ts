import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { noContactNotes } from '../../../common/contacts';
import type { Participant } from '../../../common/meeting/models';
import {
  guestMessageSchema,
  protocolVersion,
  type GuestMessage,
  type HostMessage,
} from '../../../common/protocol/messages';
import type { Body, Envelope } from '../../../common/protocol/bodies';
import { createMeetingCertificate } from '../certificate';
import { createSigner, randomId } from '../identity';
import { buildInviteLink } from '../invites/link';
import { defaultPolicy } from '../policy';
import { startRendezvousServer, type RendezvousServer } from '../rendezvous/server';
import { systemTimers } from '../timing';
import { newIdentity } from './memoryVault';
import { eventually, type Person } from './person';
import { shownNotice } from './shownNotice';

const nonce = 'N'.repeat(43);
const off = { microphone: false, camera: false };

/** Somebody with keys who signs what the test wants, without a connection of its own. */
export class RawPerson {
  readonly signer = createSigner(newIdentity());
  readonly participant: Participant;
  #sequence = 0;

  constructor(letter: string, role: Participant['role']) {
    const who = { id: letter.repeat(22), name: letter, identityKey: this.signer.publicKey, role };
    this.participant = { ...who, joinedAt: 0, media: off, presence: 'here', returns: 0 };
  }

  /** A correct envelope, unless told otherwise. */
  envelope(meetingId: string, to: string | null, body: Body, change: Partial<Envelope['header']> = {}): Envelope {
    this.#sequence += 1;
    const header = { meetingId, from: this.participant.id, to, sequence: this.#sequence, body, ...change };
    return { header, signature: this.signer.sign('envelope', header) };
  }
}

/** A host that can say anything at any time and passes on whatever it is given: what a malicious one would be. */
export class RawHost {
  readonly meetingId = randomId(randomBytes);
  readonly selfId = 'S'.repeat(22);
  readonly received: GuestMessage[] = [];
  readonly person = new RawPerson('H', 'host');
  readonly #server: RendezvousServer;
  readonly #fingerprint: string;
  #socket: WebSocket | null = null;
  #revision = 0;

  private constructor(server: RendezvousServer, fingerprint: string, connected: Promise<WebSocket>) {
    this.#server = server;
    this.#fingerprint = fingerprint;
    void connected.then((socket) => {
      this.#socket = socket;
      socket.on('message', (data: Buffer) =>
        this.received.push(guestMessageSchema.parse(JSON.parse(data.toString('utf8')))),
      );
      socket.on('error', () => {});
      socket.resume();
    });
  }

  static async open(): Promise<RawHost> {
    const certificate = await createMeetingCertificate(Date.now());
    let handleSocket = (_socket: WebSocket) => {};
    const connected = new Promise<WebSocket>((resolve) => (handleSocket = resolve));
    const server = await startRendezvousServer({
      certificate,
      timers: systemTimers,
      policy: defaultPolicy,
      contacts: noContactNotes,
      onConnection: ({ socket, handleHelloDone }) => {
        handleHelloDone();
        handleSocket(socket);
      },
    });
    return new RawHost(server, certificate.fingerprint, connected);
  }

  link(): string {
    return buildInviteLink({
      meetingId: this.meetingId,
      addresses: [{ host: '127.0.0.1', port: this.#server.port }],
      relay: null,
      fingerprint: this.#fingerprint,
      secret: '00000000',
      hostKey: this.person.signer.publicKey,
      expiresAt: Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000,
    });
  }

  send(message: unknown): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** A true welcome. */
  welcome(): HostMessage {
    const { signer } = this.person;
    const facts = {
      meetingId: this.meetingId,
      nonce,
      hostName: 'Helga',
      hostKey: signer.publicKey,
      notice: {
        controllerName: 'Helga',
        controllerContact: '',
        officerContact: '',
        chatRetentionDays: 30,
        recordingRetentionDays: 14,
        relay: null,
        iceServers: [],
        employees: false,
        registration: null,
      },
      noticeVersion: { number: 1, since: 0 },
      plan: null,
      passcodeNeeded: false,
      expiresAt: Date.now() + 3_600_000,
    };
    const signature = signer.sign('welcome', { ...facts, certificate: this.#fingerprint });
    return { type: 'welcome', version: protocolVersion, ...facts, signature };
  }

  /** The next roster: the host, the guest at the other end, these others. */
  roster(guest: Person, others: readonly Participant[], role: Participant['role'] = 'guest'): HostMessage {
    this.#revision += 1;
    const self = {
      ...{ id: this.selfId, name: guest.name, identityKey: guest.vault.profile.identity().publicKey, role },
      ...{ joinedAt: 0, media: off, presence: 'here' as const, returns: 0 },
    };
    const participants = [this.person.participant, self, ...others];
    return { type: 'roster', revision: this.#revision, locked: false, participants };
  }

  /** Brings the guest to a stage and no further; what it has been told by then is true. */
  async bring(
    guest: Person,
    stage: 'hello' | 'preview' | 'waiting' | 'admitted' | 'meeting',
    others: readonly Participant[] = [],
  ): Promise<void> {
    const opened = guest.service.openLink({ link: this.link() });
    await Promise.race([opened, this.heard('hello')]);
    if (stage === 'hello') return;
    this.send(this.welcome());
    await opened;
    if (stage === 'preview') return;
    guest.service.knock({ notice: shownNotice(guest.service), name: guest.name, language: 'en' });
    await this.heard('knock');
    if (stage === 'waiting') return;
    this.send({ type: 'admitted', selfId: this.selfId, title: 'Budget', startedAt: Date.now(), token: nonce, seen: 0 });
    if (stage === 'admitted') return;
    this.send(this.roster(guest, others));
    await guest.until('meeting');
  }

  heard(type: GuestMessage['type']): Promise<true> {
    return eventually(() => this.received.some((one) => one.type === type) || (false as never));
  }

  /** Waits until the guest has dealt with everything that was sent, or has hung up. */
  async settled(): Promise<void> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== socket.OPEN) return;
    await new Promise<void>((resolve) => {
      socket.once('pong', () => resolve());
      socket.once('close', () => resolve());
      socket.ping();
    });
  }

  async close(): Promise<void> {
    this.#socket?.terminate();
    await this.#server.close();
  }
}
