import type { ConsentRequest, Decisions } from '../../common/consent/models';
import { formatAddress } from './invites/address';
import type { MediaContacts } from '../../common/contacts';
import type { MeetingChannel, MeetingFeature, Signer } from '../../common/meeting/meetingChannel';
import type { MediaState, Participant, Role } from '../../common/meeting/models';
import type { Moderation } from '../../common/meeting/moderation';
import type { IceState, TurnCredentials } from '../../common/meeting/iceServers';
import type { DesiredConnection } from '../../common/meeting/sessionState';
import type { Body, Envelope, SignalData } from '../../common/protocol/bodies';
import { candidateAddresses } from './candidates';
import { createEnvelopeChecker, createEnvelopeSealer, type EnvelopeCheck } from './envelopes';
import { MeetingIce } from './ice/meetingIce';
import { relayedSignal } from './ice/relayedSignal';
import { verifySignature } from './identity';
import { Carrier } from './carrier';
import { Listeners } from './listeners';
import { Mesh } from './mesh';
import { RemovedPeople } from './removedPeople';
import { RecentEnvelopes } from './recentEnvelopes';
import { Sequences } from './sequences';
import type { SessionEnvironment } from './sessionEnvironment';
import { PeerVerification } from './verification/peerVerification';

export interface RoomOptions {
  readonly meetingId: string;
  readonly title: string;
  readonly startedAt: number;
  readonly role: Role;
  readonly selfId: string;
  readonly hostId: string;
  /** How often this participant has come back with a new process. */
  readonly returns: number;
  /** The servers that the meeting's notice names. */
  readonly iceServers: readonly string[];
  readonly relayOnly: boolean;
  /** What a guest chose about a recording before the meeting. */
  readonly chosenBeforehand?: (request: ConsentRequest) => Decisions | null;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  /** Sends an envelope of one's own on its way. */
  readonly transport: (envelope: Envelope) => void;
  /** Somebody's media state is another: the roster's owner takes it over with `setParticipants`. */
  readonly onMedia: (participantId: string, media: MediaState) => void;
  /** A co-host asks for something; at the host only. */
  readonly onModerate?: (by: Participant, moderation: Moderation) => void;
  /** The host removed somebody; at guests only. The roster without them may not have come yet. */
  readonly onRemoved?: (participantId: string, identityKey: string) => void;
  /** What is told of people's data is another, or somebody has read it. */
  readonly onNotice: (from: Participant, body: NoticeBody) => void;
  /** Somebody speaks about who hosts, or leaves while there is no host to tell. */
  readonly onAuthority: (from: Participant, body: AuthorityBody) => void;
  /** An envelope that came over a data channel; only its shape has been checked. */
  readonly onCarried: (envelope: Envelope) => void;
  /** What the renderer sees changed. */
  readonly onChange: () => void;
}

/** What speaks about what is told of people's data. */
export type NoticeBody = Extract<Body, { type: 'noticeChanged' | 'noticeAcknowledged' }>;

/** What speaks about who hosts. */
export type AuthorityBody = Extract<Body, { type: 'leaving' | 'handOver' | 'takeOver' | 'stillHost' }>;

/** What is another when a meeting goes on with another host. */
export type RoomOwner = Pick<
  RoomOptions,
  | 'role'
  | 'hostId'
  | 'chosenBeforehand'
  | 'transport'
  | 'onMedia'
  | 'onModerate'
  | 'onRemoved'
  | 'onNotice'
  | 'onAuthority'
  | 'onCarried'
  | 'onChange'
>;

/**
 * A meeting one is in, the same for host and guest: checks and hands out envelopes, keeps the mesh, tells the features.
 * The roster belongs to the host's or the guest's session, which pushes each new one in here.
 */
export class MeetingRoom implements MeetingChannel {
  readonly meetingId: string;
  readonly title: string;
  readonly startedAt: number;
  readonly selfId: string;
  readonly removed = new RemovedPeople();
  #options: RoomOptions;
  readonly #carrier: Carrier;
  /** Ways to single participants besides the usual one. */
  readonly #ways = new Map<string, (envelope: Envelope) => void>();
  readonly #seal: (to: string | null, body: Body) => Envelope;
  readonly #check: (envelope: Envelope, participants: readonly Participant[]) => EnvelopeCheck;
  readonly #mesh: Mesh;
  readonly #sequences = new Sequences();
  readonly #recent = new RecentEnvelopes();
  /** Who is at the other end of each peer connection. */
  readonly verification: PeerVerification;
  #ice: MeetingIce;
  readonly #bodies: Listeners<[Participant, Body, Envelope]>;
  readonly #joined: Listeners<[Participant]>;
  readonly #left: Listeners<[Participant]>;
  #participants: readonly Participant[] = [];
  #phase: 'new' | 'running' | 'over' = 'new';
  #dropped = 0;

  constructor(options: RoomOptions) {
    const { environment } = options;
    this.meetingId = options.meetingId;
    this.title = options.title;
    this.startedAt = options.startedAt;
    this.selfId = options.selfId;
    this.#options = options;
    this.#seal = createEnvelopeSealer(options.signer, options.meetingId, options.selfId, options.returns);
    this.#check = createEnvelopeChecker(options.meetingId, verifySignature, this.removed, this.#sequences);
    this.#bodies = new Listeners(environment.report);
    this.#joined = new Listeners(environment.report);
    this.#left = new Listeners(environment.report);
    this.#mesh = new Mesh({
      selfId: options.selfId,
      clock: environment.clock,
      timers: environment.timers,
      reconnectDelayMs: environment.policy.reconnectDelayMs,
      askReconnect: (peerId, generation) => this.send(peerId, { type: 'reconnect', generation }),
      onChange: () => this.#options.onChange(),
    });
    this.verification = new PeerVerification({
      meetingId: options.meetingId,
      selfId: options.selfId,
      identityKey: options.signer.publicKey,
      environment,
      send: (peerId, body) => this.send(peerId, body),
      onChange: () => this.#options.onChange(),
    });
    this.#carrier = new Carrier({
      selfId: options.selfId,
      environment,
      isParticipant: (id) => this.#participants.some((one) => one.id === id),
      onEnvelope: (envelope) => this.#options.onCarried(envelope),
      onDropped: () => this.countDropped(),
    });
    this.#ice = this.#openIce(options.iceServers, environment.policy.ice.lookupMs);
  }

  get role(): Role {
    return this.#options.role;
  }

  get hostId(): string {
    return this.#options.hostId;
  }

  /**
   * The meeting goes on with another host: for the features one meeting ends and the next begins, with the same people
   * and under the same ID. Peer connections stay.
   */
  adopt(owner: RoomOwner, participants: readonly Participant[]): void {
    if (this.#phase !== 'running') return;
    for (const feature of [...this.#features()].reverse()) this.#guard(() => feature.handleMeetingEnded());
    for (const listeners of [this.#bodies, this.#joined, this.#left]) listeners.clear();
    this.#options = { ...this.#options, onModerate: () => {}, onRemoved: () => {}, ...owner };
    this.setParticipants(participants);
    this.start();
  }

  /** Sends an envelope over data channels to one participant, or to all (null). */
  carry(envelope: Envelope, to: string | null): void {
    if (this.#phase === 'running') this.#carrier.send(envelope, to);
  }

  handleCarried(peerId: string, text: string): void {
    if (this.#phase === 'running') this.#carrier.handle(peerId, text);
  }

  /** Until it is null again, what is said to this participant goes this way too. */
  useWay(participantId: string, way: ((envelope: Envelope) => void) | null): void {
    if (way === null) this.#ways.delete(participantId);
    else this.#ways.set(participantId, way);
  }

  chosenBeforehand(request: ConsentRequest): Decisions | null {
    return this.#options.chosenBeforehand?.(request) ?? null;
  }

  participants(): readonly Participant[] {
    return this.#participants;
  }

  /** None while the addresses of servers are being looked up. */
  connections(): readonly DesiredConnection[] {
    if (!this.#ice.isReady()) return [];
    return this.#mesh.connections().filter(({ peerId }) => !this.verification.isBroken(peerId));
  }

  ice(): IceState {
    return this.#ice.state();
  }

  /** Takes another host's servers: for connections that begin from now on. */
  useIceServers(servers: readonly string[]): void {
    if (this.#ice.isFor(servers)) return;
    this.#ice.dispose();
    this.#ice = this.#openIce(servers, 0);
    this.#options.onChange();
  }

  get relayOnly(): boolean {
    return this.#options.relayOnly;
  }

  setTurnCredentials(credentials: TurnCredentials): void {
    this.#ice.setCredentials(credentials);
  }

  /** Envelopes that were not let through because no honest client sends them. */
  droppedEnvelopes(): number {
    return this.#dropped;
  }

  /** Begins: features learn of the meeting, whose first roster has been set. */
  start(): void {
    this.#phase = 'running';
    for (const feature of this.#features()) this.#guard(() => feature.handleMeetingStarted(this));
  }

  /** Takes a new roster and tells the features who came and went. */
  setParticipants(participants: readonly Participant[]): void {
    const before = this.#participants;
    this.#participants = participants;
    this.#mesh.setPeers(participants);
    for (const { id } of before) if (!participants.some((other) => other.id === id)) this.#recent.handleLeft(id);
    for (const { id } of participants) if (!before.some((other) => other.id === id)) this.#recent.handleJoined(id);
    this.verification.setParticipants(participants);
    if (this.#phase !== 'running') return;
    for (const one of before) if (!participants.some((other) => other.id === one.id)) this.#left.call(one);
    for (const one of participants) {
      const earlier = before.find((other) => other.id === one.id);
      // Somebody's new process knows nothing of what goes on: to the features it is somebody who has just come.
      if (earlier === undefined || earlier.returns < one.returns) this.#joined.call(one);
      if (earlier?.presence === 'away' && one.presence === 'here') this.#mesh.hurry(one.id);
    }
  }

  send(to: string | null, body: Body): void {
    if (this.#phase === 'over') return;
    if (to !== null && (to === this.selfId || !this.#participants.some((one) => one.id === to))) return;
    const envelope = this.#seal(to, body);
    this.#recent.add(envelope);
    if (to !== null) this.#ways.get(to)?.(envelope);
    this.#options.transport(envelope);
  }

  onBody(handler: (from: Participant, body: Body, envelope: Envelope) => void): () => void {
    return this.#bodies.add(handler);
  }

  onParticipantJoined(handler: (participant: Participant) => void): () => void {
    return this.#joined.add(handler);
  }

  onParticipantLeft(handler: (participant: Participant) => void): () => void {
    return this.#left.add(handler);
  }

  /** Checks an envelope from outside; one that is refused has been counted. */
  check(envelope: Envelope): EnvelopeCheck {
    const checked: EnvelopeCheck =
      this.#phase === 'running' && envelope.header.from !== this.selfId
        ? this.#check(envelope, this.#participants)
        : { ok: false, reason: 'sender' };
    if (checked.ok) this.#recent.add(envelope);
    if (!checked.ok && checked.reason !== 'addressee-gone') this.#dropped += 1;
    return checked;
  }

  /** The highest sequence number that was taken of this participant. */
  highestFrom(participantId: string): number {
    return this.#sequences.highest(participantId);
  }

  /** What oneself said after `sequence`, in order. */
  saidAfter(sequence: number): readonly Envelope[] {
    return this.#recent.saidBy(this.selfId, sequence);
  }

  /** What was said to this participant a moment ago, in order. */
  saidTo(participantId: string): readonly Envelope[] {
    return this.#recent.saidTo(participantId);
  }

  /** One's own connection to the host is back: failed peer connections are tried again at once. */
  handleBack(): void {
    for (const { peerId } of this.#mesh.connections()) this.#mesh.hurry(peerId);
  }

  /** Counts an envelope that was refused before it could be checked. */
  countDropped(): void {
    this.#dropped += 1;
  }

  /** Acts on a checked envelope that is for this participant. */
  deliver(from: Participant, envelope: Envelope): void {
    const { body } = envelope.header;
    switch (body.type) {
      case 'signal':
        if (!this.verification.isBroken(from.id) && this.#mesh.handleSignal(from.id, body.generation)) {
          if (!this.verification.takeIncoming(from.id, body.generation, body.signal)) return this.countDropped();
          this.#noteCandidates(from, body.signal);
          this.#options.environment.emit('mesh.signal', {
            peerId: from.id,
            generation: body.generation,
            signal: body.signal,
          });
        }
        return;
      case 'verifyAsk':
      case 'verifyCommit':
      case 'verifyNonce':
      case 'verifyReveal':
        if (!this.verification.handleBody(from.id, body)) this.countDropped();
        return;
      case 'reconnect':
        this.#mesh.handleReconnect(from.id, body.generation);
        return;
      case 'mediaState':
        this.#options.onMedia(from.id, body.media);
        return;
      case 'muteRequest': {
        const by = this.#participants.find((one) => one.id === body.by) ?? from;
        this.#options.environment.emit('session.muteRequested', { byName: by.name });
        return;
      }
      case 'moderate':
        this.#options.onModerate?.(from, body.moderation);
        return;
      case 'noticeChanged':
      case 'noticeAcknowledged':
        this.#options.onNotice(from, body);
        return;
      case 'leaving':
      case 'handOver':
      case 'takeOver':
      case 'stillHost':
        this.#options.onAuthority(from, body);
        return;
      case 'participantRemoved':
        if (body.participantId !== this.selfId) this.#options.onRemoved?.(body.participantId, body.identityKey);
        return;
      default:
        this.#bodies.call(from, body, envelope);
    }
  }

  setMedia(media: MediaState): void {
    this.#options.onMedia(this.selfId, media);
    this.send(null, { type: 'mediaState', media });
  }

  /**
   * Signalling of a connection that is over, or to somebody who has left, is dropped: it was on its way. For who hides this
   * computer's address it goes out without it, whatever the window says.
   */
  sendSignal(peerId: string, generation: number, signal: SignalData): void {
    const said = this.#ice.relayOnly ? relayedSignal(signal) : signal;
    if (said === null || !this.#mesh.isCurrent(peerId, generation)) return;
    if (this.verification.takeOutgoing(peerId, generation, said)) {
      this.send(peerId, { type: 'signal', generation, signal: said });
    }
  }

  /** The window says which addresses have answered it. */
  noteReached(peerId: string, reached: MediaContacts['reached']): void {
    const peer = this.#participants.find((one) => one.id === peerId);
    if (peer === undefined) return;
    for (const { address, port, isServer } of reached) {
      this.#options.environment.contacts.note({
        ...{ purpose: isServer ? 'ice-server' : 'media', state: 'reached' },
        ...{ address: formatAddress({ host: address.toLowerCase(), port }), who: isServer ? undefined : peer.name },
      });
    }
  }

  handleConnectionFailed(peerId: string, generation: number): void {
    this.#mesh.handleFailed(peerId, generation);
  }

  /** Ends, once: features say their last words, then nothing is sent or handed out any more. */
  end(): void {
    if (this.#phase === 'running') {
      for (const feature of [...this.#features()].reverse()) this.#guard(() => feature.handleMeetingEnded());
    }
    this.#phase = 'over';
    this.#mesh.dispose();
    this.#ice.dispose();
    for (const listeners of [this.#bodies, this.#joined, this.#left]) listeners.clear();
  }

  /** The window's peer connection tries every address that the other names; who hides theirs has a server do so. */
  #noteCandidates(from: Participant, signal: SignalData): void {
    if (this.#ice.relayOnly) return;
    for (const address of candidateAddresses(signal)) {
      this.#options.environment.contacts.note({ purpose: 'media', address, state: 'trying', who: from.name });
    }
  }

  #openIce(servers: readonly string[], patienceMs: number): MeetingIce {
    const { relayOnly, environment } = this.#options;
    return new MeetingIce({
      ...{ servers, relayOnly, patienceMs, timers: environment.timers, contacts: environment.contacts },
      lookup: environment.lookupName,
      onChange: () => this.#options.onChange(),
    });
  }

  #features(): readonly MeetingFeature[] {
    return this.#options.environment.features;
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#options.environment.report(error);
    }
  }
}
