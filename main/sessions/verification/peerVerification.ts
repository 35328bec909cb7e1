import { DomainError } from '../../../common/errors';
import { isInitiator } from '../../../common/meeting/meshMachine';
import type { Participant } from '../../../common/meeting/models';
import type { Body, SignalData } from '../../../common/protocol/bodies';
import type { ExchangeMessage } from '../../../common/verification/exchange';
import type { Standing } from '../../../common/verification/standing';
import type { CodeState, PeerTrust } from '../../../common/verification/trust';
import { randomNonce } from '../identity';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from './acquaintances';
import { BoundConnection } from './boundConnection';
import { CodeExchange } from './codeExchange';

export interface PeerVerificationOptions {
  readonly meetingId: string;
  readonly selfId: string;
  readonly identityKey: string;
  readonly environment: Pick<SessionEnvironment, 'vault' | 'report' | 'clock' | 'random'>;
  readonly send: (peerId: string, body: Body) => void;
  /** What `trust` says is another than before. */
  readonly onChange: () => void;
}

interface Peer {
  participant: Participant;
  standing: Standing;
  connection: BoundConnection | null;
  exchange: CodeExchange | null;
  isSecured: boolean;
  isBroken: boolean;
  differs: boolean;
  isAsking: boolean;
}

export type VerificationBody = Extract<Body, { type: ExchangeMessage['type'] }>;

/**
 * Who is at the other end of each peer connection of one meeting: binds connections to the signed descriptions, compares
 * them with what was really negotiated, and keeps what two people found when they compared codes. Each generation of a
 * connection begins anew.
 */
export class PeerVerification {
  readonly #options: PeerVerificationOptions;
  readonly #peers = new Map<string, Peer>();

  constructor(options: PeerVerificationOptions) {
    this.#options = options;
  }

  /** Takes the roster. Somebody who has come back with a new process counts generations anew. */
  setParticipants(participants: readonly Participant[]): void {
    const ids = new Set(participants.map(({ id }) => id));
    for (const id of this.#peers.keys()) if (!ids.has(id)) this.#peers.delete(id);
    for (const participant of participants) {
      if (participant.id === this.#options.selfId) continue;
      const known = this.#peers.get(participant.id);
      if (known !== undefined && isSameProcess(known.participant, participant)) {
        if (known.participant.name !== participant.name) known.standing = this.#standingOf(participant);
        known.participant = participant;
      } else {
        const differs = known !== undefined && known.differs && isSameKey(known.participant, participant);
        this.#peers.set(participant.id, { ...newPeer(participant, this.#standingOf(participant)), differs });
      }
    }
  }

  trust(): readonly PeerTrust[] {
    return [...this.#peers.values()].map((peer) => ({
      participantId: peer.participant.id,
      securedGeneration: peer.isSecured && !peer.isBroken ? (peer.connection?.generation ?? null) : null,
      isBroken: peer.isBroken,
      verifiedAt: peer.standing.verifiedAt,
      earlierKey: peer.standing.earlierKey,
      differs: peer.differs,
      code: codeOf(peer),
      isAsking: peer.isAsking,
    }));
  }

  /** True when nothing is to be sent to or taken from this peer any more, because its connection was not what it signed. */
  isBroken(peerId: string): boolean {
    return this.#peers.get(peerId)?.isBroken ?? false;
  }

  /** Whether a signal of one's own window, of the present generation, may go out. */
  takeOutgoing(peerId: string, generation: number, signal: SignalData): boolean {
    return this.#take('own', peerId, generation, signal);
  }

  /** Whether a signal whose envelope was verified, of the present generation, may go to the window. */
  takeIncoming(peerId: string, generation: number, signal: SignalData): boolean {
    return this.#take('theirs', peerId, generation, signal);
  }

  /**
   * The window says which certificates it has found at the other end of a connection that is up. If they are not what the
   * other end has signed, this connection is over, and there is none to this participant any more.
   */
  handleSecured(peerId: string, generation: number, certificates: readonly Uint8Array[]): void {
    const peer = this.#peers.get(peerId);
    if (peer?.connection?.generation !== generation || peer.isBroken) return;
    const isProven = peer.connection.isProvenBy(certificates);
    if (isProven && peer.isSecured) return;
    peer.isSecured = isProven;
    peer.isBroken = !isProven;
    if (!isProven) this.#options.environment.report(new Error('a peer connection is not the one that was signed'));
    this.#options.onChange();
  }

  /** False when no honest installation says this now: out of turn, or about a connection that is over. */
  handleBody(peerId: string, body: VerificationBody): boolean {
    const peer = this.#peers.get(peerId);
    if (peer === undefined || peer.isBroken || peer.connection?.generation !== body.generation) return false;
    const exchange = this.#exchangeOf(peer);
    if (exchange === null) return false;
    const wasIdle = exchange.code().phase === 'none';
    if (!exchange.receive(messageOf(body))) return false;
    // The person here has not begun it, so the other one has.
    if (wasIdle) peer.isAsking = true;
    this.#options.onChange();
    return true;
  }

  /** Throws `session/unknown-participant`, and `verification/not-connected` unless the connection is secured. */
  start(participantId: string): void {
    const peer = this.#peerOrThrow(participantId);
    const exchange = peer.isSecured && !peer.isBroken ? this.#exchangeOf(peer) : null;
    if (exchange === null) throw new DomainError('verification/not-connected');
    peer.isAsking = false;
    exchange.start();
    this.#options.onChange();
  }

  /** Throws `verification/no-code` unless these are the digits of the present connection's code; then keeps it. */
  confirm(participantId: string, digits: string): void {
    const peer = this.#peerOrThrow(participantId);
    const code = peer.isSecured ? codeOf(peer) : null;
    if (code?.phase !== 'ready' || code.code.digits !== digits) throw new DomainError('verification/no-code');
    this.#people().verify(this.#nowOf(peer));
    peer.differs = false;
    peer.isAsking = false;
    this.#refresh(peer);
  }

  /** The codes differ: said loudly as long as this meeting lasts, and no earlier comparison counts any more. */
  differ(participantId: string): void {
    const peer = this.#peerOrThrow(participantId);
    peer.differs = true;
    peer.isAsking = false;
    this.#people().unverify(peer.participant.identityKey);
    this.#refresh(peer);
  }

  revoke(participantId: string): void {
    const peer = this.#peerOrThrow(participantId);
    this.#people().unverify(peer.participant.identityKey);
    this.#refresh(peer);
  }

  accept(participantId: string): void {
    const peer = this.#peerOrThrow(participantId);
    this.#people().accept(this.#nowOf(peer));
    this.#refresh(peer);
  }

  #take(direction: 'own' | 'theirs', peerId: string, generation: number, signal: SignalData): boolean {
    const peer = this.#peers.get(peerId);
    if (peer === undefined || peer.isBroken) return false;
    const { connection } = peer;
    if (connection !== null && generation < connection.generation) return false;
    if (connection?.generation === generation) return connection.take(direction, signal);
    peer.connection = new BoundConnection(generation, isInitiator(this.#options.selfId, peerId));
    peer.exchange = null;
    peer.isSecured = false;
    peer.isAsking = false;
    return peer.connection.take(direction, signal);
  }

  /** Null while one end's description is missing. */
  #exchangeOf(peer: Peer): CodeExchange | null {
    const { meetingId, selfId, identityKey, environment, send } = this.#options;
    const { connection, participant } = peer;
    if (connection === null || connection.own === null || connection.theirs === null) return null;
    const { generation } = connection;
    const own = { participantId: selfId, identityKey, fingerprint: connection.own };
    const theirs = {
      participantId: participant.id,
      identityKey: participant.identityKey,
      fingerprint: connection.theirs,
    };
    const initiates = isInitiator(selfId, participant.id);
    const [initiator, responder] = initiates ? [own, theirs] : [theirs, own];
    peer.exchange ??= new CodeExchange({
      subject: { meetingId, generation, initiator, responder },
      isInitiator: initiates,
      nonce: () => randomNonce(environment.random),
      send: (message) => send(participant.id, { ...message, generation }),
    });
    return peer.exchange;
  }

  #refresh(peer: Peer): void {
    peer.standing = this.#standingOf(peer.participant);
    this.#options.onChange();
  }

  #standingOf(participant: Participant): Standing {
    return standingIn(this.#options.environment, participant);
  }

  #nowOf({ participant: { identityKey, name } }: Peer) {
    return { identityKey, name, at: this.#options.environment.clock() };
  }

  #people() {
    return this.#options.environment.vault().people;
  }

  #peerOrThrow(participantId: string): Peer {
    const peer = this.#peers.get(participantId);
    if (peer === undefined) throw new DomainError('session/unknown-participant');
    return peer;
  }
}

function newPeer(participant: Participant, standing: Standing): Peer {
  const nothing = { connection: null, exchange: null, isSecured: false, isBroken: false };
  return { participant, standing, ...nothing, differs: false, isAsking: false };
}

function isSameKey(one: Participant, other: Participant): boolean {
  return one.identityKey === other.identityKey;
}

function isSameProcess(one: Participant, other: Participant): boolean {
  return isSameKey(one, other) && one.returns === other.returns;
}

function codeOf({ exchange, isBroken }: Peer): CodeState {
  return exchange === null || isBroken ? { phase: 'none' } : exchange.code();
}

function messageOf(body: VerificationBody): ExchangeMessage {
  switch (body.type) {
    case 'verifyAsk':
      return { type: 'verifyAsk' };
    case 'verifyCommit':
      return { type: 'verifyCommit', commitment: body.commitment };
    case 'verifyNonce':
      return { type: 'verifyNonce', nonce: body.nonce };
    case 'verifyReveal':
      return { type: 'verifyReveal', nonce: body.nonce };
  }
}
