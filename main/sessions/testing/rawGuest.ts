import type { WebSocket } from 'ws';
import { noContactNotes } from '../../../common/contacts';
import type { Body, Envelope } from '../../../common/protocol/bodies';
import { hostMessageSchema, protocolVersion, type HostMessage } from '../../../common/protocol/messages';
import { createSigner } from '../identity';
import { parseInviteLink } from '../invites/link';
import { defaultPolicy } from '../policy';
import { connectPinned } from '../rendezvous/connect';
import { documentHash } from '../../vault/documentHash';
import { systemTimers } from '../timing';
import { newIdentity } from './memoryVault';
import { eventually, inviteOf, type Person } from './person';

type Named<Type extends HostMessage['type']> = Extract<HostMessage, { type: Type }>;

/** A guest that can say anything at any time: what a modified client would be. */
export class RawGuest {
  readonly identity = newIdentity();
  readonly signer = createSigner(this.identity);
  readonly received: HostMessage[] = [];
  /** The same, byte for byte. */
  readonly frames: string[] = [];
  readonly socket: WebSocket;
  readonly fingerprint: string;
  readonly secret: string;
  readonly meetingId: string;
  selfId = '';
  closed = false;
  #sequence = 0;

  private constructor(socket: WebSocket, fingerprint: string, secret: string, meetingId: string) {
    this.socket = socket;
    this.fingerprint = fingerprint;
    this.secret = secret;
    this.meetingId = meetingId;
    socket.on('message', (data: Buffer) => {
      this.frames.push(data.toString('utf8'));
      this.received.push(hostMessageSchema.parse(JSON.parse(data.toString('utf8'))));
    });
    socket.on('close', () => (this.closed = true));
    socket.on('error', () => {});
    socket.resume();
  }

  static async connect(host: Person): Promise<RawGuest> {
    const invite = parseInviteLink(inviteOf(host).link, 0);
    const { socket, fingerprint } = await connectPinned({
      addresses: invite.addresses,
      relay: null,
      pin: Buffer.from(invite.fingerprint, 'base64url'),
      timers: systemTimers,
      contacts: noContactNotes,
      policy: defaultPolicy.connect,
      signal: new AbortController().signal,
    });
    return new RawGuest(socket, fingerprint, invite.secret, invite.meetingId);
  }

  /** Connected, admitted and in the roster. */
  static async admitted(host: Person, name: string): Promise<RawGuest> {
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock(name);
    const knockId = await eventually(
      () => host.meeting().lobby.find((one) => one.name === name)?.knockId ?? (false as const),
    );
    host.service.admit({ knockId: knockId || '' });
    guest.selfId = (await guest.next('admitted')).selfId;
    await guest.next('roster');
    return guest;
  }

  send(value: unknown): void {
    this.socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  }

  async hello(change: Record<string, unknown> = {}): Promise<Named<'welcome'>> {
    this.sendHello(change);
    return this.next('welcome');
  }

  sendHello(change: Record<string, unknown> = {}): void {
    this.send({
      type: 'hello',
      version: protocolVersion,
      meeting: this.meetingId,
      secret: this.secret,
      ...change,
    });
  }

  knock(name: string, change: Record<string, unknown> = {}, registration: unknown = {}): void {
    const welcome = this.find('welcome');
    const identityKey = this.signer.publicKey;
    const notice = welcome === undefined ? 'N'.repeat(43) : documentHash(welcome.notice);
    const signed = {
      meetingId: this.meetingId,
      nonce: welcome?.nonce,
      certificate: this.fingerprint,
      name,
      identityKey,
      registration,
      notice,
    };
    const signature = this.signer.sign('knock', signed);
    const knock = { type: 'knock', name, identityKey, language: 'en', passcode: null, registration, notice, signature };
    this.send({ ...knock, ...change });
  }

  /** A correct envelope, unless told otherwise. */
  envelope(body: Body, change: Partial<Envelope['header']> = {}): Envelope {
    this.#sequence += 1;
    const header = {
      meetingId: this.meetingId,
      from: this.selfId,
      to: null,
      sequence: this.#sequence,
      body,
      ...change,
    };
    return { header, signature: this.signer.sign('envelope', header) };
  }

  sendEnvelope(envelope: Envelope): void {
    this.send({ type: 'envelope', envelope });
  }

  find<Type extends HostMessage['type']>(type: Type): Named<Type> | undefined {
    return this.received.find((one): one is Named<Type> => one.type === type);
  }

  async next<Type extends HostMessage['type']>(type: Type): Promise<Named<Type>> {
    return eventually(() => {
      const found = this.find(type);
      if (found === undefined) throw new Error(`no ${type} in ${JSON.stringify(this.received)}`);
      return found;
    });
  }
}
