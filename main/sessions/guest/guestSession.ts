import type { ConsentRequest, Decisions } from '../../../common/consent/models';
import { asksAsPlanned } from '../../../common/consent/plan';
import { DomainError, errorCodeOf, type ErrorCode } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { TurnCredentials } from '../../../common/meeting/iceServers';
import type { Language, Participant } from '../../../common/meeting/models';
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
import type { EndReason, Invitation, SessionState } from '../../../common/meeting/sessionState';
import type { Envelope } from '../../../common/protocol/bodies';
import {
  hostMessageSchema,
  hostVersionSchema,
  protocolVersion,
  type GuestMessage,
  type HostMessage,
  type PasscodeRefusal,
  type Refusal,
} from '../../../common/protocol/messages';
import { parseAs, readJson } from '../json';
import { doorsOf, keptDoors, type KeptGuestSeat } from '../keptSeat';
import { doorOfNotice } from '../doors';
import { MeetingRoom, type AuthorityBody, type RoomOwner } from '../meetingRoom';
import { withHost, type KnownDoor, type Seat } from '../seat';
import { openWire, type Wire, type WireEnd } from '../rendezvous/wire';
import type { Session } from '../session';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from '../verification/acquaintances';
import { CoHostDesk } from './coHostDesk';
import { Returning, type Back, type Door } from './returning';
import { isGenuineWelcome, type Welcome } from './welcomeCheck';

/** What an invite, as a link or typed, says of the meeting to join. */
export interface JoinTarget extends Door {
  /** The meeting's ID or its number. */
  readonly meeting: string;
  readonly secret: string;
  /** The host's identity key, when the invite names it. */
  readonly hostKey: string | null;
  /** The meeting's ID, when the invite names it. */
  readonly meetingId: string | null;
}

export interface GuestSessionOptions {
  /** Null: goes on in a meeting one was in, see `follow`. */
  readonly target: JoinTarget | null;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onState: (state: SessionState) => void;
  /** The host hands the meeting over to this participant. */
  readonly onHandedOver: () => void;
}

export interface KnockOptions {
  readonly name: string;
  readonly language: Language;
  /** What this person chose about the recording that was announced. */
  readonly beforehand: Decisions | null;
  readonly passcode: string | null;
  /** Hides this computer's address from the others. */
  readonly relayOnly: boolean;
}

type Admitted = Extract<HostMessage, { type: 'admitted' }>;

type Stage =
  | { readonly type: 'connecting' }
  | { readonly type: 'hello' }
  | { readonly type: 'preview'; readonly welcome: Welcome; readonly invitation: Invitation }
  | { readonly type: 'waiting'; readonly welcome: Welcome; readonly invitation: Invitation; readonly name: string }
  | { readonly type: 'admitted'; readonly welcome: Welcome; readonly admitted: Admitted }
  | {
      readonly type: 'meeting';
      readonly room: MeetingRoom;
      readonly hostKey: string;
      readonly since: number;
    }
  | { readonly type: 'over' };

/** Clocks closer than this are taken as they are. */
const clockToleranceMs = 5_000;

/** A meeting joined by invite: reach the host, see who invites, knock, take part. */
export class GuestSession implements Session {
  readonly #options: GuestSessionOptions;
  readonly #abort = new AbortController();
  #stage: Stage = { type: 'connecting' };
  readonly #coHost: CoHostDesk;
  #wire: Wire | null = null;
  #fingerprint = '';
  #isRelayed = false;
  #mirror: RosterMirror | null = null;
  /** What this person chose about the recording that was announced. */
  #beforehand: Decisions | null = null;
  #relayOnly = false;
  #credentials: TurnCredentials | null = null;
  #heardHost = false;
  #cancelHello = () => {};
  #onAnswered = () => {};
  #closed: Promise<unknown> = Promise.resolve();
  /** Set while the connection to the host is being made anew. */
  #returning: Returning | null = null;
  #cancelAlone = () => {};
  /** By participant ID: who hosts, and who has hosted. */
  readonly #doors = new Map<string, KnownDoor>();
  #term = 0;
  #keptUntil: number | null = null;
  /** Whom the host has named to host from the next term on. */
  #successor: { readonly id: string; readonly term: number } | null = null;
  /** This process has not been here before. */
  #fresh = false;
  /** Only here to say goodbye. */
  #leaving = false;

  constructor(options: GuestSessionOptions) {
    this.#options = options;
    this.#coHost = new CoHostDesk((person) => standingIn(options.environment, person));
  }

  get room(): MeetingRoom | null {
    return this.#stage.type === 'meeting' ? this.#stage.room : null;
  }

  /** Resolves when the phase is `preview` or `failed`, or when it was given up. */
  async start(): Promise<void> {
    const { environment, target, onState } = this.#options;
    const { timers, policy, contacts } = environment;
    if (target === null) throw new Error('nowhere to go');
    onState({ phase: 'connecting' });
    try {
      const { addresses, relay, pin } = target;
      const signal = this.#abort.signal;
      const connection = await environment.network.dial({
        ...{ addresses, relay, pin, timers, contacts, policy: policy.connect, signal },
      });
      if (this.#isOver()) return connection.socket.terminate();
      this.#fingerprint = connection.fingerprint;
      this.#isRelayed = connection.isRelayed;
      this.#closed = new Promise<void>((resolve) => connection.socket.once('close', () => resolve()));
      this.#wire = openWire(
        connection.socket,
        { frame: (text) => this.#handleFrame(text), ended: (reason) => this.#handleWireEnd(reason) },
        timers,
        policy,
      );
    } catch (error) {
      return this.#fail(errorCodeOf(error));
    }
    await new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
      this.#stage = { type: 'hello' };
      this.#cancelHello = timers.after(policy.helloTimeoutMs, () => this.#fail('join/unreachable'));
      this.#send({ type: 'hello', version: protocolVersion, meeting: target.meeting, secret: target.secret });
    });
  }

  /** Throws DomainError('session/not-in-meeting') unless the phase is `preview`. */
  knock({ name, language, beforehand, passcode, relayOnly }: KnockOptions): void {
    if (this.#stage.type !== 'preview') throw new DomainError('session/not-in-meeting');
    this.#relayOnly = relayOnly;
    const { welcome, invitation } = this.#stage;
    this.#beforehand = beforehand;
    const { signer, onState } = this.#options;
    const signed = {
      meetingId: welcome.meetingId,
      nonce: welcome.nonce,
      certificate: this.#fingerprint,
      name,
      identityKey: signer.publicKey,
    };
    const signature = signer.sign('knock', signed);
    this.#stage = { type: 'waiting', welcome, invitation, name };
    // Who typed a passcode stays at the door until it was found to be right: what else was typed there is not lost.
    if (!invitation.passcodeNeeded) onState({ phase: 'waiting', invitation, name });
    this.#send({ type: 'knock', name, identityKey: signer.publicKey, language, passcode, signature });
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
      this.#send({ type: 'leave' });
      this.#stop('close');
      this.#options.onState({ phase: 'idle' });
    }
  }

  async closed(): Promise<void> {
    await this.#closed;
  }

  /** Goes on in a meeting one was in, at another host's door, which is among those the seat knows. */
  follow(seat: Seat, hostId: string, { fresh, leave }: { readonly fresh: boolean; readonly leave: boolean }): void {
    const known = seat.doors.get(hostId);
    if (known === undefined) throw new Error('no door to follow to');
    for (const [id, door] of seat.doors) this.#doors.set(id, door);
    const { room, locked, removedKeys, since, term } = seat;
    const participants = withHost(seat.participants, hostId);
    this.#term = term;
    this.#fresh = fresh;
    this.#leaving = leave;
    this.#heardHost = true;
    this.#closed = seat.closed();
    this.#mirror = { revision: -1, locked, participants, removedKeys };
    this.#stage = { type: 'meeting', room, hostKey: known.hostKey, since };
    room.adopt(this.#owner(hostId), participants);
    this.#comeBack();
  }

  /** Comes back with a new process. Resolves when the phase is `meeting`, `ended` or `failed`. */
  async comeBackTo(kept: KeptGuestSeat): Promise<void> {
    const { environment, signer, onState } = this.#options;
    for (const [id, door] of doorsOf(kept.doors)) this.#doors.set(id, door);
    const known = this.#doors.get(kept.hostId);
    if (known === undefined) return this.#fail('join/unreachable');
    const { door, hostKey, token } = known;
    this.#term = kept.term;
    this.#relayOnly = kept.relayOnly;
    this.#heardHost = true;
    onState({ phase: 'connecting' });
    await new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
      this.#cancelHello = environment.timers.after(environment.policy.connect.totalMs, () => {
        this.#fail('join/unreachable');
      });
      this.#returning = new Returning({
        place: { door, hostKey, token, meetingId: kept.meetingId, participantId: kept.selfId, fresh: true },
        ...{ signer, environment },
        onBack: ({ wire, welcome, admitted }) => {
          this.#cancelHello();
          this.#closed = Promise.all([this.#closed, this.#returning?.closed()]);
          this.#returning = null;
          this.#wire = wire;
          this.#stage = { type: 'admitted', welcome, admitted };
          this.#sendWithdrawals(welcome.hostKey);
        },
        onRefused: (reason) => {
          this.#stop('close');
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
    const isNamed = this.#successor?.id === this.room?.selfId;
    if (this.#returning === null && !isNamed) throw new DomainError('session/host-present');
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
    this.#cancelAlone();
    this.#returning?.stop();
    const closed = Promise.all([this.#closed, this.#returning?.closed()]).then(() => {});
    return {
      ...{ room: stage.room, participants, locked, removedKeys, since: stage.since, doors: this.#doors },
      passcode: this.#coHost.state().passcode,
      term: this.#term + 1,
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

  #send(message: GuestMessage): void {
    this.#wire?.send(message);
  }

  #handleFrame(text: string): void {
    const value = readJson(text);
    if (!this.#heardHost) {
      const first = parseAs(hostVersionSchema, value);
      if (first === null) return this.#fail('join/protocol');
      if (first.version !== protocolVersion) {
        return this.#fail(first.version > protocolVersion ? 'join/version-newer' : 'join/version-older');
      }
      this.#heardHost = true;
    }
    const message = parseAs(hostMessageSchema, value);
    if (message === null) return this.#fail('join/protocol');
    this.#handleMessage(message);
  }

  #handleMessage(message: HostMessage): void {
    const stage = this.#stage;
    switch (message.type) {
      case 'welcome':
        return stage.type === 'hello' ? this.#handleWelcome(message) : this.#fail('join/protocol');
      case 'refused':
        return this.#fail(refusalCode(message.reason));
      case 'waiting':
        return stage.type === 'waiting' ? this.#handleWaiting(stage) : this.#fail('join/protocol');
      case 'passcodeRefused':
        return this.#handlePasscodeRefused(message.reason);
      case 'admitted':
        if (stage.type !== 'waiting') return this.#fail('join/protocol');
        this.#stage = { type: 'admitted', welcome: stage.welcome, admitted: message };
        return;
      case 'roster':
        return this.#handleRoster(message);
      case 'turnCredentials':
        return this.#handleCredentials(message);
      case 'lobby':
        return this.#handleLobby(message);
      case 'erasureProof':
        return this.#handleErasureProof(message);
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

  #handleWelcome(welcome: Welcome): void {
    const { target, environment, onState } = this.#options;
    const { meetingId, hostName, hostKey, notice, plan, passcodeNeeded, expiresAt } = welcome;
    if (!isGenuineWelcome(welcome, this.#fingerprint)) return this.#fail('join/protocol');
    if (target === null) return;
    if (target.hostKey !== null && target.hostKey !== hostKey) return this.#fail('join/certificate-mismatch');
    if (target.meetingId !== null && target.meetingId !== meetingId) return this.#fail('join/meeting-unknown');
    const standing = standingIn(environment, { identityKey: hostKey, name: hostName });
    const told = { hostName, hostKey, notice, plan, passcodeNeeded, expiresAt };
    const invitation: Invitation = { ...told, ...standing, addressShown: !this.#isRelayed };
    this.#cancelHello();
    this.#stage = { type: 'preview', welcome, invitation };
    onState({ phase: 'preview', invitation, passcodeRefused: null });
    this.#sendWithdrawals(hostKey);
    this.#onAnswered();
  }

  #handleWaiting({ invitation, name }: Extract<Stage, { type: 'waiting' }>): void {
    if (invitation.passcodeNeeded) this.#options.onState({ phase: 'waiting', invitation, name });
  }

  /** The knock did not count. The person sees the door again, and may knock once more. */
  #handlePasscodeRefused(reason: PasscodeRefusal): void {
    if (this.#stage.type !== 'waiting') return this.#fail('join/protocol');
    const { welcome } = this.#stage;
    const invitation = { ...this.#stage.invitation, passcodeNeeded: true };
    this.#stage = { type: 'preview', welcome, invitation };
    this.#options.onState({ phase: 'preview', invitation, passcodeRefused: reason });
  }

  /** What was taken back from this host's recordings is said at once: nobody has to be admitted for it. */
  #sendWithdrawals(hostKey: string): void {
    const { withdrawals, report } = this.#options.environment;
    try {
      for (const { withdrawal, signature } of withdrawals?.waitingFor(hostKey) ?? []) {
        this.#send({ type: 'withdrawal', withdrawal, signature });
      }
    } catch (error) {
      report(error);
    }
  }

  #handleErasureProof({ proof, signature }: Extract<HostMessage, { type: 'erasureProof' }>): void {
    const { withdrawals, report } = this.#options.environment;
    try {
      withdrawals?.keep({ proof, signature });
    } catch (error) {
      report(error);
    }
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
      chosenBeforehand: (request) => this.#chosenBeforehand(welcome, request),
      signer,
      environment,
    });
    if (this.#credentials !== null) room.setTurnCredentials(this.#credentials);
    room.setParticipants(mirror.participants);
    this.#stage = { type: 'meeting', room, hostKey: welcome.hostKey, since: now };
    const { target } = this.#options;
    const door = target ?? this.#doors.get(host?.id ?? '')?.door;
    if (door !== undefined && host !== undefined) {
      this.#doors.set(host.id, { door, hostKey: welcome.hostKey, token: admitted.token });
    }
    room.start();
    this.#publish();
    this.#onAnswered();
  }

  #owner(hostId: string): RoomOwner {
    return {
      role: 'guest',
      hostId,
      chosenBeforehand: () => null,
      transport: (envelope) => this.#transport(envelope),
      onMedia: (participantId, media) => this.#replaceMedia(participantId, media),
      onRemoved: (participantId, identityKey) => this.#handleRemoved(participantId, identityKey),
      onAuthority: (from, body) => this.#handleAuthority(from, body),
      onCarried: (envelope) => {
        if (this.room !== null) this.#handleEnvelope(this.room, envelope);
      },
      onChange: () => this.#publish(),
    };
  }

  #chosenBeforehand({ plan }: Welcome, request: ConsentRequest): Decisions | null {
    return plan !== null && asksAsPlanned(plan, request) ? this.#beforehand : null;
  }

  #handleEnvelope(room: MeetingRoom, envelope: Envelope): void {
    const { to } = envelope.header;
    if (to !== null && to !== room.selfId) return room.countDropped();
    const checked = room.check(envelope);
    if (checked.ok) room.deliver(checked.from, envelope);
  }

  #replaceMedia(participantId: string, media: { readonly microphone: boolean; readonly camera: boolean }): void {
    if (this.#mirror === null) return;
    const participants = this.#mirror.participants.map((one) => (one.id === participantId ? { ...one, media } : one));
    this.#mirror = { ...this.#mirror, participants };
    this.room?.setParticipants(participants);
    this.#publish();
  }

  #transport(envelope: Envelope): void {
    if (this.#returning === null) this.#send({ type: 'envelope', envelope });
    else this.room?.carry(envelope, envelope.header.to);
  }

  #handleAuthority(from: Participant, body: AuthorityBody): void {
    switch (body.type) {
      case 'leaving':
        if (from.role === 'host') this.#finish('ended-by-host');
        else if (this.#returning !== null) this.#withoutParticipant(from.id);
        return;
      case 'handOver':
        return this.#handleHandOver(body.term, body.to);
      case 'takeOver':
        return this.#handleTakeOver(from, body);
      case 'stillHost':
        return;
    }
  }

  #handleHandOver(term: number, to: string): void {
    const successor = this.#mirror?.participants.find((one) => one.id === to);
    if (term <= this.#term || successor === undefined) return;
    const known = this.#doors.get(to);
    // Back to somebody who hosted before.
    if (known !== undefined && to !== this.room?.selfId) return this.#changeHost(successor, term, known);
    this.#successor = { id: to, term };
    if (to === this.room?.selfId) this.#options.onHandedOver();
  }

  /** [Note: succession] Only a co-host; only if the host has said so, or is not there for us; of two at once one wins. */
  #handleTakeOver(from: Participant, body: Extract<AuthorityBody, { type: 'takeOver' }>): void {
    const isNamed = this.#successor?.id === from.id && this.#successor.term === body.term;
    const isLater = body.term > this.#term || (body.term === this.#term && from.id < (this.room?.hostId ?? ''));
    const door = doorOfNotice(body.door);
    if (from.role !== 'co-host' || !isLater || door === null) return;
    if (this.#returning === null && !isNamed) return;
    // Who hides their address finds this host through the relay or, as long as it lasts, through the others.
    const shown = this.room?.relayOnly === true ? { ...door, addresses: [] } : door;
    this.#changeHost(from, body.term, { door: shown, hostKey: from.identityKey, token: body.token });
  }

  #changeHost(host: Participant, term: number, known: KnownDoor): void {
    const stage = this.#stage;
    if (stage.type !== 'meeting' || this.#mirror === null) return;
    const participants = withHost(this.#mirror.participants, host.id);
    this.#doors.set(host.id, known);
    this.#term = term;
    this.#successor = null;
    this.#mirror = { ...this.#mirror, revision: -1, participants };
    this.#coHost.forget();
    this.#stage = { ...stage, hostKey: host.identityKey };
    stage.room.adopt(this.#owner(host.id), participants);
    this.#wire?.close();
    this.#comeBack();
  }

  #withoutParticipant(participantId: string): void {
    if (this.#mirror === null) return;
    const participants = this.#mirror.participants.filter((one) => one.id !== participantId);
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
        participants: isLost ? room.participants().map(hostAway) : room.participants(),
        ...this.#coHost.state(),
        connections: room.connections(),
        hostLink: isLost ? 'lost' : 'connected',
        trust: room.verification.trust(),
        ice: room.ice(),
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
      ...{ selfId: room.selfId, hostId: room.hostId, term: this.#term, relayOnly: room.relayOnly },
      doors: keptDoors(this.#doors),
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
    const known = room === null ? undefined : this.#doors.get(room.hostId);
    if (room === null || known === undefined) return this.#finish('host-vanished');
    const { door, hostKey, token } = known;
    this.#wire = null;
    this.#returning?.stop();
    this.#closed = Promise.all([this.#closed, this.#returning?.closed()]);
    this.#cancelAlone();
    this.#cancelAlone = environment.timers.after(environment.policy.placeKeptMs, () => this.#handleLongLoss());
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
    this.#closed = Promise.all([this.#closed, this.#returning?.closed()]);
    this.#returning = null;
    this.#cancelAlone();
    this.#wire = wire;
    this.#fresh = false;
    stage.room.useIceServers(welcome.notice.iceServers);
    const known = this.#doors.get(stage.room.hostId);
    if (known !== undefined) this.#doors.set(stage.room.hostId, { ...known, token: admitted.token });
    this.#sendWithdrawals(welcome.hostKey);
    for (const envelope of stage.room.saidAfter(admitted.seen)) this.#send({ type: 'envelope', envelope });
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
    this.#stop('close');
    onState({ phase: 'ended', reason, title: room.title, durationMs: Math.max(0, environment.clock() - since) });
  }

  #fail(code: ErrorCode): void {
    if (this.#stage.type === 'over') return;
    this.room?.end();
    this.#stop('close');
    this.#options.onState({ phase: 'failed', code });
  }

  #stop(how: 'close' | 'terminate'): void {
    this.#stage = { type: 'over' };
    this.#cancelHello();
    this.#cancelAlone();
    this.#abort.abort();
    this.#returning?.stop();
    this.#closed = Promise.all([this.#closed, this.#returning?.closed()]);
    this.#wire?.[how]();
    this.#onAnswered();
  }

  #isOver(): boolean {
    return this.#stage.type === 'over';
  }
}

function hostAway(participant: Participant): Participant {
  return participant.role === 'host' ? { ...participant, presence: 'away' } : participant;
}

function endReason(reason: Refusal): EndReason {
  if (reason === 'denied') return 'removed';
  return reason === 'meeting-unknown' ? 'ended-by-host' : 'place-gone';
}

function refusalCode(reason: Refusal): ErrorCode {
  // Only somebody who comes back is refused for its place.
  if (reason === 'place-gone') return 'join/meeting-unknown';
  return reason === 'expired' ? 'invite/expired' : `join/${reason}`;
}
