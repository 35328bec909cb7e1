import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { Participant } from '../../../common/meeting/models';
import type { Body, Envelope } from '../../../common/protocol/bodies';
import { guestMessageSchema, protocolVersion, type HostMessage } from '../../../common/protocol/messages';
import { createMeetingCertificate } from '../certificate';
import { createEnvelopeSealer } from '../envelopes';
import { createSigner, randomId, randomNonce } from '../identity';
import { randomSecret } from '../invites/code';
import { buildInviteLink } from '../invites/link';
import { newIdentity } from './memoryVault';
import { eventually, type Person } from './person';
import { shownNotice } from './shownNotice';

const secret = randomSecret();

/** Somebody who came to a {@link LyingHost}. */
export class LyingSeat {
  /** What came from there, in order; nothing was checked. */
  readonly envelopes: Envelope[] = [];
  name = '';
  identityKey = '';
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(message: HostMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  pass(envelope: Envelope): void {
    this.send({ type: 'envelope', envelope });
  }

  /** The newest envelope from there with a body of this type for which `fits`. */
  async next<Type extends Body['type']>(
    type: Type,
    fits: (body: Extract<Body, { type: Type }>) => boolean = () => true,
  ): Promise<{ readonly envelope: Envelope; readonly body: Extract<Body, { type: Type }> }> {
    return eventually(() => {
      for (const envelope of [...this.envelopes].reverse()) {
        const { body } = envelope.header;
        if (body.type === type && fits(body as Extract<Body, { type: Type }>)) {
          return { envelope, body: body as Extract<Body, { type: Type }> };
        }
      }
      throw new Error(`no ${type} among ${this.envelopes.map(({ header }) => header.body.type).join()}`);
    });
  }
}

/** A host that tells several guests what it likes, each something else; it passes nothing on by itself. For one guest see RawHost. */
export class LyingHost {
  readonly meetingId = randomId();
  readonly hostId = 'H'.repeat(22);
  readonly signer: Signer = createSigner(newIdentity());
  readonly seats: LyingSeat[] = [];
  readonly #server: Server;
  readonly #fingerprint: string;
  #revision = 0;

  private constructor(server: Server, fingerprint: string) {
    this.#server = server;
    this.#fingerprint = fingerprint;
    const webSockets = new WebSocketServer({ server });
    webSockets.on('connection', (socket) => this.#handleConnection(socket));
  }

  static async open(): Promise<LyingHost> {
    const certificate = await createMeetingCertificate(Date.now());
    const server = createServer({
      ...{ key: certificate.privateKeyPem, cert: certificate.certificatePem, minVersion: 'TLSv1.3' },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new LyingHost(server, certificate.fingerprint);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Lets somebody in under this ID; `roster` says whom they are to see, themselves and the host apart. */
  async seat(person: Person, selfId: string): Promise<LyingSeat> {
    const { port } = this.#server.address() as AddressInfo;
    const expiresAt = (Math.floor(Date.now() / 1_000) + 3_600) * 1_000;
    const link = buildInviteLink({
      ...{ meetingId: this.meetingId, addresses: [{ host: '127.0.0.1', port }], relay: null },
      ...{ fingerprint: this.#fingerprint, secret, hostKey: this.signer.publicKey, expiresAt },
    });
    await person.service.openLink({ link });
    await person.until('preview');
    person.service.knock({ notice: shownNotice(person.service), name: person.name, language: 'en' });
    const seat = await eventually(() => {
      const found = this.seats.find(({ name }) => name === person.name);
      if (found === undefined) throw new Error(`${person.name} has not knocked`);
      return found;
    });
    seat.send({
      ...{ type: 'admitted', selfId, title: 'Budget', startedAt: Date.now(), token: randomNonce(), seen: 0 },
    });
    return seat;
  }

  /** Tells somebody who is there; the host comes first by itself. */
  tell(
    seat: LyingSeat,
    people: readonly { readonly id: string; readonly name: string; readonly identityKey: string }[],
  ) {
    const participant = (one: (typeof people)[number], role: Participant['role']): Participant => ({
      ...{ ...one, role, joinedAt: Date.now(), media: { microphone: false, camera: false } },
      ...{ presence: 'here', returns: 0 },
    });
    const host = participant({ id: this.hostId, name: 'Mallory', identityKey: this.signer.publicKey }, 'host');
    const participants = [host, ...people.map((one) => participant(one, 'guest'))];
    this.#revision += 1;
    seat.send({ type: 'roster', revision: this.#revision, locked: false, participants });
  }

  /** Makes envelopes in the name of a participant, with a key of the host's choice. */
  voice(from: string, signer: Signer): (to: string, body: Body) => Envelope {
    return createEnvelopeSealer(signer, this.meetingId, from);
  }

  #handleConnection(socket: WebSocket): void {
    const seat = new LyingSeat(socket);
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) => {
      const message = guestMessageSchema.parse(JSON.parse(data.toString('utf8')));
      if (message.type === 'hello') seat.send(this.#welcome());
      if (message.type === 'envelope') seat.envelopes.push(message.envelope);
      if (message.type !== 'knock') return;
      seat.name = message.name;
      seat.identityKey = message.identityKey;
      seat.send({ type: 'waiting' });
      this.seats.push(seat);
    });
  }

  #welcome(): HostMessage {
    const facts = {
      ...{ meetingId: this.meetingId, nonce: randomNonce(), hostName: 'Mallory', hostKey: this.signer.publicKey },
      notice: {
        ...{ controllerName: 'Mallory', controllerContact: '', chatRetentionDays: 30, recordingRetentionDays: 14 },
        ...{ officerContact: '', relay: null, iceServers: [], employees: false, registration: null },
      },
      ...{
        noticeVersion: { number: 1, since: 0 },
        plan: null,
        passcodeNeeded: false,
        expiresAt: Date.now() + 3_600_000,
      },
    };
    const signature = this.signer.sign('welcome', { ...facts, certificate: this.#fingerprint });
    return { type: 'welcome', version: protocolVersion, ...facts, signature };
  }
}
