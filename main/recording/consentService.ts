import type { ClipPhase, RecordingKind, RecordingState, WithdrawalScope } from '../../common/consent/models';
import type { OwnConsent } from '../../common/consent/ownConsent';
import { noticeText } from '../../common/consent/noticeText';
import { DomainError } from '../../common/errors';
import type { MeetingChannel, MeetingFeature } from '../../common/meeting/meetingChannel';
import type { Language, Role } from '../../common/meeting/models';
import type { AnswerInput, ConsentSide, RecordedMedia, RunningRecording, StartInput } from './consentSide';
import type { RecordingEnvironment } from './environment';
import { GuestConsentSide } from './guestConsentSide';
import { HostConsentSide } from './hostConsentSide';
import { listOwnConsents } from './ownConsents';
import { recordWithdrawals } from './signedConsent';
import { WithdrawalDesk } from './withdrawalDesk';

interface CurrentMeeting {
  readonly channel: MeetingChannel;
  readonly side: ConsentSide;
  /** The same object as `side` when this installation hosts. */
  readonly host: HostConsentSide | null;
  /** The same when it does not. */
  readonly guest: GuestConsentSide | null;
  readonly unsubscribe: readonly (() => void)[];
}

/**
 * Asks for, gives and takes back consent in the running meeting, as its host or as a guest. What the person at this
 * installation may do is decided here, from the role that main/sessions knows, never from what the window says.
 */
export class ConsentService implements MeetingFeature {
  readonly #environment: RecordingEnvironment;
  readonly #media: RecordedMedia;
  readonly #changed: (state: RecordingState | null) => void;
  /** Where withdrawals from recordings of this installation arrive, in a meeting or by any other way. */
  readonly desk: WithdrawalDesk;
  #meeting: CurrentMeeting | null = null;

  /** `changed` gets each new state whole, null when nothing is being recorded. */
  constructor(
    environment: RecordingEnvironment,
    media: RecordedMedia,
    changed: (state: RecordingState | null) => void,
  ) {
    this.#environment = environment;
    this.#media = media;
    this.#changed = changed;
    this.desk = new WithdrawalDesk(environment, (...what) => this.#applyWithdrawal(...what));
  }

  handleMeetingStarted(channel: MeetingChannel): void {
    this.handleMeetingEnded();
    const changed = () => this.#changed(this.state());
    const { desk } = this;
    const parts = { environment: this.#environment, channel, media: this.#media, desk, changed };
    const host = channel.role === 'host' ? new HostConsentSide(parts) : null;
    const guest = host ? null : new GuestConsentSide(this.#environment, channel, changed);
    const side = host ?? guest;
    if (!side) return;
    this.#meeting = {
      channel,
      side,
      host,
      guest,
      unsubscribe: [
        channel.onBody((from, body) => this.#guarded(() => side.handleBody(from, body))),
        channel.onParticipantJoined((participant) => this.#guarded(() => side.handleJoined(participant))),
        channel.onParticipantLeft((participant) => this.#guarded(() => side.handleLeft(participant))),
      ],
    };
    if (guest) this.#guarded(() => guest.repeatUnconfirmed());
  }

  /** Stops the host's recording, if one runs, and forgets the meeting. */
  handleMeetingEnded(): void {
    const meeting = this.#meeting;
    if (!meeting) return;
    this.#guarded(() => meeting.host?.stop());
    this.#guarded(() => meeting.guest?.handleMeetingEnded());
    for (const unsubscribe of meeting.unsubscribe) unsubscribe();
    this.#meeting = null;
    this.#changed(null);
  }

  /** What is wrong with the disk, shown to the host, while the recording goes on where it can; null: it is well again. */
  handleTrouble(recordingId: string, trouble: RecordingState['trouble']): void {
    this.#meeting?.host?.handleTrouble(recordingId, trouble);
  }

  /** Somebody's consent clip has begun or is over. */
  handleClip(recordingId: string, participantId: string, phase: ClipPhase): void {
    this.#guarded(() => this.#meeting?.host?.handleClip(recordingId, participantId, phase));
  }

  /** Who in the meeting has objected to being recorded by this installation; nobody for a guest, who records nothing. */
  objecting(): readonly string[] {
    return this.#meeting?.host?.objecting() ?? [];
  }

  /** The lists of objections have changed. */
  handleObjections(): void {
    this.#guarded(() => this.#meeting?.host?.handleObjections());
  }

  state(): RecordingState | null {
    return this.#meeting?.side.state() ?? null;
  }

  /** The role in the running meeting, or null outside of one. */
  role(): Role | null {
    return this.#meeting?.channel.role ?? null;
  }

  /** The recording this installation makes right now. */
  running(): RunningRecording | null {
    return this.#meeting?.host?.running() ?? null;
  }

  /** Throws `session/not-in-meeting`, `recording/not-host`, `recording/already-active`. */
  start(input: StartInput): void {
    this.#side().start(input);
  }

  /** Twice is fine, and so is after the meeting. Throws `recording/not-host` for a guest. */
  stop(): void {
    this.#meeting?.side.stop();
  }

  /** Throws `session/not-in-meeting`, and `recording/not-active` when there is nothing to answer. */
  answer(input: AnswerInput): void {
    this.#side().answer(input);
  }

  /**
   * Takes back what was agreed to, in a meeting or outside of one. Signed and stored at once; of one's own recording it is
   * then carried out, of somebody else's they are told now, when both meet next, or by a letter. Throws
   * `recording/not-found`.
   */
  withdraw(input: {
    readonly recordingId: string;
    readonly kinds: readonly RecordingKind[];
    readonly scope: WithdrawalScope;
  }): void {
    const own = this.#environment.signer().publicKey;
    for (const signed of recordWithdrawals(this.#environment, input)) {
      const { recordingId, participantId, kinds } = signed.withdrawal;
      if (signed.receipt.request.controllerKey !== own) this.#meeting?.guest?.deliver(signed);
      else this.#applyWithdrawal(recordingId, participantId, kinds, input.scope);
    }
  }

  /** Everything this installation ever answered, newest first. */
  list(): readonly OwnConsent[] {
    return listOwnConsents(this.#environment);
  }

  /** The text of the running recording, or of one that was answered. Throws `recording/not-found`. */
  noticeText(recordingId: string, language: Language): string {
    const current = this.state()?.request;
    const request =
      current?.recordingId === recordingId
        ? current
        : this.#environment.vault().receipts.ofRecording(recordingId)[0]?.request;
    if (!request) throw new DomainError('recording/not-found');
    return noticeText(request, language);
  }

  #applyWithdrawal(
    recordingId: string,
    participantId: string,
    kinds: readonly RecordingKind[],
    scope: WithdrawalScope,
  ): void {
    const host = this.#meeting?.host;
    if (host) host.applyWithdrawal(recordingId, participantId, kinds, scope);
    else if (scope === 'everything') this.#media.erase(recordingId, participantId, kinds);
  }

  #side(): ConsentSide {
    if (!this.#meeting) throw new DomainError('session/not-in-meeting');
    return this.#meeting.side;
  }

  /** What others send must not take the meeting down, whatever the vault or the disk does. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#environment.log.error('a consent message could not be handled', error);
    }
  }
}
