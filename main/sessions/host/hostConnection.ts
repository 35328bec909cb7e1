import type { WebSocket } from 'ws';
import type { TravellingProof, TravellingWithdrawal } from '../../../common/consent/withdrawalPort';
import type { Participant } from '../../../common/meeting/models';
import type { Envelope } from '../../../common/protocol/bodies';
import {
  guestMessageSchema,
  helloVersionSchema,
  protocolVersion,
  type GuestMessage,
  type HostMessage,
  type PasscodeRefusal,
  type Refusal,
} from '../../../common/protocol/messages';
import { GuestRequests } from './guestRequests';
import { randomNonce, verifySignature } from '../identity';
import { parseAs, readJson } from '../json';
import { createTokenBucket } from '../rendezvous/tokenBucket';
import { openWire, type Wire } from '../rendezvous/wire';
import type { SessionEnvironment } from '../sessionEnvironment';

export type Hello = Extract<GuestMessage, { type: 'hello' }>;
export type ResumeMessage = Extract<GuestMessage, { type: 'resume' }>;
export type KnockMessage = Extract<GuestMessage, { type: 'knock' }>;

/** What a connection asks of the meeting it leads to. */
export interface HostDesk {
  readonly meetingId: string;
  readonly fingerprint: string;
  /** Why this hello is not welcome, or null. */
  handleHello(hello: Hello, source: string): Refusal | null;
  /** A signed welcome over this nonce. */
  welcome(nonce: string): HostMessage;
  /** Whose token this is, or null for one that is nobody's. */
  ownerOf(token: string): string | null;
  /** The notice as it is now, signed over this nonce. */
  notice(nonce: string): HostMessage;
  /** Whether this is the notice that is told now. */
  isCurrentNotice(hash: string): boolean;
  /** Why the passcode of a knock is not good enough, or null. */
  checkPasscode(given: string | null, source: string): PasscodeRefusal | null;
  /** The knock's signature and passcode have been verified. */
  handleKnock(connection: HostConnection, knock: KnockMessage): void;
  /** The signature has been verified, and whose the token is that was shown. */
  handleResume(connection: HostConnection, resume: ResumeMessage): void;
  /** Whoever knocked has to read another notice first, and knock again. */
  handleKnockUndone(connection: HostConnection): void;
  /** From whoever knows the code; null when it is refused. */
  handleWithdrawal(withdrawal: TravellingWithdrawal): TravellingProof | null;
  /** From an admitted participant; nothing of the envelope has been checked but its shape. */
  handleEnvelope(participantId: string, envelope: Envelope): void;
  /**
   * The connection is over; `participantId` as before. `lost`: by no intention of either end, as far as can be told.
   * Called once.
   */
  handleGone(connection: HostConnection, participantId: string | null, how: 'closed' | 'lost'): void;
}

type Admitted = Extract<HostMessage, { type: 'admitted' }>;

type Stage =
  | { readonly type: 'hello' }
  /** `returning`: as whom this connection may come back; null: it may knock. */
  | { readonly type: 'preview'; readonly nonce: string; readonly returning: string | null }
  | { readonly type: 'waiting'; readonly nonce: string }
  | { readonly type: 'admitted'; readonly participantId: string }
  | { readonly type: 'closed' };

/**
 * The host's end of one guest's connection: which message may come when. What is not a message of this protocol, or
 * not its turn, ends the connection with `protocol`.
 */
export class HostConnection {
  readonly id: string;
  readonly #desk: HostDesk;
  readonly #source: string;
  readonly #environment: SessionEnvironment;
  readonly #wire: Wire;
  readonly #requests: GuestRequests;
  readonly #helloDone: () => void;
  readonly #takeFrame: (amount: number) => boolean;
  readonly #takeBytes: (amount: number) => boolean;
  #stage: Stage = { type: 'hello' };
  #cancelPreview = () => {};

  constructor(
    id: string,
    connection: { readonly socket: WebSocket; readonly source: string; readonly handleHelloDone: () => void },
    desk: HostDesk,
    environment: SessionEnvironment,
  ) {
    const { clock, policy, timers } = environment;
    this.id = id;
    this.#desk = desk;
    this.#source = connection.source;
    this.#helloDone = connection.handleHelloDone;
    this.#environment = environment;
    this.#takeFrame = createTokenBucket(policy.frames, clock);
    this.#takeBytes = createTokenBucket(policy.bytes, clock);
    this.#requests = new GuestRequests(environment, (message) => this.send(message));
    this.#wire = openWire(
      connection.socket,
      {
        accept: (bytes) => this.#accept(bytes),
        frame: (text) => this.#handleFrame(text),
        // Whoever breaks the protocol has lost its place; whose network broke keeps it.
        ended: (reason) => this.#close(reason === 'protocol' ? 'close' : 'terminate'),
      },
      timers,
      policy,
    );
  }

  /** The participant this connection was admitted as, or null. */
  get participantId(): string | null {
    return this.#stage.type === 'admitted' ? this.#stage.participantId : null;
  }

  /** True from a good hello until admission. */
  get isAtDoor(): boolean {
    return this.#stage.type === 'preview' || this.#stage.type === 'waiting';
  }

  send(message: HostMessage): void {
    this.#wire.send(message);
  }

  /** Ends soon as silent if nobody is there any more. */
  probe(): void {
    this.#wire.probe();
  }

  /** Tells the person here what there is to say about their requests. */
  tellRequests(): void {
    if (this.#stage.type !== 'closed') this.#requests.tell();
  }

  refuse(reason: Refusal): void {
    this.send({ type: 'refused', reason, version: protocolVersion });
    this.#close('close');
  }

  /** Somebody who knocked, or who has come back. */
  admit(participant: Participant, meeting: Omit<Admitted, 'type' | 'selfId'>): void {
    if (!this.isAtDoor) return;
    this.#cancelPreview();
    this.#stage = { type: 'admitted', participantId: participant.id };
    this.send({ type: 'admitted', selfId: participant.id, ...meeting });
  }

  /** What was told at this door is another now: whoever is at it reads that before their knock counts. */
  renewNotice(): void {
    const stage = this.#stage;
    if (stage.type === 'preview' && stage.returning === null) this.send(this.#desk.notice(stage.nonce));
    if (stage.type !== 'waiting') return;
    this.#preview(stage.nonce, null);
    this.send(this.#desk.notice(stage.nonce));
    this.#desk.handleKnockUndone(this);
  }

  /** Closes after the last words, if any. */
  finish(lastWords?: HostMessage): void {
    if (lastWords !== undefined) this.send(lastWords);
    this.#close('close');
  }

  #close(how: 'close' | 'terminate'): void {
    if (this.#stage.type === 'closed') return;
    const { participantId } = this;
    this.#stage = { type: 'closed' };
    this.#cancelPreview();
    this.#wire[how]();
    this.#desk.handleGone(this, participantId, how === 'terminate' ? 'lost' : 'closed');
  }

  #accept(bytes: number): boolean {
    if (this.#stage.type === 'closed') return false;
    const isTooLong = this.#stage.type !== 'admitted' && bytes > this.#environment.policy.doorFrameBytes;
    if (!isTooLong && this.#takeFrame(1) && this.#takeBytes(bytes)) return true;
    this.refuse('protocol');
    return false;
  }

  #handleFrame(text: string): void {
    const value = readJson(text);
    if (this.#stage.type === 'hello') {
      const refusal = versionRefusal(value);
      if (refusal !== null) return this.refuse(refusal);
    }
    const message = parseAs(guestMessageSchema, value);
    if (message === null) return this.refuse('protocol');
    this.#handleMessage(message);
  }

  #handleMessage(message: GuestMessage): void {
    switch (message.type) {
      case 'hello':
        return this.#stage.type === 'hello' ? this.#handleHello(message) : this.refuse('protocol');
      case 'knock':
        return this.#stage.type === 'preview' && this.#stage.returning === null
          ? this.#handleKnock(message, this.#stage.nonce)
          : this.refuse('protocol');
      case 'resume':
        return this.#stage.type === 'preview' && this.#stage.returning === message.participantId
          ? this.#handleResume(message, this.#stage.nonce)
          : this.refuse('protocol');
      case 'envelope':
        return this.#stage.type === 'admitted'
          ? this.#desk.handleEnvelope(this.#stage.participantId, message.envelope)
          : this.refuse('protocol');
      case 'withdrawal':
        return this.isAtDoor ? this.#handleWithdrawal(message) : this.refuse('protocol');
      case 'personRequest':
      case 'personRequestWithdrawal':
      case 'personRequestTold':
        return this.#stage.type === 'hello' ? this.refuse('protocol') : this.#requests.handle(message);
      case 'leave':
        return this.#close('close');
    }
  }

  #handleWithdrawal({ withdrawal, signature }: Extract<GuestMessage, { type: 'withdrawal' }>): void {
    const signed = this.#desk.handleWithdrawal({ withdrawal, signature });
    if (signed !== null) this.send({ type: 'erasureProof', ...signed });
  }

  #handleHello(hello: Hello): void {
    const refusal = this.#desk.handleHello(hello, this.#source);
    if (refusal !== null) return this.refuse(refusal);
    const nonce = randomNonce(this.#environment.random);
    this.#helloDone();
    this.#preview(nonce, this.#desk.ownerOf(hello.secret));
    this.send(this.#desk.welcome(nonce));
  }

  #preview(nonce: string, returning: string | null): void {
    const { timers, policy } = this.#environment;
    this.#stage = { type: 'preview', nonce, returning };
    this.#cancelPreview = timers.after(policy.previewTimeoutMs, () => this.#close('close'));
  }

  #handleResume(resume: ResumeMessage, nonce: string): void {
    const { participantId, identityKey, fresh, signature } = resume;
    const { meetingId, fingerprint } = this.#desk;
    const signed = { meetingId, nonce, certificate: fingerprint, participantId, identityKey, fresh };
    if (!verifySignature(identityKey, 'resume', signed, signature)) return this.refuse('protocol');
    this.#desk.handleResume(this, resume);
    this.#handleProven(identityKey);
  }

  #handleKnock(knock: KnockMessage, nonce: string): void {
    const { name, identityKey, registration, notice, signature } = knock;
    const { meetingId, fingerprint } = this.#desk;
    const signed = { meetingId, nonce, certificate: fingerprint, name, identityKey, registration, notice };
    if (!verifySignature(identityKey, 'knock', signed, signature)) return this.refuse('protocol');
    if (!this.#desk.isCurrentNotice(notice)) return this.send(this.#desk.notice(nonce));
    const reason = this.#desk.checkPasscode(knock.passcode, this.#source);
    if (reason !== null) return this.send({ type: 'passcodeRefused', reason });
    this.#cancelPreview();
    this.#stage = { type: 'waiting', nonce };
    this.#desk.handleKnock(this, knock);
    this.#handleProven(identityKey);
  }

  #handleProven(identityKey: string): void {
    if (this.#stage.type !== 'closed') this.#requests.handleProven(identityKey);
  }
}

/** Told from the host's point of view, so that a guest of any version learns whose is the newer one. */
function versionRefusal(value: unknown): Refusal | null {
  const hello = parseAs(helloVersionSchema, value);
  if (hello === null) return 'protocol';
  if (hello.version < protocolVersion) return 'version-newer';
  return hello.version > protocolVersion ? 'version-older' : null;
}
