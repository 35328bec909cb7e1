// oxlint-disable max-lines -- the one place where what guests say changes the meeting; decisions lie in files of their own
import type { RecordingPlan } from '../../../common/consent/plan';
import type { TravellingProof, TravellingWithdrawal } from '../../../common/consent/withdrawalPort';
import { DomainError, errorCodeOf } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { NoticeFacts, Participant } from '../../../common/meeting/models';
import type { ToldNotice } from '../../../common/privacy/notice';
import type { Moderation } from '../../../common/meeting/moderation';
import {
  admissionRefusal,
  rosterTransition,
  type RosterEffect,
  type RosterEvent,
  type RosterState,
} from '../../../common/meeting/rosterMachine';
import type { EndReason, SessionState } from '../../../common/meeting/sessionState';
import type { BodyType, Envelope } from '../../../common/protocol/bodies';
import {
  returnTokenSchema,
  type HostMessage,
  type PasscodeRefusal,
  type Refusal,
} from '../../../common/protocol/messages';
import { CredentialDesk, type IceServersSetting } from '../ice/credentialDesk';
import { randomId } from '../identity';
import { MeetingRoom, type NoticeBody, type RoomOwner } from '../meetingRoom';
import type { NewConnection } from '../rendezvous/server';
import { historyOf, keptHistory, type KeptHostSeat } from '../keptSeat';
import type { KnownDoor, Seat } from '../seat';
import type { Session } from '../session';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from '../verification/acquaintances';
import { CoHostLobbies } from './coHostLobbies';
import { HostConnection, type Hello, type HostDesk, type KnockMessage, type ResumeMessage } from './hostConnection';
import { newRoster, restoredRoster, takenRoster } from './firstRoster';
import { RegistrationDesk } from './registrationDesk';
import { GuestConnections } from './guestConnections';
import { HostDoor } from './hostDoor';
import { moderate, type ModeratedMeeting } from './moderator';
import { NoticeBoard } from './noticeBoard';
import { Places } from './places';
import { HostAuthority, type History } from './hostAuthority';
import { TurnedAway } from './turnedAway';

export interface HostSessionOptions {
  readonly title: string;
  readonly name: string;
  readonly notice: ToldNotice;
  readonly ice: IceServersSetting;
  /** Hides this computer's address from the others as far as media goes, and from the invite where there is a relay. */
  readonly relayOnly: boolean;
  /** The recording to announce with the invite, if any. */
  readonly plan: RecordingPlan | null;
  /** What guests must know besides the link; null: nothing. */
  readonly passcode: string | null;
  /** Whether it shows itself in the local network from the start. */
  readonly nearby: boolean;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onState: (state: SessionState) => void;
  /** A meeting that one was in and hosts from now on; `release` gives up the seat, null when it is too late. */
  readonly continued?: { readonly room: MeetingRoom; readonly release: () => Seat | null };
  /** What a process before this one kept of the meeting. */
  readonly restored?: KeptHostSeat;
  /** Somebody else hosts from now on; the seat knows where. */
  readonly onStepDown: (seat: Seat, hostId: string, fresh: boolean) => void;
}

const processBodies: ReadonlySet<BodyType> = new Set(['signal', 'reconnect'] as const);

/** A meeting hosted here: its door, its roster, and the relay between its participants. */
export class HostSession implements Session, HostDesk {
  readonly meetingId: string;
  readonly #options: HostSessionOptions;
  readonly #connections = new GuestConnections();
  readonly #hostId: string;
  readonly #moderated: ModeratedMeeting;
  readonly #coHostLobbies = new CoHostLobbies();
  readonly #places: Places;
  readonly #turnedAway = new TurnedAway();
  readonly #registrations: RegistrationDesk;
  readonly #noticeBoard: NoticeBoard;
  #room: MeetingRoom | null = null;
  #credentials: CredentialDesk | null = null;
  #door: HostDoor | null = null;
  #roster: RosterState | null = null;
  #sentRevision = 0;
  #authority: HostAuthority | null = null;
  #oldWay: ((envelope: Envelope) => void) | null = null;
  #phase: 'starting' | 'running' | 'over' = 'starting';
  #closed: Promise<void> = Promise.resolve();

  constructor(options: HostSessionOptions) {
    this.#options = options;
    const { continued, restored } = options;
    this.meetingId = continued?.room.meetingId ?? restored?.meetingId ?? randomId(options.environment.random);
    this.#hostId = continued?.room.selfId ?? restored?.selfId ?? randomId(options.environment.random);
    const { clock, policy, random, timers } = options.environment;
    this.#noticeBoard = new NoticeBoard(this.meetingId, options.notice, options.environment);
    this.#moderated = {
      roster: () => this.#roster,
      apply: (event) => this.#apply(event),
      askToMute: (participantId, by) => this.#room?.send(participantId, { type: 'muteRequest', by: by.id }),
      newParticipantId: () => randomId(random),
      now: clock,
    };
    this.#registrations = new RegistrationDesk({
      ...{ meetingId: this.meetingId, title: options.title, environment: options.environment },
      notice: options.notice.facts.registration,
    });
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

  get fingerprint(): string {
    return this.#door?.fingerprint ?? '';
  }

  /** Opens the door. Resolves when the meeting runs, has failed to start (phase `failed`), or was given up. */
  async start(): Promise<void> {
    const { environment, onState, name, continued, restored } = this.#options;
    const { plan, passcode, relayOnly, signer } = this.#options;
    if (continued === undefined) onState({ phase: 'connecting' });
    try {
      const door = await HostDoor.open({
        ...{
          meetingId: this.meetingId,
          hostName: name,
          notice: () => this.#noticeBoard.told,
          plan,
          passcode,
          relayOnly,
          restored,
          signer,
          environment,
        },
        onConnection: (connection) => this.#handleConnection(connection),
        onChange: () => this.#publish(),
      });
      if (this.#isOver()) return await door.close();
      this.#door = door;
      await this.#run(door);
    } catch (error) {
      if (this.#isOver()) return;
      environment.report(error);
      this.#phase = 'over';
      this.#room = null;
      this.#closed = this.#door?.close() ?? Promise.resolve();
      // Whoever wanted to take a meeting over stays in it.
      if (this.#options.continued !== undefined) throw error;
      onState({ phase: 'failed', code: errorCodeOf(error) });
    }
  }

  moderate(moderation: Moderation): void {
    moderate(this.#moderated, this.#hostId, moderation);
  }

  /** Null: none is needed. Concerns who knocks from now on. */
  setPasscode(passcode: string | null): void {
    this.#door?.setPasscode(passcode);
    this.#publish();
  }

  /** What those in this meeting are told. */
  get noticeFacts(): NoticeFacts {
    return this.#noticeBoard.told.facts;
  }

  /** Tells another notice: whoever is at the door reads it before they knock, whoever is in the meeting is asked to. */
  setNotice(told: ToldNotice): void {
    if (this.#phase !== 'running' || !this.#noticeBoard.change(told)) return;
    for (const connection of this.#connections.all()) connection.renewNotice();
    this.#room?.send(null, { type: 'noticeChanged', notice: told.facts, noticeVersion: told.version });
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
    this.#door?.setNearby(visible);
  }

  leave(): void {
    this.#end('ended-by-me');
  }

  #end(reason: Extract<EndReason, 'ended-by-me' | 'removed'>): void {
    const { environment, title, onState } = this.#options;
    if (this.#phase === 'over') return;
    const room = this.#room;
    const isForAll = reason === 'ended-by-me';
    if (isForAll) for (const id of this.#absent()) room?.send(id, { type: 'leaving' });
    room?.end();
    this.#phase = 'over';
    this.#connections.finish(isForAll ? { type: 'ended' } : undefined);
    this.#shut();
    this.#room = null;
    onState(
      room === null
        ? { phase: 'idle' }
        : { phase: 'ended', reason, title, durationMs: environment.clock() - room.startedAt },
    );
  }

  /** Names the co-host who hosts from now on. Throws DomainError('session/unknown-participant') for anybody else. */
  handOver(participantId: string): void {
    this.#authority?.handOver(this.#roster?.participants.find((one) => one.id === participantId));
  }

  /** The computer woke up: who is not there any more is noticed now. */
  handleWake(): void {
    for (const connection of this.#connections.all()) connection.probe();
  }

  handleRequestsChanged(): void {
    for (const connection of this.#connections.all()) connection.tellRequests();
  }

  closed(): Promise<void> {
    return this.#closed;
  }

  handleHello(hello: Hello, source: string): Refusal | null {
    if (this.#door === null || this.#roster === null || this.#phase !== 'running') return 'meeting-unknown';
    // Somebody who comes back to a place needs no invite: it may have been replaced, have expired, the door be locked.
    if (this.#places.ownerOf(hello.secret) !== null) return null;
    if (returnTokenSchema.safeParse(hello.secret).success) {
      return this.#places.isRemoved(hello.secret) ? 'denied' : this.#door.refuseToken(source);
    }
    const refusal = this.#door.check(hello, source);
    if (refusal !== null) return refusal;
    if (this.#roster.locked) return 'locked';
    const isCrowded = this.#connections.atDoor() >= this.#options.environment.policy.previews;
    return isCrowded ? 'too-many-attempts' : null;
  }

  welcome(nonce: string): HostMessage {
    if (this.#door === null) throw new Error('no meeting to welcome to');
    return this.#door.welcome(nonce);
  }

  notice(nonce: string): HostMessage {
    if (this.#door === null) throw new Error('no meeting to tell of');
    return this.#door.privacyNotice(nonce);
  }

  isCurrentNotice(hash: string): boolean {
    return this.#noticeBoard.told.hash === hash;
  }

  handleKnockUndone(connection: HostConnection): void {
    this.#registrations.drop(connection.id);
    this.#apply({ type: 'knock-gone', knockId: connection.id });
  }

  checkPasscode(given: string | null, source: string): PasscodeRefusal | null {
    return this.#door?.checkPasscode(given, source) ?? null;
  }

  ownerOf(token: string): string | null {
    return this.#places.ownerOf(token);
  }

  /** Whose the token is has been checked; here that the identity is the same and the place still there. */
  handleResume(connection: HostConnection, { participantId, identityKey, fresh }: ResumeMessage): void {
    const participant = this.#roster?.participants.find((one) => one.id === participantId);
    if (participant?.identityKey !== identityKey) return connection.refuse('denied');
    const earlier = this.#connections.of(participantId);
    this.#admitted(connection, participant);
    earlier?.finish();
    this.#places.handleBack(participantId);
    this.#apply({ type: 'back', participantId, fresh });
    for (const envelope of this.#room?.saidTo(participantId) ?? []) {
      // What a connection said that a new process does not have is of no use to it.
      if (!fresh || !processBodies.has(envelope.header.body.type)) connection.send({ type: 'envelope', envelope });
    }
  }

  handleKnock(connection: HostConnection, { name, identityKey, registration }: KnockMessage): void {
    if (this.#door?.isExpired() !== false) return connection.refuse('expired');
    if (!this.#registrations.take(connection.id, registration)) return connection.refuse('registration-incomplete');
    const { environment } = this.#options;
    const standing = standingIn(environment, { identityKey, name });
    const knock = { knockId: connection.id, name, identityKey, at: environment.clock(), ...standing };
    const isFull = this.#roster !== null && admissionRefusal(this.#roster, identityKey) === 'full';
    if (isFull && this.#turnedAway.isNews(identityKey, knock.at)) environment.emit('session.turnedAway', { name });
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

  /** By way of a data channel; it is passed on to those who have another way. */
  #handleCarried(envelope: Envelope): void {
    const room = this.#room;
    if (room === null || this.#phase !== 'running') return;
    const checked = room.check(envelope);
    if (!checked.ok) return;
    this.#passOn(envelope);
    const { to } = envelope.header;
    if (to === null || to === this.#hostId) room.deliver(checked.from, envelope);
  }

  handleGone(connection: HostConnection, participantId: string | null, how: 'closed' | 'lost'): void {
    this.#connections.delete(connection);
    if (this.#phase !== 'running') return;
    if (participantId === null) return this.#apply({ type: 'knock-gone', knockId: connection.id });
    // Its place may have another connection already.
    if (this.#connections.of(participantId) !== undefined) return;
    if (how === 'lost') this.#keepPlace(participantId);
    this.#apply({ type: how === 'lost' ? 'away' : 'left', participantId });
  }

  async #run(door: HostDoor): Promise<void> {
    const { continued, restored, environment, name, title, signer } = this.#options;
    const seat = continued?.release() ?? null;
    if (continued !== undefined && seat === null) {
      this.#phase = 'over';
      return door.close();
    }
    const startedAt = restored?.startedAt ?? environment.clock();
    if (restored !== undefined) this.#places.restore(restored.tokens);
    const host = { id: this.#hostId, name, identityKey: signer.publicKey };
    const firstRoster = restored === undefined ? newRoster(host, startedAt) : restoredRoster(restored);
    this.#roster = seat === null ? firstRoster : takenRoster(seat, this.#hostId);
    const returns = this.#roster.participants.find(({ id }) => id === this.#hostId)?.returns ?? 0;
    this.#credentials = new CredentialDesk({
      setting: this.#options.ice,
      clock: environment.clock,
      timers: environment.timers,
      lifetimeMs: environment.policy.ice.credentialsMs,
      onRenew: () => this.#renewCredentials(),
    });
    this.#phase = 'running';
    if (seat === null) {
      this.#room = new MeetingRoom({
        ...this.#owner(),
        meetingId: this.meetingId,
        title,
        startedAt,
        selfId: this.#hostId,
        returns,
        iceServers: this.#options.ice.servers,
        relayOnly: this.#options.relayOnly,
        signer,
        environment,
      });
      this.#room.setParticipants(this.#roster.participants);
      this.#authority = this.#openAuthority(door, this.#room, historyOf(restored));
      this.#room.start();
    } else {
      this.#room = seat.room;
      this.#oldWay = seat.oldWay;
      this.#authority = this.#openAuthority(door, seat.room, historyOf(seat));
      seat.room.useIceServers(this.#options.ice.servers);
      seat.room.adopt(this.#owner(), this.#roster.participants);
    }
    for (const id of this.#absent()) this.#keepPlace(id);
    this.#authority.start();
    this.#oldWay = null;
    if (seat !== null) this.#closed = seat.closed();
    this.#renewCredentials();
    door.setNearby(this.#options.nearby);
    this.#publish();
  }

  #owner(): RoomOwner {
    return {
      role: 'host',
      hostId: this.#hostId,
      transport: (envelope) => this.#send(envelope),
      onMedia: (participantId, media) => this.#apply({ type: 'media', participantId, media }),
      onNotice: (from, body) => this.#handleNotice(from, body),
      onModerate: (by, moderation) => this.#handleModeration(by, moderation),
      onAuthority: (from, body) => this.#authority?.handle(from, body),
      onCarried: (envelope) => this.#handleCarried(envelope),
      onChange: () => this.#publish(),
    };
  }

  #openAuthority(door: HostDoor, room: MeetingRoom, history: History): HostAuthority {
    const { environment, signer, restored } = this.#options;
    return new HostAuthority({
      ...{ history, room, signer, environment, isRestored: restored !== undefined },
      door: () => door.notice(),
      tokenOf: (id) => this.#places.tokenOf(id),
      absent: () => this.#absent(),
      connected: () => this.#connections.participantIds(),
      onEnvelope: (envelope) => this.#handleCarried(envelope),
      onRemoved: () => this.#end('removed'),
      onLeft: (participantId) => this.#apply({ type: 'left', participantId }),
      onStepDown: (host, known, fresh) => this.#stepDown(host, known, fresh),
    });
  }

  #keepPlace(participantId: string): void {
    const { placeKeptMs, hostPlaceKeptMs } = this.#options.environment.policy;
    this.#places.handleAway(
      participantId,
      participantId === this.#authority?.formerHostId ? hostPlaceKeptMs : placeKeptMs,
    );
  }

  #absent(): readonly string[] {
    return this.#roster?.participants.filter((one) => one.presence === 'away').map(({ id }) => id) ?? [];
  }

  /** The door is closed; connections have been told why. */
  #shut(): void {
    this.#places.dispose();
    this.#authority?.dispose();
    this.#credentials?.dispose();
    this.#closed = Promise.all([this.#closed, this.#door?.close()]).then(() => {});
  }

  #stepDown(host: Participant, known: KnownDoor, fresh: boolean): void {
    const room = this.#room;
    if (room === null || this.#roster === null || this.#authority === null) return;
    const { participants, locked, removedKeys } = this.#roster;
    const { term, doors } = this.#authority.history();
    this.#phase = 'over';
    this.#room = null;
    this.#connections.finish();
    this.#shut();
    const seat: Seat = {
      ...{ room, participants, locked, removedKeys, term, since: room.startedAt, passcode: null, oldWay: null },
      notice: this.#noticeBoard.told,
      doors: new Map([...doors, [host.id, known]]),
      closed: () => this.#closed,
    };
    this.#options.onStepDown(seat, host.id, fresh);
  }

  /** One's own envelope. */
  #send(envelope: Envelope): void {
    this.#oldWay?.(envelope);
    this.#passOn(envelope);
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

  #handleNotice(from: Participant, body: NoticeBody): void {
    if (body.type === 'noticeAcknowledged' && this.#noticeBoard.acknowledge(from.identityKey, body.notice)) {
      this.#publish();
    }
  }

  #handleConnection(connection: NewConnection): void {
    const id = randomId(this.#options.environment.random);
    this.#connections.add(new HostConnection(id, connection, this, this.#options.environment));
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
          this.#registrations.drop(effect.knockId);
          this.#connections.get(effect.knockId)?.refuse(effect.reason);
          break;
        case 'wait':
          this.#connections.get(effect.knockId)?.send({ type: 'waiting' });
          break;
        case 'welcome': {
          const connection = this.#connections.get(effect.knockId);
          // They knocked with the present notice: whoever waits when it changes has to knock again.
          this.#noticeBoard.acknowledge(effect.participant.identityKey, this.#noticeBoard.told.hash);
          if (connection !== undefined) this.#admitted(connection, effect.participant);
          this.#registrations.admit(effect.knockId, effect.participant);
          break;
        }
        case 'expel':
          this.#expel(effect.participant);
          break;
        case 'drop':
          this.#connections.of(effect.participantId)?.finish();
          break;
        case 'send-roster':
          this.#sendRoster();
          break;
        case 'retire-invite':
          this.#door?.retireInvite();
          break;
      }
    }
  }

  #expel({ id, identityKey }: Participant): void {
    this.#places.handleRemoved(id);
    this.#room?.removed.add({ id, identityKey });
    this.#connections.of(id)?.finish({ type: 'removed' });
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
    this.#sendCredentials(connection);
  }

  #renewCredentials(): void {
    const own = this.#credentials?.for(this.#hostId) ?? null;
    if (own !== null) this.#room?.setTurnCredentials(own);
    for (const connection of this.#connections.all()) this.#sendCredentials(connection);
  }

  /** Only to who was admitted, and to each their own. */
  #sendCredentials(connection: HostConnection): void {
    const { participantId } = connection;
    const credentials = participantId === null ? null : (this.#credentials?.for(participantId) ?? null);
    if (credentials !== null) connection.send({ type: 'turnCredentials', ...credentials });
  }

  #sendRoster(): void {
    if (this.#roster === null || this.#roster.revision <= this.#sentRevision) return;
    const { revision, locked, participants } = this.#roster;
    this.#sentRevision = revision;
    this.#connections.sendToParticipants({ type: 'roster', revision, locked, participants: [...participants] });
  }

  #passOn(envelope: Envelope): void {
    const { from, to } = envelope.header;
    this.#connections.passOn(envelope);
    for (const id of this.#absent()) {
      if (id !== from && (to === null || to === id)) this.#room?.carry(envelope, id);
    }
  }

  #publish(): void {
    const room = this.#room;
    const door = this.#door;
    if (room === null || this.#roster === null || door === null || this.#phase !== 'running') return;
    const [invite, passcode] = [door.invite(), door.passcode()];
    this.#keep(door, room, this.#roster);
    this.#coHostLobbies.update(this.#roster, invite, passcode, this.#connections.all());
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
        nearby: door.nearby(),
        plan: this.#options.plan,
        atDoor: this.#registrations.atDoor(this.#roster.lobby.map(({ knockId }) => knockId)),
        participants: this.#roster.participants,
        lobby: this.#roster.lobby,
        connections: room.connections(),
        hostLink: 'connected',
        trust: room.verification.trust(),
        ice: room.ice(),
        notice: this.#noticeBoard.state(this.#roster.participants),
      },
    });
  }

  /** What is needed to open the same door again after a crash. */
  #keep(door: HostDoor, room: MeetingRoom, roster: RosterState): void {
    const { environment, title, name, relayOnly } = this.#options;
    const notice = this.#noticeBoard.told.facts;
    const { locked, removedKeys, participants, revision } = roster;
    environment.keptSeats.keep({
      ...{ role: 'host', meetingId: this.meetingId, title, selfId: this.#hostId, name, startedAt: room.startedAt },
      ...{ notice, locked, revision, relayOnly, removedKeys: [...removedKeys], participants: [...participants] },
      ...door.kept(),
      tokens: this.#places.tokens(),
      ...keptHistory(this.#authority?.history() ?? historyOf(undefined)),
    });
  }

  #isOver(): boolean {
    return this.#phase === 'over';
  }
}
