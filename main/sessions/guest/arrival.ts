import type { ConsentRequest, Decisions } from '../../../common/consent/models';
import { asksAsPlanned } from '../../../common/consent/plan';
import { DomainError, errorCodeOf, type ErrorCode } from '../../../common/errors';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { Language } from '../../../common/meeting/models';
import {
  answersTo,
  registrationProblems,
  type RegisteredAnswer,
  type RegistrationAnswers,
} from '../../../common/meeting/registration';
import type { Invitation, SessionState } from '../../../common/meeting/sessionState';
import {
  hostMessageSchema,
  hostVersionSchema,
  protocolVersion,
  type GuestMessage,
  type HostMessage,
  type PasscodeRefusal,
} from '../../../common/protocol/messages';
import { parseAs, readJson } from '../json';
import { openWire, type Wire, type WireEnd } from '../rendezvous/wire';
import type { SessionEnvironment } from '../sessionEnvironment';
import { standingIn } from '../verification/acquaintances';
import { HostRequests } from './hostRequests';
import { keepErasureProof, sendWithdrawals } from './hostWithdrawals';
import { NoticeReader, toldNotice } from './noticeReader';
import { refusalCode } from './refusals';
import type { Door } from './returning';
import { isGenuineNotice, isGenuineWelcome, type RenewedNotice, type Welcome } from './welcomeCheck';

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

export interface KnockOptions {
  readonly name: string;
  readonly language: Language;
  /** Of the notice that this person has read. */
  readonly notice: string;
  /** What this person chose about the recording that was announced. */
  readonly beforehand: Decisions | null;
  readonly passcode: string | null;
  /** What this person filled in, for the host alone. */
  readonly registration: RegistrationAnswers;
  /** Hides this computer's address from the others. */
  readonly relayOnly: boolean;
}

type Admitted = Extract<HostMessage, { type: 'admitted' }>;

/** Admitted: what comes next on the wire is the meeting. */
export interface Arrived {
  readonly wire: Wire;
  readonly welcome: Welcome;
  readonly admitted: Admitted;
  readonly relayOnly: boolean;
  /** What this person told the host at the door. */
  readonly told: readonly RegisteredAnswer[];
  /** What this person chose, at the door, about exactly this request. */
  readonly chosenBeforehand: (request: ConsentRequest) => Decisions | null;
}

export interface ArrivalOptions {
  readonly target: JoinTarget;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onState: (state: SessionState) => void;
  readonly onArrived: (arrived: Arrived) => void;
  /** Once; everything is closed then. */
  readonly onFailed: (code: ErrorCode) => void;
  /** Frames after `onArrived`, and the end of the connection. */
  readonly onFrame: (text: string) => void;
  readonly onEnded: (reason: WireEnd) => void;
}

type Stage =
  | { readonly type: 'connecting' }
  | { readonly type: 'hello' }
  | { readonly type: 'preview'; readonly welcome: Welcome; readonly invitation: Invitation }
  | {
      readonly type: 'waiting';
      readonly welcome: Welcome;
      readonly invitation: Invitation;
      readonly knock: KnockOptions;
      readonly told: readonly RegisteredAnswer[];
    }
  | { readonly type: 'arrived' }
  | { readonly type: 'over' };

/** The way into a meeting by invite: reach the host, see who invites, knock, be admitted. */
export class Arrival {
  readonly #options: ArrivalOptions;
  readonly #requests: HostRequests;
  readonly #abort = new AbortController();
  #stage: Stage = { type: 'connecting' };
  #wire: Wire | null = null;
  #fingerprint = '';
  #isRelayed = false;
  #heardHost = false;
  #cancelHello = () => {};
  #onAnswered = () => {};
  #closed: Promise<void> = Promise.resolve();

  constructor(options: ArrivalOptions) {
    this.#options = options;
    this.#requests = new HostRequests(options.environment, (message) => this.#send(message));
  }

  /** Resolves when the phase is `preview`, when it has failed, or when it was given up. */
  async start(): Promise<void> {
    const { environment, target, onState } = this.#options;
    const { timers, policy, contacts } = environment;
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

  /**
   * Throws DomainError: 'session/not-in-meeting' unless the phase is `preview`, 'session/notice-changed' when another
   * notice has been read than the one that is told, 'join/registration-incomplete'.
   */
  knock(knock: KnockOptions): void {
    if (this.#stage.type !== 'preview') throw new DomainError('session/not-in-meeting');
    const { welcome, invitation } = this.#stage;
    const { signer, onState } = this.#options;
    const { name, language, notice, passcode } = knock;
    if (notice !== invitation.noticeHash) throw new DomainError('session/notice-changed');
    const form = welcome.notice.registration;
    if (form !== null && registrationProblems(form, knock.registration).length > 0) {
      throw new DomainError('join/registration-incomplete');
    }
    // What was not asked for does not leave this computer.
    const told = form === null ? [] : answersTo(form, knock.registration);
    const registration = Object.fromEntries(told.map(({ id, text }) => [id, text]));
    const { meetingId, nonce } = welcome;
    const signed = {
      meetingId,
      nonce,
      certificate: this.#fingerprint,
      name,
      identityKey: signer.publicKey,
      registration,
      notice,
    };
    const signature = signer.sign('knock', signed);
    this.#stage = { type: 'waiting', welcome, invitation, knock, told };
    // Who typed a passcode stays at the door until it was found to be right: what else was typed there is not lost.
    if (!invitation.passcodeNeeded) onState({ phase: 'waiting', invitation, name, told });
    const said = { name, identityKey: signer.publicKey, language, passcode, registration, notice };
    this.#send({ type: 'knock', ...said, signature });
  }

  /** Gives up, unless it has arrived. */
  leave(): void {
    if (this.#stage.type === 'arrived') return;
    this.#send({ type: 'leave' });
    this.#stop();
  }

  /** Says at the door what was asked of this host about one's own data and is not confirmed. */
  handleRequestsChanged(): void {
    if (this.#stage.type !== 'preview' && this.#stage.type !== 'waiting') return;
    this.#requests.say(this.#stage.welcome.hostKey);
  }

  /** Resolves when the socket is closed. */
  closed(): Promise<void> {
    return this.#closed;
  }

  #send(message: GuestMessage): void {
    this.#wire?.send(message);
  }

  #handleFrame(text: string): void {
    if (this.#stage.type === 'arrived') return this.#options.onFrame(text);
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
      case 'notice':
        return stage.type === 'preview' || stage.type === 'waiting'
          ? this.#handleNotice(message, stage)
          : this.#fail('join/protocol');
      case 'admitted':
        return stage.type === 'waiting' ? this.#handleAdmitted(stage, message) : this.#fail('join/protocol');
      case 'erasureProof':
        return keepErasureProof(this.#options.environment, message);
      case 'personRequestStatus':
        return this.#requests.keep(message);
      case 'removed':
        return this.#fail('join/denied');
      case 'ended':
        return this.#fail('join/meeting-unknown');
      case 'roster':
      case 'turnCredentials':
      case 'lobby':
      case 'envelope':
        return this.#fail('join/protocol');
    }
  }

  #handleWelcome(welcome: Welcome): void {
    const { target, environment, onState } = this.#options;
    const { meetingId, hostName, hostKey, notice, plan, passcodeNeeded, expiresAt } = welcome;
    if (!isGenuineWelcome(welcome, this.#fingerprint)) return this.#fail('join/protocol');
    if (target.hostKey !== null && target.hostKey !== hostKey) return this.#fail('join/certificate-mismatch');
    if (target.meetingId !== null && target.meetingId !== meetingId) return this.#fail('join/meeting-unknown');
    const standing = standingIn(environment, { identityKey: hostKey, name: hostName });
    const told = { hostName, hostKey, notice, plan, passcodeNeeded, expiresAt };
    const { version: noticeVersion, hash: noticeHash } = toldNotice(welcome);
    const earlier = NoticeReader.earlier(environment, hostKey);
    const isKnown = earlier?.hash === noticeHash;
    const invitation: Invitation = {
      ...{ ...told, ...standing, addressShown: !this.#isRelayed, noticeVersion, noticeHash, noticeRenewed: false },
      noticeKnown: isKnown ? earlier.readAt : null,
      noticeBefore: isKnown || earlier === null ? null : { facts: earlier.facts, version: earlier.version },
    };
    this.#cancelHello();
    this.#stage = { type: 'preview', welcome, invitation };
    onState({ phase: 'preview', invitation, passcodeRefused: null });
    sendWithdrawals(environment, hostKey, (message) => this.#send(message));
    this.handleRequestsChanged();
    this.#onAnswered();
  }

  /** It is shown in the place of what was shown before. A knock on that does not count. */
  #handleNotice(renewed: RenewedNotice, stage: Extract<Stage, { type: 'preview' | 'waiting' }>): void {
    if (!isGenuineNotice(renewed, stage.welcome, this.#fingerprint)) return this.#fail('join/protocol');
    const { notice, noticeVersion } = renewed;
    const { hash: noticeHash } = toldNotice(renewed);
    const { invitation } = stage;
    const noticeBefore =
      noticeHash === invitation.noticeHash
        ? invitation.noticeBefore
        : { facts: invitation.notice, version: invitation.noticeVersion };
    const renewal = { notice, noticeVersion, noticeHash, noticeBefore, noticeKnown: null, noticeRenewed: true };
    this.#stage = {
      type: 'preview',
      welcome: { ...stage.welcome, notice, noticeVersion },
      invitation: { ...invitation, ...renewal },
    };
    this.#options.onState({ phase: 'preview', invitation: this.#stage.invitation, passcodeRefused: null });
  }

  #handleWaiting({ invitation, knock, told }: Extract<Stage, { type: 'waiting' }>): void {
    const { name } = knock;
    if (invitation.passcodeNeeded) this.#options.onState({ phase: 'waiting', invitation, name, told });
  }

  /** The knock did not count. The person sees the door again, and may knock once more. */
  #handlePasscodeRefused(reason: PasscodeRefusal): void {
    if (this.#stage.type !== 'waiting') return this.#fail('join/protocol');
    const { welcome } = this.#stage;
    const invitation = { ...this.#stage.invitation, passcodeNeeded: true };
    this.#stage = { type: 'preview', welcome, invitation };
    this.#options.onState({ phase: 'preview', invitation, passcodeRefused: reason });
  }

  #handleAdmitted({ welcome, knock, told }: Extract<Stage, { type: 'waiting' }>, admitted: Admitted): void {
    if (this.#wire === null) return;
    const { plan } = welcome;
    const { relayOnly, beforehand } = knock;
    this.#stage = { type: 'arrived' };
    this.#options.onArrived({
      ...{ wire: this.#wire, welcome, admitted, relayOnly, told },
      chosenBeforehand: (request) => (plan !== null && asksAsPlanned(plan, request) ? beforehand : null),
    });
  }

  #handleWireEnd(reason: WireEnd): void {
    if (this.#stage.type === 'arrived') this.#options.onEnded(reason);
    else this.#fail(reason === 'protocol' ? 'join/protocol' : 'join/unreachable');
  }

  #fail(code: ErrorCode): void {
    if (this.#isOver()) return;
    this.#stop();
    this.#options.onFailed(code);
  }

  #stop(): void {
    this.#stage = { type: 'over' };
    this.#cancelHello();
    this.#abort.abort();
    this.#wire?.close();
    this.#onAnswered();
  }

  #isOver(): boolean {
    return this.#stage.type === 'over';
  }
}
