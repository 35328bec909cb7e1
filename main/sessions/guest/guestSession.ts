// oxlint-disable max-lines -- the one place where what the host says changes this side of the meeting; decisions lie in files of their own
import { DomainError, type ErrorCode } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { TurnCredentials } from '../../../common/meeting/iceServers';
import type { Participant } from '../../../common/meeting/models';
import type { ToldNotice } from '../../../common/privacy/notice';
import type { Moderation } from '../../../common/meeting/moderation';
import {
  mirrorRemoval,
  mirrorRemovedKeys,
  mirrorRoster,
  type RosterAnchor,
  type RosterMessage,
  type RosterMirror,
} from '../../../common/meeting/rosterMirror';
import { limits } from '../../../common/meeting/limits';
import type { EndReason, SessionState } from '../../../common/meeting/sessionState';
import type { Envelope } from '../../../common/protocol/bodies';
import { hostMessageSchema, type GuestMessage, type HostMessage } from '../../../common/protocol/messages';
import { parseAs, readJson } from '../json';
import { doorsOf, keptDoors, type KeptGuestSeat } from '../keptSeat';
import { MeetingRoom, type NoticeBody, type RoomOwner } from '../meetingRoom';
import { withHost, type KnownDoor, type Seat } from '../seat';
import type { Wire, WireEnd } from '../rendezvous/wire';
import type { Session } from '../session';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from '../verification/acquaintances';
import { Arrival, type Arrived, type JoinTarget, type KnockOptions } from './arrival';
import { CoHostDesk } from './coHostDesk';
import { GuestAuthority } from './guestAuthority';
import { HostRequests } from './hostRequests';
import { keepErasureProof, sendWithdrawals } from './hostWithdrawals';
import { NoticeReader, toldNotice } from './noticeReader';
import { endReason, refusalCode } from './refusals';
import { Returning, type Back } from './returning';
import type { Welcome } from './welcomeCheck';

export interface GuestSessionOptions {
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onState: (state: SessionState) => void;
  /** The host hands the meeting over to this participant. */
  readonly onHandedOver: () => void;
}

type Admitted = Extract<HostMessage, { type: 'admitted' }>;

type Stage =
  | { readonly type: 'arriving' }
  | { readonly type: 'admitted'; readonly welcome: Welcome; readonly admitted: Admitted }
  | { readonly type: 'meeting'; readonly room: MeetingRoom; readonly hostKey: string; readonly since: number }
  | { readonly type: 'over' };

/** Clocks closer than this are taken as they are. */
const clockToleranceMs = 5_000;

/** A meeting that somebody else hosts: the way in, the place in it, the way back to it. */
export class GuestSession implements Session {
  readonly #options: GuestSessionOptions;
  readonly #coHost: CoHostDesk;
  readonly #authority: GuestAuthority;
  readonly #notices: NoticeReader;
  #stage: Stage = { type: 'arriving' };
  #requests: HostRequests;
  #arrival: Arrival | null = null;
  #wire: Wire | null = null;
  #mirror: RosterMirror | null = null;
  #chosenBeforehand: Arrived['chosenBeforehand'] = () => null;
  #told: Arrived['told'] = [];
  #relayOnly = false;
  /** Came by the door, having read the notice there. */
  #hasKnocked = false;
  /** Where the host is, whose ID comes with the first roster. */
  #host: KnownDoor | null = null;
  #credentials: TurnCredentials | null = null;
  #cancelPatience = () => {};
  #onAnswered = () => {};
  #closed: Promise<unknown> = Promise.resolve();
  /** Set while the connection to the host is being made anew. */
  #returning: Returning | null = null;
  #keptUntil: number | null = null;
  /** This process has not been here before. */
  #fresh = false;
  /** Only here to say goodbye. */
  #leaving = false;

  constructor(options: GuestSessionOptions) {
    this.#options = options;
    this.#requests = this.#newRequests();
    this.#coHost = new CoHostDesk((person) => standingIn(options.environment, person));
    this.#notices = new NoticeReader(options.environment);
    this.#authority = new GuestAuthority({
      room: () => this.room,
      isLost: () => this.#returning !== null,
      onHost: (host, known) => this.#changeHost(host, known),
      onHandedOver: options.onHandedOver,
      onLeaving: (from) => this.#handleLeaving(from),
    });
  }

  get room(): MeetingRoom | null {
    return this.#stage.type === 'meeting' ? this.#stage.room : null;
  }

  /** Resolves when the phase is `preview` or `failed`, or when it was given up. */
  async start(target: JoinTarget): Promise<void> {
    const { environment, signer, onState } = this.#options;
    this.#arrival = new Arrival({
      ...{ target, environment, signer, onState },
      onArrived: (arrived) => {
        const host = { door: target, hostKey: arrived.welcome.hostKey, token: arrived.admitted.token };
        this.#relayOnly = arrived.relayOnly;
        this.#hasKnocked = true;
        this.#chosenBeforehand = arrived.chosenBeforehand;
        this.#told = arrived.told;
        this.#handleAdmitted(arrived, host);
      },
      onFailed: (code) => this.#fail(code),
      onFrame: (text) => this.#handleFrame(text),
      onEnded: (reason) => this.#handleWireEnd(reason),
    });
    await this.#arrival.start();
  }

  /** Throws as `Arrival.knock` does. */
  knock(knock: KnockOptions): void {
    if (this.#arrival === null) throw new DomainError('session/not-in-meeting');
    this.#arrival.knock(knock);
  }

  /** Throws DomainError('session/notice-changed') when that is not the notice that is told now. */
  acknowledgeNotice(hash: string): void {
    const { room } = this;
    if (room === null) throw new DomainError('session/not-in-meeting');
    if (!this.#notices.acknowledge(hash)) throw new DomainError('session/notice-changed');
    room.send(room.hostId, { type: 'noticeAcknowledged', notice: hash });
    this.#publish();
  }

  moderate(moderation: Moderation): void {
    const { room } = this;
    if (room === null) throw new DomainError('session/not-in-meeting');
    this.#coHost.check(moderation, this.#self(), room.participants());
    room.send(room.hostId, { type: 'moderate', moderation });
  }

  leave(): void {
    if (this.#stage.type === 'over') return;
    if (this.#returning !== null) this.room?.send(null, { type: 'leaving' });
    if (this.#stage.type === 'meeting') this.#finish('left', () => this.#send({ type: 'leave' }));
    else {
      this.#arrival?.leave();
      this.#stop();
      this.#options.onState({ phase: 'idle' });
    }
  }

  async closed(): Promise<void> {
    await Promise.all([this.#closed, this.#arrival?.closed()]);
  }

  /** Goes on in a meeting one was in, at another host's door, which is among those the seat knows. */
  follow(seat: Seat, hostId: string, { fresh, leave }: { readonly fresh: boolean; readonly leave: boolean }): void {
    const known = seat.doors.get(hostId);
    if (known === undefined) throw new Error('no door to follow to');
    const { room, locked, removedKeys, since, term, doors } = seat;
    const participants = withHost(seat.participants, hostId);
    this.#authority.restore(term, doors);
    this.#fresh = fresh;
    this.#leaving = leave;
    // Until the new host tells its own.
    this.#notices.handleKnocked(this.#options.signer.publicKey, seat.notice);
    this.#closed = seat.closed();
    this.#mirror = { revision: -1, locked, participants, removedKeys };
    this.#stage = { type: 'meeting', room, hostKey: known.hostKey, since };
    room.adopt(this.#owner(hostId), participants);
    this.#comeBack();
  }

  /** Comes back with a new process. Resolves when the phase is `meeting`, `ended` or `failed`. */
  async comeBackTo(kept: KeptGuestSeat): Promise<void> {
    const { environment, signer, onState } = this.#options;
    this.#authority.restore(kept.term, doorsOf(kept.doors));
    const known = this.#authority.doors.get(kept.hostId);
    if (known === undefined) return this.#fail('join/unreachable');
    const { door, hostKey, token } = known;
    this.#relayOnly = kept.relayOnly;
    onState({ phase: 'connecting' });
    await new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
      this.#cancelPatience = environment.timers.after(environment.policy.connect.totalMs, () => {
        this.#fail('join/unreachable');
      });
      this.#returning = new Returning({
        place: { door, hostKey, token, meetingId: kept.meetingId, participantId: kept.selfId, fresh: true },
        ...{ signer, environment },
        onBack: (back) => {
          this.#stopReturning();
          this.#handleAdmitted(back, { ...known, token: back.admitted.token });
          sendWithdrawals(environment, hostKey, (message) => this.#send(message));
          this.#requests.say(hostKey);
        },
        onRefused: (reason) => {
          this.#stop();
          environment.keptSeats.forget();
          onState({ phase: 'ended', reason: endReason(reason), title: kept.title, durationMs: 0 });
        },
        onFrame: (text) => this.#handleFrame(text),
        onEnded: (reason) => this.#handleWireEnd(reason),
      });
    });
  }

  /** Throws DomainError('session/not-host') for somebody who is no co-host, 'session/host-present' while there is a host. */
  ensureMayTakeOver(): void {
    if (this.#self()?.role !== 'co-host') throw new DomainError('session/not-host');
    if (this.#returning === null && !this.#authority.isNamed(this.room?.selfId))
      throw new DomainError('session/host-present');
  }

  /** The passcode of the meeting, as far as a co-host knows it. */
  passcode(): string | null {
    return this.#coHost.state().passcode;
  }

  /** Gives up this seat to somebody who takes it over as host; null when that is not possible (any more). */
  release(): Seat | null {
    const stage = this.#stage;
    try {
      this.ensureMayTakeOver();
    } catch {
      return null;
    }
    if (stage.type !== 'meeting' || this.#mirror === null) return null;
    const { locked, participants, removedKeys } = this.#mirror;
    const wire = this.#wire;
    const isLost = this.#returning !== null;
    this.#stage = { type: 'over' };
    this.#stopReturning();
    const closed = this.closed();
    return {
      ...{ room: stage.room, participants, locked, removedKeys, since: stage.since, doors: this.#authority.doors },
      passcode: this.#coHost.state().passcode,
      notice: this.#notices.state(),
      term: this.#authority.term + 1,
      oldWay: isLost || wire === null ? null : (envelope) => wire.send({ type: 'envelope', envelope }),
      closed: () => {
        wire?.close();
        return closed;
      },
    };
  }

  /** The network is another, or the computer woke up: what is broken is noticed and repaired now. */
  handleWake(): void {
    if (this.#returning !== null) this.#returning.hurry();
    else this.#wire?.probe();
  }

  handleRequestsChanged(): void {
    this.#arrival?.handleRequestsChanged();
    // While it comes back nothing can be said; it is when it has.
    if (this.#stage.type === 'meeting' && this.#returning === null) this.#requests.say(this.#stage.hostKey);
  }

  /** For one connection. */
  #newRequests(): HostRequests {
    return new HostRequests(this.#options.environment, (message) => this.#send(message));
  }

  #send(message: GuestMessage): void {
    this.#wire?.send(message);
  }

  #handleFrame(text: string): void {
    const message = parseAs(hostMessageSchema, readJson(text));
    if (message === null) return this.#fail('join/protocol');
    this.#handleMessage(message);
  }

  #handleMessage(message: HostMessage): void {
    const stage = this.#stage;
    if (stage.type !== 'admitted' && stage.type !== 'meeting') return;
    switch (message.type) {
      case 'welcome':
      case 'waiting':
      case 'passcodeRefused':
      case 'notice':
      case 'admitted':
        return this.#fail('join/protocol');
      case 'refused':
        return this.#fail(refusalCode(message.reason));
      case 'roster':
        return this.#handleRoster(message);
      case 'turnCredentials':
        return this.#handleCredentials(message);
      case 'lobby':
        return this.#handleLobby(message);
      case 'erasureProof':
        return keepErasureProof(this.#options.environment, message);
      case 'personRequestStatus':
        return this.#requests.keep(message);
      case 'envelope':
        return stage.type === 'meeting'
          ? this.#handleEnvelope(stage.room, message.envelope)
          : this.#fail('join/protocol');
      case 'removed':
        return stage.type === 'meeting' ? this.#finish('removed') : this.#fail('join/denied');
      case 'ended':
        return stage.type === 'meeting' ? this.#finish('ended-by-host') : this.#fail('join/meeting-unknown');
    }
  }

  /** The first roster follows. */
  #handleAdmitted({ wire, welcome, admitted }: Back, host: KnownDoor): void {
    this.#wire = wire;
    this.#host = host;
    this.#stage = { type: 'admitted', welcome, admitted };
  }

  #handleRoster(message: RosterMessage): void {
    const stage = this.#stage;
    if (stage.type !== 'admitted' && stage.type !== 'meeting') return this.#fail('join/protocol');
    const anchor = this.#anchor(stage);
    const mirror = mirrorRoster(this.#mirror, message, anchor);
    if (mirror === null) return this.#fail('join/protocol');
    this.#mirror = mirror;
    if (stage.type === 'admitted') this.#enter(stage.welcome, stage.admitted, mirror);
    else {
      stage.room.setParticipants(mirror.participants);
      this.#coHost.handleRole(this.#self());
      this.#publish();
    }
  }

  #anchor(stage: Extract<Stage, { type: 'admitted' | 'meeting' }>): RosterAnchor {
    const selfId = stage.type === 'admitted' ? stage.admitted.selfId : stage.room.selfId;
    const hostKey = stage.type === 'admitted' ? stage.welcome.hostKey : stage.hostKey;
    return { selfId, hostKey, identityKey: this.#options.signer.publicKey };
  }

  #handleRemoved(participantId: string, identityKey: string): void {
    if (this.#stage.type !== 'meeting' || this.#mirror === null) return;
    const { room } = this.#stage;
    const mirror = mirrorRemoval(this.#mirror, { participantId, identityKey }, this.#anchor(this.#stage));
    if (mirror === null) return room.countDropped();
    this.#mirror = mirror;
    room.removed.add({ id: participantId, identityKey });
    room.setParticipants(mirror.participants);
    this.#publish();
  }

  /** They open the servers that the signed welcome names, and no others. */
  #handleCredentials({ username, credential }: TurnCredentials): void {
    const stage = this.#stage;
    if (stage.type !== 'admitted' && stage.type !== 'meeting') return this.#fail('join/protocol');
    this.#credentials = { username, credential };
    if (stage.type === 'meeting') stage.room.setTurnCredentials(this.#credentials);
  }

  #handleLobby(lobby: Extract<HostMessage, { type: 'lobby' }>): void {
    if (this.#stage.type !== 'meeting' || this.#mirror === null) return this.#fail('join/protocol');
    const { room } = this.#stage;
    if (!this.#coHost.handleLobby(lobby, this.#self())) return room.countDropped();
    this.#mirror = mirrorRemovedKeys(this.#mirror, lobby.removedKeys);
    for (const key of this.#mirror.removedKeys) room.removed.addKey(key);
    this.#publish();
  }

  #self(): Participant | undefined {
    const { room } = this;
    return room?.participants().find((one) => one.id === room.selfId);
  }

  #enter(welcome: Welcome, admitted: Admitted, mirror: RosterMirror): void {
    const { environment, signer } = this.#options;
    const now = environment.clock();
    const host = mirror.participants.find((one) => one.role === 'host');
    const self = mirror.participants.find((one) => one.id === admitted.selfId);
    // The host says when it admitted us, by its own clock: the difference to now is how far the clocks are apart.
    const skew = now - (self?.joinedAt ?? now);
    const room = new MeetingRoom({
      meetingId: welcome.meetingId,
      title: admitted.title,
      startedAt: admitted.startedAt + (Math.abs(skew) > clockToleranceMs ? skew : 0),
      ...this.#owner(host?.id ?? ''),
      selfId: admitted.selfId,
      returns: self?.returns ?? 0,
      iceServers: welcome.notice.iceServers,
      relayOnly: this.#relayOnly,
      chosenBeforehand: this.#chosenBeforehand,
      signer,
      environment,
    });
    if (this.#credentials !== null) room.setTurnCredentials(this.#credentials);
    room.setParticipants(mirror.participants);
    this.#stage = { type: 'meeting', room, hostKey: welcome.hostKey, since: now };
    if (host !== undefined && this.#host !== null) this.#authority.doors.set(host.id, this.#host);
    const told = toldNotice(welcome);
    if (this.#hasKnocked) this.#notices.handleKnocked(welcome.hostKey, told);
    else this.#handleNotice(room, welcome.hostKey, told);
    room.start();
    this.#keepTold(room.meetingId);
    // Now the host is a contact.
    this.#notices.keep();
    this.#publish();
    this.#onAnswered();
  }

  /** What oneself told the host can be looked up with the meeting. */
  #keepTold(meetingId: string): void {
    const { vault, report } = this.#options.environment;
    if (this.#told.length === 0) return;
    try {
      vault().registrations.give(meetingId, this.#told);
    } catch (error) {
      report(error);
    }
  }

  #owner(hostId: string): RoomOwner {
    return {
      role: 'guest',
      hostId,
      chosenBeforehand: () => null,
      transport: (envelope) => this.#transport(envelope),
      onMedia: (participantId, media) =>
        this.#showParticipants((all) => all.map((one) => (one.id === participantId ? { ...one, media } : one))),
      onNotice: (_from, body) => this.#handleNoticeBody(body),
      onRemoved: (participantId, identityKey) => this.#handleRemoved(participantId, identityKey),
      onAuthority: (from, body) => this.#authority.handle(from, body),
      onCarried: (envelope) => {
        if (this.room !== null) this.#handleEnvelope(this.room, envelope);
      },
      onChange: () => this.#publish(),
    };
  }

  /** From the host: every receiver has refused it from anybody else. */
  #handleNoticeBody(body: NoticeBody): void {
    const stage = this.#stage;
    if (stage.type !== 'meeting' || body.type !== 'noticeChanged') return;
    this.#handleNotice(stage.room, stage.hostKey, toldNotice(body));
    this.#publish();
  }

  #handleNotice(room: MeetingRoom, hostKey: string, told: ToldNotice): void {
    const notice = this.#notices.handle(hostKey, told);
    if (notice !== null) room.send(room.hostId, { type: 'noticeAcknowledged', notice });
  }

  #handleEnvelope(room: MeetingRoom, envelope: Envelope): void {
    const { to } = envelope.header;
    if (to !== null && to !== room.selfId) return room.countDropped();
    const checked = room.check(envelope);
    if (checked.ok) room.deliver(checked.from, envelope);
  }

  #transport(envelope: Envelope): void {
    if (this.#returning === null) this.#send({ type: 'envelope', envelope });
    else this.room?.carry(envelope, envelope.header.to);
  }

  #handleLeaving(from: Participant): void {
    if (from.role === 'host') this.#finish('ended-by-host');
    else if (this.#returning !== null) this.#showParticipants((all) => all.filter((one) => one.id !== from.id));
  }

  #changeHost(host: Participant, { hostKey }: KnownDoor): void {
    const stage = this.#stage;
    if (stage.type !== 'meeting' || this.#mirror === null) return;
    const participants = withHost(this.#mirror.participants, host.id);
    this.#mirror = { ...this.#mirror, revision: -1, participants };
    this.#coHost.forget();
    this.#stage = { ...stage, hostKey };
    stage.room.adopt(this.#owner(host.id), participants);
    this.#wire?.close();
    this.#comeBack();
  }

  /** Changes one's own copy until the host's next roster. */
  #showParticipants(change: (participants: readonly Participant[]) => readonly Participant[]): void {
    if (this.#mirror === null) return;
    const participants = change(this.#mirror.participants);
    this.#mirror = { ...this.#mirror, participants };
    this.room?.setParticipants(participants);
    this.#publish();
  }

  #publish(): void {
    const { room } = this;
    if (room === null) return;
    const isLost = this.#returning !== null;
    this.#keep(room);
    this.#options.onState({
      phase: 'meeting',
      meeting: {
        meetingId: room.meetingId,
        title: room.title,
        role: this.#self()?.role ?? 'guest',
        selfId: room.selfId,
        startedAt: room.startedAt,
        locked: this.#mirror?.locked ?? false,
        nearby: null,
        plan: null,
        atDoor: {},
        participants: isLost ? room.participants().map(hostAway) : room.participants(),
        ...this.#coHost.state(),
        connections: room.connections(),
        hostLink: isLost ? 'lost' : 'connected',
        trust: room.verification.trust(),
        ice: room.ice(),
        notice: this.#notices.state(),
      },
    });
  }

  /** What is needed to come back after a crash. */
  #keep(room: MeetingRoom): void {
    const { clock, keptSeats } = this.#options.environment;
    // Not at every change another time: it is kept for long enough.
    this.#keptUntil ??= clock() + limits.inviteLifetimeMs;
    keptSeats.keep({
      ...{ role: 'guest', until: this.#keptUntil, meetingId: room.meetingId, title: room.title },
      ...{ selfId: room.selfId, hostId: room.hostId, term: this.#authority.term, relayOnly: room.relayOnly },
      doors: keptDoors(this.#authority.doors),
    });
  }

  #handleWireEnd(reason: WireEnd): void {
    if (reason === 'protocol') this.#fail('join/protocol');
    else if (this.#stage.type === 'meeting') this.#comeBack();
    else this.#fail('join/unreachable');
  }

  /** The meeting goes on among those who can reach each other, while the host is looked for. */
  #comeBack(): void {
    const { environment, signer } = this.#options;
    const { room } = this;
    const known = room === null ? undefined : this.#authority.doors.get(room.hostId);
    if (room === null || known === undefined) return this.#finish('host-vanished');
    const { door, hostKey, token } = known;
    this.#wire = null;
    this.#stopReturning();
    this.#cancelPatience = environment.timers.after(environment.policy.placeKeptMs, () => this.#handleLongLoss());
    this.#returning = new Returning({
      place: { door, meetingId: room.meetingId, hostKey, participantId: room.selfId, token, fresh: this.#fresh },
      signer,
      environment,
      onBack: (back) => this.#handleBack(back),
      onRefused: (reason) => this.#finish(endReason(reason)),
      onFrame: (text) => this.#handleFrame(text),
      onEnded: (reason) => this.#handleWireEnd(reason),
    });
    this.#publish();
  }

  #handleBack({ wire, welcome, admitted }: Back): void {
    const stage = this.#stage;
    if (stage.type !== 'meeting') return wire.terminate();
    this.#stopReturning();
    this.#wire = wire;
    this.#fresh = false;
    stage.room.useIceServers(welcome.notice.iceServers);
    const { doors } = this.#authority;
    const known = doors.get(stage.room.hostId);
    if (known !== undefined) doors.set(stage.room.hostId, { ...known, token: admitted.token });
    sendWithdrawals(this.#options.environment, welcome.hostKey, (message) => this.#send(message));
    this.#requests = this.#newRequests();
    this.#requests.say(welcome.hostKey);
    for (const envelope of stage.room.saidAfter(admitted.seen)) this.#send({ type: 'envelope', envelope });
    this.#handleNotice(stage.room, welcome.hostKey, toldNotice(welcome));
    stage.room.handleBack();
    this.#publish();
    if (this.#leaving) this.leave();
  }

  /** Whoever has nobody left to talk to need not wait any longer than the host would. */
  #handleLongLoss(): void {
    if (this.room?.participants().every((one) => one.role === 'host' || one.id === this.room?.selfId)) {
      this.#finish('host-vanished');
    }
  }

  /** Ends a meeting one was in. `lastWords` are sent after those of the features. */
  #finish(reason: EndReason, lastWords: () => void = () => {}): void {
    if (this.#stage.type !== 'meeting') return;
    const { room, since } = this.#stage;
    const { environment, onState } = this.#options;
    room.end();
    lastWords();
    this.#stop();
    onState({ phase: 'ended', reason, title: room.title, durationMs: Math.max(0, environment.clock() - since) });
  }

  #fail(code: ErrorCode): void {
    if (this.#stage.type === 'over') return;
    this.room?.end();
    this.#stop();
    this.#options.onState({ phase: 'failed', code });
  }

  #stop(): void {
    this.#stage = { type: 'over' };
    this.#stopReturning();
    this.#wire?.close();
    this.#onAnswered();
  }

  #stopReturning(): void {
    this.#cancelPatience();
    this.#returning?.stop();
    this.#closed = Promise.all([this.#closed, this.#returning?.closed()]);
    this.#returning = null;
  }
}

function hostAway(participant: Participant): Participant {
  return participant.role === 'host' ? { ...participant, presence: 'away' } : participant;
}
