import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { noContactNotes } from '../../common/contacts';
import { DomainError } from '../../common/errors';
import type { RecordingPlan } from '../../common/consent/plan';
import type { CommandInput, CommandRequest } from '../../common/ipc/commands';
import type { MeetingFeature } from '../../common/meeting/meetingChannel';
import type { Moderation } from '../../common/meeting/moderation';
import type { ChatHit, ChatMessage, MeetingSummary, NoticeFacts } from '../../common/meeting/models';
import type { ReturnableMeeting, SessionState } from '../../common/meeting/sessionState';
import type { ToldNotice } from '../../common/privacy/notice';
import type { DeletionReason } from '../../common/retention';
import { ChatService } from '../chat/chatService';
import type { JoinTarget } from './guest/arrival';
import { GuestSession } from './guest/guestSession';
import { HostSession } from './host/hostSession';
import { systemLookup } from './ice/lookupName';
import { createSigner, randomId } from './identity';
import { parseTypedAddress } from './invites/address';
import { parseCode } from './invites/code';
import { parseInviteLink } from './invites/link';
import { parseMeetingNumber } from './invites/meetingNumber';
import { createMeetingRecords } from './meetingRecords';
import type { MeetingRoom } from './meetingRoom';
import { noLocalNetworks } from './nearby/noLocalNetworks';
import { KeptSeats, type KeptHostSeat } from './keptSeat';
import { realNetwork } from './network';
import { inRunningMeeting, noticeFactsOf } from './noticeFacts';
import { defaultPolicy } from './policy';
import { roomOf } from './relay/roomOf';
import { typedTicket } from './relay/typedTicket';
import type { Seat } from './seat';
import type { SessionEnvironment } from './sessionEnvironment';
import { systemTimers } from './timing';

type Required_ = 'vault' | 'emit' | 'retention';

/** What must be given, and what may be replaced: clock, timers, randomness, network, policy, features. */
export type SessionDependencies = Pick<SessionEnvironment, Required_> &
  Partial<Omit<SessionEnvironment, Required_>> & {
    /** Every chat message of the running meeting, one's own too, after it was stored and sent. */
    readonly onChatMessage?: (message: ChatMessage) => void;
  };

type Active =
  { readonly role: 'host'; readonly session: HostSession } | { readonly role: 'guest'; readonly session: GuestSession };

/** How many past meetings are listed. */
const recentMeetings = 100;

/**
 * The one session of this installation, in the words of the IPC map: each method is the command of the same name and
 * takes what that command has parsed. Methods throw DomainError only; `session/busy`, `session/not-in-meeting` and
 * `session/not-host` say that it is not the time for it.
 */
export class SessionService {
  readonly #environment: SessionEnvironment;
  readonly #chat: ChatService;
  #state: SessionState = { phase: 'idle' };
  #active: Active | null = null;
  #disposed = false;
  /** Leaves the meeting once somebody else hosts it. */
  #leaving = false;
  /** The sockets of sessions that are over. */
  #closing: Promise<void> = Promise.resolve();

  constructor(dependencies: SessionDependencies) {
    const { onChatMessage, ...given } = dependencies;
    const clock = given.clock ?? Date.now;
    const random = given.random ?? randomBytes;
    const report = given.report ?? (() => {});
    this.#chat = new ChatService({
      vault: given.vault,
      clock,
      newId: () => randomId(random),
      onMessage: (message) => {
        given.emit('chat.added', message);
        onChatMessage?.(message);
      },
      report,
    });
    // The record comes first: whatever a feature stores about a meeting finds the meeting there.
    const features: readonly MeetingFeature[] = [
      createMeetingRecords(given.vault, clock),
      this.#chat,
      ...(given.features ?? []),
    ];
    this.#environment = {
      timers: systemTimers,
      network: realNetwork,
      policy: defaultPolicy,
      keptSeats: new KeptSeats({ vault: given.vault, clock, report }),
      withdrawals: null,
      requests: () => null,
      contacts: noContactNotes,
      relay: () => null,
      localNetworks: noLocalNetworks,
      iceServers: () => ({ servers: [], secret: '' }),
      relayOnly: () => false,
      employees: () => false,
      lookupName: systemLookup,
      networkInterfaces,
      ...given,
      clock,
      random,
      report,
      features,
    };
  }

  state(): SessionState {
    return this.#state;
  }

  /** What guests of a meeting hosted here are told, by what is set now. */
  noticeFacts(form = this.#environment.vault().registrations.formInUse()): NoticeFacts {
    return noticeFactsOf(this.#environment, form);
  }

  /** The same with the version it is; facts that were never told before make a new one. */
  toldNotice(facts = this.noticeFacts()): ToldNotice {
    return this.#environment.vault().notices.versionOf(facts);
  }

  /**
   * A setting may be another, and with it what people are told: then there is a new version, and a meeting that is hosted
   * here tells it, as far as it concerns that meeting (see `inRunningMeeting`).
   */
  handleSettingsChanged(): void {
    const { vault, report } = this.#environment;
    try {
      const now = this.toldNotice().facts;
      const session = this.#active?.role === 'host' ? this.#active.session : null;
      const room = session?.room ?? null;
      if (session === null || room === null) return;
      const facts = inRunningMeeting(now, session.noticeFacts);
      vault().meetings.shorten(room.meetingId, facts.chatRetentionDays);
      session.setNotice(this.toldNotice(facts));
    } catch (error) {
      report(error);
    }
  }

  /** Throws DomainError: 'session/not-in-meeting', 'session/notice-changed'. The host's own is read without saying so. */
  acknowledgeNotice({ notice }: CommandInput<'session.acknowledgeNotice'>): void {
    this.#room();
    if (this.#active?.role === 'guest') this.#active.session.acknowledgeNotice(notice);
  }

  /** Resolves when the meeting runs or the phase is `failed`. */
  async create(
    {
      title,
      name,
      passcode = null,
      nearby = false,
      relayOnly = this.#environment.relayOnly(),
      registration = null,
    }: Omit<CommandRequest<'session.create'>, 'recording'>,
    plan: RecordingPlan | null = null,
  ): Promise<void> {
    this.#ensureFree();
    const { vault, iceServers } = this.#environment;
    // What the documents say from now on, and what is offered for the next meeting.
    vault().registrations.useForm(registration);
    const session = new HostSession({
      title,
      name,
      notice: this.toldNotice(),
      ice: iceServers(),
      relayOnly,
      plan,
      passcode,
      nearby,
      signer: createSigner(vault().profile.identity()),
      environment: this.#environment,
      onState: (state) => this.#setState(session, state),
      onStepDown: (...how) => this.#follow(...how),
    });
    this.#active = { role: 'host', session };
    await session.start();
  }

  /**
   * Throws DomainError(`invite/…`) for a link that cannot be one, and 'join/address-shown' when this computer's address is
   * to be hidden and the host cannot be reached without showing it.
   */
  async openLink({ link, direct = false }: CommandRequest<'session.openLink'>): Promise<void> {
    this.#ensureFree();
    const invite = parseInviteLink(link, this.#environment.clock());
    const hides = this.#environment.relayOnly() && !direct;
    if (hides && invite.relay === null) throw new DomainError('join/address-shown');
    await this.#join({
      meeting: invite.meetingId,
      meetingId: invite.meetingId,
      addresses: hides ? [] : invite.addresses,
      relay: invite.relay,
      pin: Buffer.from(invite.fingerprint, 'base64url'),
      secret: invite.secret,
      hostKey: invite.hostKey,
    });
  }

  /** Throws DomainError('invite/malformed') for what cannot be a number, a code and an address; else as `openLink` does. */
  async openCode({ meetingId, code, address, direct = false }: CommandRequest<'session.openCode'>): Promise<void> {
    this.#ensureFree();
    const meeting = parseMeetingNumber(meetingId);
    const { pin, secret } = parseCode(code);
    // The host's own address or the relay's: whoever reads it out need not say which, and whoever types it need not know.
    const typed = parseTypedAddress(address);
    const relay = { address: typed, room: roomOf(typedTicket(pin)) };
    if (this.#environment.relayOnly() && !direct) throw new DomainError('join/address-shown');
    await this.#join({ meeting, meetingId: null, addresses: [typed], relay, pin, secret, hostKey: null });
  }

  knock({
    name,
    language,
    notice,
    beforehand = null,
    passcode = null,
    registration = {},
    relayOnly = this.#environment.relayOnly(),
  }: CommandRequest<'session.knock'>): void {
    if (this.#active?.role !== 'guest') throw new DomainError('session/not-in-meeting');
    this.#active.session.knock({ name, language, notice, beforehand, passcode, registration, relayOnly });
  }

  admit({ knockId }: CommandInput<'session.admit'>): void {
    this.#moderate({ action: 'admit', knockId });
  }

  deny({ knockId }: CommandInput<'session.deny'>): void {
    this.#moderate({ action: 'deny', knockId });
  }

  remove({ participantId }: CommandInput<'session.remove'>): void {
    this.#moderate({ action: 'remove', participantId });
  }

  mute({ participantId }: CommandInput<'session.mute'>): void {
    this.#moderate({ action: 'mute', participantId });
  }

  muteAll(): void {
    this.#moderate({ action: 'mute-all' });
  }

  setLocked({ locked }: CommandInput<'session.setLocked'>): void {
    this.#moderate({ action: locked ? 'lock' : 'unlock' });
  }

  setPasscode({ passcode }: CommandInput<'session.setPasscode'>): void {
    this.#host().setPasscode(passcode);
  }

  setCoHost({ participantId, coHost }: CommandInput<'session.setCoHost'>): void {
    this.#host().setCoHost(participantId, coHost);
  }

  setNearby({ visible }: CommandInput<'session.setNearby'>): void {
    this.#host().setNearby(visible);
  }

  setMedia(media: CommandInput<'session.setMedia'>): void {
    this.#room().setMedia(media);
  }

  /** Throws DomainError: 'session/not-host' for anybody but a co-host, 'session/host-present'. */
  async takeOver(): Promise<void> {
    const guest = this.#active;
    const room = this.#room();
    if (guest?.role !== 'guest') throw new DomainError('session/busy');
    guest.session.ensureMayTakeOver();
    const { vault, iceServers } = this.#environment;
    const profile = vault().profile.get();
    const name = room.participants().find((one) => one.id === room.selfId)?.name ?? profile.name;
    const session: HostSession = new HostSession({
      title: room.title,
      name,
      // Whoever takes over asks for nothing at the door: that was between the guests and the host before.
      notice: this.toldNotice(this.noticeFacts(null)),
      ice: iceServers(),
      relayOnly: room.relayOnly,
      plan: null,
      passcode: guest.session.passcode(),
      nearby: false,
      signer: createSigner(vault().profile.identity()),
      environment: this.#environment,
      onState: (state) => this.#setState(session, state),
      onStepDown: (...how) => this.#follow(...how),
      continued: {
        room,
        release: () => {
          const seat = this.#active === guest ? guest.session.release() : null;
          if (seat !== null) this.#active = { role: 'host', session };
          return seat;
        },
      },
    });
    await session.start();
  }

  /** Throws DomainError: 'session/not-host', 'session/unknown-participant'. */
  handOver({ participantId, leave = false }: CommandRequest<'session.handOver'>): void {
    this.#host().handOver(participantId);
    this.#leaving = leave;
  }

  /** The meeting that this installation was in when it ended without leaving it, or null. */
  returnable(): ReturnableMeeting | null {
    const seat = this.#active === null ? this.#environment.keptSeats.read() : null;
    return seat === null ? null : { title: seat.title, role: seat.role };
  }

  /** Comes back to that meeting, as host or guest. Throws DomainError('session/not-in-meeting') when there is none. */
  async comeBack(): Promise<void> {
    this.#ensureFree();
    const seat = this.#environment.keptSeats.read();
    if (seat === null) throw new DomainError('session/not-in-meeting');
    await (seat.role === 'guest' ? this.#guest().comeBackTo(seat) : this.#reopen(seat));
  }

  /** Does not come back: then there is nothing to come back to any more. */
  stayAway(): void {
    if (this.#active === null) this.#environment.keptSeats.forget();
  }

  async #reopen(restored: KeptHostSeat): Promise<void> {
    const { title, name, notice, passcode, relayOnly } = restored;
    const ice = this.#environment.iceServers();
    const session: HostSession = new HostSession({
      ...{ title, name, passcode, relayOnly, ice, plan: null, nearby: false, restored },
      // The servers may be others by now.
      notice: this.toldNotice({ ...notice, iceServers: [...ice.servers] }),
      signer: createSigner(this.#environment.vault().profile.identity()),
      environment: this.#environment,
      onState: (state) => this.#setState(session, state),
      onStepDown: (...how) => this.#follow(...how),
    });
    this.#active = { role: 'host', session };
    await session.start();
    // What is set may be another by now.
    this.handleSettingsChanged();
  }

  /** The computer woke up, or its network is another. */
  handleWake(): void {
    this.#active?.session.handleWake();
  }

  /** What is asked or answered about somebody's data is said at once to who is connected. */
  handleRequestsChanged(): void {
    this.#active?.session.handleRequestsChanged();
  }

  leave(): void {
    this.#active?.session.leave();
  }

  dismiss(): void {
    if (this.#state.phase === 'ended' || this.#state.phase === 'failed') this.#change({ phase: 'idle' });
  }

  /** A signal that arrives after the meeting has no one to go to and is dropped. */
  meshSignal({ peerId, generation, signal }: CommandInput<'mesh.signal'>): void {
    this.#active?.session.room?.sendSignal(peerId, generation, signal);
  }

  /** What came over a peer's data channel; after the meeting it is dropped. */
  meshCarried({ peerId, text }: CommandInput<'mesh.carried'>): void {
    this.#active?.session.room?.handleCarried(peerId, text);
  }

  meshFailed({ peerId, generation }: CommandInput<'mesh.failed'>): void {
    this.#active?.session.room?.handleConnectionFailed(peerId, generation);
  }

  /** Notes whom a peer connection of the window has reached; of somebody who has left, nothing. */
  contactsMedia({ peerId, reached }: CommandInput<'contacts.media'>): void {
    this.#active?.session.room?.noteReached(peerId, reached);
  }

  /** What was found of a connection that is over by now does not matter. */
  meshSecured({ peerId, generation, certificates }: CommandInput<'mesh.secured'>): void {
    this.#active?.session.room?.verification.handleSecured(peerId, generation, certificates);
  }

  verificationStart({ participantId }: CommandInput<'verification.start'>): void {
    this.#room().verification.start(participantId);
  }

  verificationConfirm({ participantId, digits }: CommandInput<'verification.confirm'>): void {
    this.#room().verification.confirm(participantId, digits);
  }

  verificationDiffer({ participantId }: CommandInput<'verification.differ'>): void {
    this.#room().verification.differ(participantId);
  }

  verificationRevoke({ participantId }: CommandInput<'verification.revoke'>): void {
    this.#room().verification.revoke(participantId);
  }

  verificationAccept({ participantId }: CommandInput<'verification.accept'>): void {
    this.#room().verification.accept(participantId);
  }

  chatSend({ text }: CommandInput<'chat.send'>): ChatMessage {
    return this.#chat.send(text);
  }

  chatHistory({ meetingId }: CommandInput<'chat.history'>): readonly ChatMessage[] {
    return this.#chat.history(meetingId);
  }

  chatSearch({ query }: CommandInput<'chat.search'>): readonly ChatHit[] {
    return this.#chat.search(query);
  }

  meetingsRecent(): readonly MeetingSummary[] {
    return this.#environment.vault().meetings.recent(recentMeetings);
  }

  /** Throws DomainError('session/busy') for the meeting one is in, and 'retention/held' for one that is on hold. */
  meetingsDelete({ meetingId }: CommandInput<'meetings.delete'>, why: DeletionReason = 'by-hand'): void {
    if (this.#active?.session.room?.meetingId === meetingId) throw new DomainError('session/busy');
    this.#environment.vault().meetings.delete(meetingId, why);
  }

  /** How many envelopes of the running meeting were dropped because no honest client sends them. */
  droppedEnvelopes(): number {
    return this.#active?.session.room?.droppedEnvelopes() ?? 0;
  }

  /** Leaves or ends the meeting, if any; resolves when every socket is closed, which takes a second at most. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#active?.session.leave();
    await this.#closing;
  }

  async #join(target: JoinTarget): Promise<void> {
    await this.#guest().start(target);
  }

  #guest(): GuestSession {
    const signer = createSigner(this.#environment.vault().profile.identity());
    const session: GuestSession = new GuestSession({
      signer,
      environment: this.#environment,
      onState: (state) => this.#setState(session, state),
      onHandedOver: () => {
        this.takeOver().catch((error: unknown) => this.#environment.report(error));
      },
    });
    this.#active = { role: 'guest', session };
    return session;
  }

  /** Somebody else hosts the meeting one is in. */
  #follow(seat: Seat, hostId: string, fresh: boolean): void {
    this.#guest().follow(seat, hostId, { fresh, leave: this.#leaving });
    this.#leaving = false;
  }

  #setState(session: HostSession | GuestSession, state: SessionState): void {
    if (this.#active?.session !== session) return;
    if (state.phase === 'idle' || state.phase === 'ended' || state.phase === 'failed') {
      this.#active = null;
      if (state.phase === 'ended') this.#environment.keptSeats.forget();
      this.#closing = Promise.all([this.#closing, session.closed()]).then(() => {});
    }
    this.#change(state);
  }

  #change(state: SessionState): void {
    this.#state = state;
    this.#environment.emit('session.changed', state);
  }

  #ensureFree(): void {
    if (this.#active !== null || this.#disposed) throw new DomainError('session/busy');
  }

  /** Throws DomainError; see `Session.moderate`. */
  #moderate(moderation: Moderation): void {
    this.#room();
    this.#active?.session.moderate(moderation);
  }

  #host(): HostSession {
    this.#room();
    if (this.#active?.role !== 'host') throw new DomainError('session/not-host');
    return this.#active.session;
  }

  #room(): MeetingRoom {
    const room = this.#active?.session.room;
    if (room === undefined || room === null) throw new DomainError('session/not-in-meeting');
    return room;
  }
}
