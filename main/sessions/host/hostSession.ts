import type { RecordingPlan } from '../../../common/consent/plan';
import type { TravellingProof, TravellingWithdrawal } from '../../../common/consent/withdrawalPort';
import { DomainError, errorCodeOf } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { NoticeFacts, Participant } from '../../../common/meeting/models';
import type { Moderation } from '../../../common/meeting/moderation';
import {
  initialRoster,
  rosterTransition,
  type RosterEffect,
  type RosterEvent,
  type RosterState,
} from '../../../common/meeting/rosterMachine';
import type { SessionState } from '../../../common/meeting/sessionState';
import type { BodyType, Envelope } from '../../../common/protocol/bodies';
import {
  returnTokenSchema,
  type HostMessage,
  type PasscodeRefusal,
  type Refusal,
} from '../../../common/protocol/messages';
import { randomId } from '../identity';
import { pinOf } from '../invites/code';
import { MeetingRoom } from '../meetingRoom';
import { MeetingAnnouncement } from '../nearby/meetingAnnouncement';
import { RelayRooms } from '../relay/relayRooms';
import type { NewConnection, RendezvousServer } from '../rendezvous/server';
import type { Session } from '../session';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from '../verification/acquaintances';
import { CoHostLobbies } from './coHostLobbies';
import { HostConnection, type Hello, type HostDesk, type KnockMessage, type ResumeMessage } from './hostConnection';
import { Invitations } from './invitations';
import { moderate, type ModeratedMeeting } from './moderator';
import { Passcode } from './passcode';
import { Places } from './places';

export interface HostSessionOptions {
  readonly title: string;
  readonly name: string;
  readonly notice: NoticeFacts;
  /** The recording to announce with the invite, if any. */
  readonly plan: RecordingPlan | null;
  /** What guests must know besides the link; null: nothing. */
  readonly passcode: string | null;
  /** Whether it shows itself in the local network from the start. */
  readonly nearby: boolean;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onState: (state: SessionState) => void;
}

const processBodies: ReadonlySet<BodyType> = new Set(['signal', 'reconnect'] as const);

/** A meeting hosted here: its door, its roster, and the relay between its participants. */
export class HostSession implements Session, HostDesk {
  readonly meetingId: string;
  fingerprint = '';
  readonly #options: HostSessionOptions;
  readonly #connections = new Map<string, HostConnection>();
  readonly #hostId: string;
  readonly #passcode: Passcode;
  readonly #moderated: ModeratedMeeting;
  readonly #coHostLobbies = new CoHostLobbies();
  readonly #places: Places;
  #room: MeetingRoom | null = null;
  #server: RendezvousServer | null = null;
  #invitations: Invitations | null = null;
  #relay: RelayRooms | null = null;
  #announcement: MeetingAnnouncement | null = null;
  #roster: RosterState | null = null;
  #sentRevision = 0;
  #phase: 'starting' | 'running' | 'over' = 'starting';
  #closed: Promise<void> = Promise.resolve();

  constructor(options: HostSessionOptions) {
    this.#options = options;
    this.meetingId = randomId(options.environment.random);
    this.#hostId = randomId(options.environment.random);
    const { clock, policy, random, timers } = options.environment;
    this.#passcode = new Passcode(policy, clock, options.passcode);
    this.#moderated = {
      roster: () => this.#roster,
      apply: (event) => this.#apply(event),
      askToMute: (participantId, by) => this.#room?.send(participantId, { type: 'muteRequest', by: by.id }),
      newParticipantId: () => randomId(random),
      now: clock,
    };
    this.#places = new Places({
      random,
      timers,
      keptMs: policy.placeKeptMs,
      onGone: (participantId) => this.#apply({ type: 'left', participantId }),
    });
  }

  get room(): MeetingRoom | null {
    return this.#room;
  }

  /** Opens the door. Resolves when the meeting runs, has failed to start (phase `failed`), or was given up. */
  async start(): Promise<void> {
    const { environment, onState } = this.#options;
    onState({ phase: 'connecting' });
    try {
      const certificate = await environment.network.createCertificate(environment.clock());
      if (this.#phase !== 'starting') return;
      const server = await environment.network.listen({
        certificate,
        timers: environment.timers,
        policy: environment.policy,
        contacts: environment.contacts,
        onConnection: (connection) => this.#handleConnection(connection),
      });
      if (this.#isOver()) return await server.close();
      this.fingerprint = certificate.fingerprint;
      this.#run(server);
    } catch (error) {
      if (this.#isOver()) return;
      environment.report(error);
      this.#phase = 'over';
      this.#room = null;
      this.#closed = this.#server?.close() ?? Promise.resolve();
      onState({ phase: 'failed', code: errorCodeOf(error) });
    }
  }

  moderate(moderation: Moderation): void {
    moderate(this.#moderated, this.#hostId, moderation);
  }

  /** Null: none is needed. Concerns who knocks from now on. */
  setPasscode(passcode: string | null): void {
    this.#passcode.set(passcode);
    this.#publish();
  }

  /** Makes a participant co-host, or takes it back. Throws DomainError('session/unknown-participant'). */
  setCoHost(participantId: string, coHost: boolean): void {
    const isThere = this.#roster?.participants.some((one) => one.id === participantId && one.role !== 'host');
    if (isThere !== true) throw new DomainError('session/unknown-participant');
    this.#apply({ type: 'role', participantId, role: coHost ? 'co-host' : 'guest' });
  }

  /** Shows the meeting in the local network, or takes that back: then its leave is announced. */
  setNearby(visible: boolean): void {
    this.#announcement?.setVisible(visible);
  }

  leave(): void {
    const { environment, title, onState } = this.#options;
    if (this.#phase === 'over') return;
    const room = this.#room;
    room?.end();
    this.#phase = 'over';
    this.#places.dispose();
    for (const connection of [...this.#connections.values()]) {
      if (connection.participantId === null) connection.refuse('meeting-unknown');
      else connection.finish({ type: 'ended' });
    }
    this.#invitations?.dispose();
    this.#passcode.forget();
    this.#relay?.close();
    this.#closed = Promise.all([this.#server?.close(), this.#announcement?.close()]).then(() => {});
    this.#room = null;
    onState(
      room === null
        ? { phase: 'idle' }
        : { phase: 'ended', reason: 'ended-by-me', title, durationMs: environment.clock() - room.startedAt },
    );
  }

  closed(): Promise<void> {
    return this.#closed;
  }

  handleHello(hello: Hello, source: string): Refusal | null {
    if (this.#invitations === null || this.#roster === null || this.#phase !== 'running') return 'meeting-unknown';
    // Somebody who comes back to a place needs no invite: it may have been replaced, have expired, the door be locked.
    if (this.#places.ownerOf(hello.secret) !== null) return null;
    if (returnTokenSchema.safeParse(hello.secret).success) {
      return this.#places.isRemoved(hello.secret) ? 'denied' : this.#invitations.refuseToken(source);
    }
    const refusal = this.#invitations.check(hello, source);
    if (refusal !== null) return refusal;
    if (this.#roster.locked) return 'locked';
    const atDoor = [...this.#connections.values()].filter((connection) => connection.isAtDoor).length;
    return atDoor >= this.#options.environment.policy.previews ? 'too-many-attempts' : null;
  }

  welcome(nonce: string): HostMessage {
    if (this.#invitations === null) throw new Error('no meeting to welcome to');
    return this.#invitations.welcome(nonce);
  }

  checkPasscode(given: string | null, source: string): PasscodeRefusal | null {
    return this.#passcode.check(given, source);
  }

  ownerOf(token: string): string | null {
    return this.#places.ownerOf(token);
  }

  /** Whose the token is has been checked; here that the identity is the same and the place still there. */
  handleResume(connection: HostConnection, { participantId, identityKey, fresh }: ResumeMessage): void {
    const participant = this.#roster?.participants.find((one) => one.id === participantId);
    if (participant?.identityKey !== identityKey) return connection.refuse('denied');
    const earlier = this.#connectionOf(participantId);
    this.#admitted(connection, participant);
    earlier?.finish();
    this.#places.handleBack(participantId);
    this.#apply({ type: 'back', participantId, fresh });
    for (const envelope of this.#room?.saidTo(participantId) ?? []) {
      // What a connection said that a new process does not have is of no use to it.
      if (!fresh || !processBodies.has(envelope.header.body.type)) connection.send({ type: 'envelope', envelope });
    }
  }

  handleKnock(connection: HostConnection, { name, identityKey }: KnockMessage): void {
    if (this.#invitations?.isExpired() !== false) return connection.refuse('expired');
    const { environment } = this.#options;
    const standing = standingIn(environment, { identityKey, name });
    const knock = { knockId: connection.id, name, identityKey, at: environment.clock(), ...standing };
    this.#apply({ type: 'knocked', knock });
  }

  /** Whose it is says its signature; a locked vault must not end the connection. */
  handleWithdrawal(withdrawal: TravellingWithdrawal): TravellingProof | null {
    const { withdrawals, report } = this.#options.environment;
    try {
      return withdrawals?.take(withdrawal) ?? null;
    } catch (error) {
      report(error);
      return null;
    }
  }

  handleEnvelope(participantId: string, envelope: Envelope): void {
    const room = this.#room;
    if (room === null) return;
    if (envelope.header.from !== participantId) return room.countDropped();
    const checked = room.check(envelope);
    if (!checked.ok) return;
    this.#passOn(envelope);
    const { to } = envelope.header;
    if (to === null || to === this.#hostId) room.deliver(checked.from, envelope);
  }

  handleGone(connection: HostConnection, participantId: string | null, how: 'closed' | 'lost'): void {
    this.#connections.delete(connection.id);
    if (this.#phase !== 'running') return;
    if (participantId === null) return this.#apply({ type: 'knock-gone', knockId: connection.id });
    // Its place may have another connection already.
    if (this.#connectionOf(participantId) !== undefined) return;
    if (how === 'lost') this.#places.handleAway(participantId);
    this.#apply({ type: how === 'lost' ? 'away' : 'left', participantId });
  }

  #run(server: RendezvousServer): void {
    const { environment, name, title, notice, plan, signer } = this.#options;
    const startedAt = environment.clock();
    const host: Participant = {
      id: this.#hostId,
      name,
      identityKey: signer.publicKey,
      role: 'host',
      joinedAt: startedAt,
      media: { microphone: false, camera: false },
      presence: 'here',
      returns: 0,
    };
    this.#server = server;
    this.#relay = RelayRooms.open(environment, {
      pin: pinOf(this.fingerprint),
      onGuest: (socket) => server.handleConnection(socket),
      onChange: () => this.#handleRelay(),
    });
    this.#roster = initialRoster(host);
    this.#invitations = new Invitations({
      meetingId: this.meetingId,
      fingerprint: this.fingerprint,
      port: server.port,
      hostName: name,
      notice,
      plan,
      passcodeNeeded: () => this.#passcode.current() !== null,
      signer,
      environment,
      relay: () => ({ linked: this.#relay?.linked() ?? null, typed: this.#relay?.typed() ?? null }),
    });
    this.#announcement = new MeetingAnnouncement({
      number: this.#invitations.number,
      port: server.port,
      environment,
      onChange: () => this.#publish(),
    });
    this.#room = new MeetingRoom({
      meetingId: this.meetingId,
      title,
      startedAt,
      role: 'host',
      selfId: this.#hostId,
      hostId: this.#hostId,
      returns: 0,
      signer,
      environment,
      transport: (envelope) => this.#passOn(envelope),
      onMedia: (participantId, media) => this.#apply({ type: 'media', participantId, media }),
      onModerate: (by, moderation) => this.#handleModeration(by, moderation),
      onChange: () => this.#publish(),
    });
    this.#room.setParticipants(this.#roster.participants);
    this.#phase = 'running';
    this.#room.start();
    this.#announcement.setVisible(this.#options.nearby);
    this.#publish();
  }

  /** A co-host's. What it may not do, and what has become impossible meanwhile, is not done. */
  #handleModeration(by: Participant, moderation: Moderation): void {
    try {
      moderate(this.#moderated, by.id, moderation);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'session/not-host') this.#room?.countDropped();
    }
  }

  #handleConnection(connection: NewConnection): void {
    const id = randomId(this.#options.environment.random);
    this.#connections.set(id, new HostConnection(id, connection, this, this.#options.environment));
  }

  #apply(event: RosterEvent): void {
    if (this.#roster === null || this.#phase !== 'running') return;
    const { state, effects } = rosterTransition(this.#roster, event);
    if (state === this.#roster) return this.#carryOut(effects);
    this.#roster = state;
    this.#carryOut(effects);
    // Carrying out may have ended connections and so have come back here: the newest roster counts.
    this.#places.retain(this.#roster.participants.map(({ id }) => id));
    this.#room?.setParticipants(this.#roster.participants);
    this.#publish();
  }

  #carryOut(effects: readonly RosterEffect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'refuse':
          this.#connections.get(effect.knockId)?.refuse(effect.reason);
          break;
        case 'wait':
          this.#connections.get(effect.knockId)?.send({ type: 'waiting' });
          break;
        case 'welcome': {
          const connection = this.#connections.get(effect.knockId);
          if (connection !== undefined) this.#admitted(connection, effect.participant);
          break;
        }
        case 'expel':
          this.#expel(effect.participant);
          break;
        case 'drop':
          this.#connectionOf(effect.participantId)?.finish();
          break;
        case 'send-roster':
          this.#sendRoster();
          break;
        case 'retire-invite':
          // The room's name is in the link too.
          this.#relay?.renew();
          this.#invitations?.retire();
          break;
      }
    }
  }

  #expel({ id, identityKey }: Participant): void {
    this.#places.handleRemoved(id);
    this.#room?.removed.add({ id, identityKey });
    this.#connectionOf(id)?.finish({ type: 'removed' });
    this.#room?.send(null, { type: 'participantRemoved', participantId: id, identityKey });
  }

  #admitted(connection: HostConnection, participant: Participant): void {
    const room = this.#room;
    if (room === null) return;
    connection.admit(participant, {
      title: room.title,
      startedAt: room.startedAt,
      token: this.#places.tokenOf(participant.id),
      seen: room.highestFrom(participant.id),
    });
  }

  /** The link names the relay only while guests can come through it. */
  #handleRelay(): void {
    this.#invitations?.refresh();
    this.#publish();
  }

  #sendRoster(): void {
    if (this.#roster === null || this.#roster.revision <= this.#sentRevision) return;
    const { revision, locked, participants } = this.#roster;
    this.#sentRevision = revision;
    for (const connection of [...this.#connections.values()]) {
      if (connection.participantId !== null) {
        connection.send({ type: 'roster', revision, locked, participants: [...participants] });
      }
    }
  }

  #passOn(envelope: Envelope): void {
    const { from, to } = envelope.header;
    for (const connection of [...this.#connections.values()]) {
      const { participantId } = connection;
      if (participantId === null || participantId === from) continue;
      if (to === null || to === participantId) connection.send({ type: 'envelope', envelope });
    }
  }

  #publish(): void {
    const room = this.#room;
    const invite = this.#invitations?.current() ?? null;
    if (room === null || this.#roster === null || invite === null || this.#phase !== 'running') return;
    const passcode = this.#passcode.current();
    this.#coHostLobbies.update(this.#roster, invite, passcode, [...this.#connections.values()]);
    this.#options.onState({
      phase: 'meeting',
      meeting: {
        meetingId: this.meetingId,
        title: room.title,
        role: 'host',
        selfId: this.#hostId,
        startedAt: room.startedAt,
        invite,
        locked: this.#roster.locked,
        passcode,
        nearby: this.#announcement?.visibility ?? 'off',
        plan: this.#options.plan,
        participants: this.#roster.participants,
        lobby: this.#roster.lobby,
        connections: room.connections(),
        hostLink: 'connected',
        trust: room.verification.trust(),
      },
    });
  }

  #connectionOf(participantId: string): HostConnection | undefined {
    return [...this.#connections.values()].find((connection) => connection.participantId === participantId);
  }

  #isOver(): boolean {
    return this.#phase === 'over';
  }
}
