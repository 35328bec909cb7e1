import {
  guestConsentStep,
  guestRecordingState,
  notRecorded,
  type GuestConsent,
} from '../../common/consent/guestConsent';
import { addsYes } from '../../common/consent/hostConsent';
import {
  refusalOf,
  termsOf,
  type AnswerOrigin,
  type ConsentRequest,
  type Decisions,
  type RecordingState,
} from '../../common/consent/models';
import { asksTheSame } from '../../common/consent/terms';
import { DomainError } from '../../common/errors';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';
import { grantedKinds } from './consentProof';
import { namesKnownText } from './consentRequest';
import type { AnswerInput, ConsentSide } from './consentSide';
import { documentHash } from './documents';
import type { RecordingEnvironment } from './environment';
import { signAnswer, type Given, type SignedWithdrawal } from './signedConsent';
import { keepErasureProof } from './withdrawalDesk';
import { unconfirmedWithdrawals } from './withdrawalPort';

type ReceiptBody = Extract<Body, { type: 'consentReceipt' }>;

/** A guest's side: shows the request once, signs the answer, keeps the receipt, takes back what was agreed to. */
export class GuestConsentSide implements ConsentSide {
  readonly #environment: RecordingEnvironment;
  readonly #channel: MeetingChannel;
  readonly #changed: () => void;
  #consent: GuestConsent = notRecorded;
  #stopWaiting: () => void = () => undefined;

  constructor(environment: RecordingEnvironment, channel: MeetingChannel, changed: () => void) {
    this.#environment = environment;
    this.#channel = channel;
    this.#changed = changed;
  }

  state(): RecordingState | null {
    return guestRecordingState(this.#consent, this.#channel.selfId);
  }

  /**
   * Says again what this host has not confirmed yet: withdrawals that were made while they were away, or were not done
   * when they vanished, and answers whose countersignature was lost. A host who has done it confirms once more and
   * changes nothing.
   */
  repeatUnconfirmed(): void {
    const host = this.#host();
    if (!host) return;
    const own = this.#environment.signer().publicKey;
    for (const receipt of this.#environment.vault().receipts.all()) {
      if (receipt.identityKey !== own || receipt.request.controllerKey !== host.identityKey) continue;
      const { answer, answerSignature: signature } = receipt;
      if (receipt.hostSignature === null && signature !== null) {
        this.#channel.send(host.id, { type: 'consentAnswer', answer, signature });
      }
    }
    for (const { withdrawal, signature } of unconfirmedWithdrawals(this.#environment, host.identityKey)) {
      this.#channel.send(host.id, { type: 'consentWithdrawal', withdrawal, signature });
    }
  }

  /** Sends a stored withdrawal if the host of this meeting is whom it concerns. */
  deliver({ receipt, withdrawal, signature }: SignedWithdrawal): void {
    const host = this.#host();
    if (receipt.request.controllerKey !== host?.identityKey) return;
    this.#channel.send(host.id, { type: 'consentWithdrawal', withdrawal, signature });
  }

  start(): void {
    throw new DomainError('recording/not-host');
  }

  stop(): void {
    throw new DomainError('recording/not-host');
  }

  /**
   * Signs and stores the answer, then sends it. After the first one only an answer that agrees to more: what was agreed
   * to is taken back by `withdraw`. Throws `recording/not-active` when there is nothing to answer, and
   * `recording/objected` when the host has an objection of this person.
   */
  answer(input: AnswerInput): void {
    const { current } = this.#consent;
    if (current?.request.recordingId !== input.recordingId) throw new DomainError('recording/not-active');
    if (current.objected) throw new DomainError('recording/objected');
    const { decisions, language } = input;
    if (current.given === null) {
      const confirms = current.beforehand !== null && documentHash(current.beforehand) === documentHash(decisions);
      this.#give({ decisions, language, given: confirms ? 'beforehand' : 'asked' });
      return;
    }
    const stored = this.#environment.vault().receipts.get(input.recordingId, this.#channel.selfId);
    const before = stored?.answer.decisions ?? {};
    if (!addsYes(termsOf(current.request).kinds, before, decisions)) throw new DomainError('recording/not-active');
    this.#give({ decisions, language, given: 'later' });
  }

  handleJoined(): void {
    // The host asks whoever joins.
  }

  handleLeft(): void {
    // The host announces what changes.
  }

  /** Who leaves without having answered has said No. */
  handleMeetingEnded(): void {
    this.#refuse('left');
    this.#stopWaiting();
  }

  /** Only the host's words count here; that envelopes are the sender's own has been checked before. */
  handleBody(from: Participant, body: Body): void {
    if (from.id !== this.#channel.hostId) return;
    switch (body.type) {
      case 'consentRequest':
        if (this.#isHostsRequest(from, body.request)) this.#takeRequest(body.request, body.objected === true);
        else this.#environment.log.info('a consent request was refused');
        return;
      case 'recordingStatus':
        this.#advance(guestConsentStep(this.#consent, { ...body, type: 'status' }));
        return;
      case 'recordingStopped':
        if (this.#consent.current?.request.recordingId === body.recordingId) this.#refuse('stopped');
        this.#advance(guestConsentStep(this.#consent, { type: 'stopped', recordingId: body.recordingId }));
        return;
      case 'consentReceipt':
        this.#takeReceipt(body);
        return;
      case 'erasureProof':
        if (!keepErasureProof(this.#environment, body)) {
          this.#environment.log.info('a confirmation that something was erased was refused');
        }
        return;
      default:
        return;
    }
  }

  #isHostsRequest(host: Participant, request: ConsentRequest): boolean {
    return (
      request.meetingId === this.#channel.meetingId &&
      request.controllerKey === host.identityKey &&
      namesKnownText(request)
    );
  }

  /** Asks the person, unless they have answered exactly this in this meeting, or objected to it with this host. */
  #takeRequest(request: ConsentRequest, objected: boolean): void {
    const seconds = termsOf(request).answerSeconds;
    const answerBy = this.#environment.now() + seconds * 1_000;
    const beforehand = this.#channel.chosenBeforehand(request);
    const next = guestConsentStep(this.#consent, { type: 'requested', request, answerBy, beforehand });
    if (objected) {
      this.#stopWaiting();
      this.#advance(guestConsentStep(next, { type: 'objected', recordingId: request.recordingId }));
      return;
    }
    if (next === this.#consent) return;
    this.#stopWaiting();
    this.#consent = next;
    const before = this.#refusedBySetting(request) ?? this.#sameAnswer(request) ?? this.#refusedBeforehand(beforehand);
    if (before !== null) this.#give(before);
    else {
      this.#stopWaiting = this.#environment.timers.after(seconds * 1_000, () => this.#refuse('time-ran-out'));
      this.#changed();
    }
  }

  /** Whoever is never recorded said so before any question; agreeing by hand afterwards is their own act. */
  #refusedBySetting(request: ConsentRequest): Given | null {
    if (!this.#environment.neverRecordMe()) return null;
    const decisions = refusalOf(termsOf(request).kinds);
    return { decisions, language: this.#environment.language(), given: 'own-setting' };
  }

  /** A yes from before the meeting is confirmed by the person; a No needs no second one. */
  #refusedBeforehand(decisions: Decisions | null): Given | null {
    if (decisions === null || Object.values(decisions).includes(true)) return null;
    return { decisions, language: this.#environment.language(), given: 'beforehand' };
  }

  /** What this person answered to the same question in this meeting, as it stands now. */
  #sameAnswer(request: ConsentRequest): Given | null {
    const own = this.#environment.signer().publicKey;
    const answered = this.#environment
      .vault()
      .receipts.all()
      .filter((one) => one.identityKey === own && asksTheSame(one.request, request) && isPersonsOwn(one.answer.given))
      .sort((a, b) => b.answer.answeredAt - a.answer.answeredAt)[0];
    if (!answered) return null;
    const granted = grantedKinds(answered);
    const decisions = Object.fromEntries(termsOf(request).kinds.map((kind) => [kind, granted.includes(kind)]));
    return { decisions, language: answered.answer.noticeLanguage, given: 'same-terms' };
  }

  /** A No that nobody pressed, if the question is still open. Never throws. */
  #refuse(given: 'time-ran-out' | 'left' | 'stopped'): void {
    const { current } = this.#consent;
    if (!current || current.given !== null || current.objected) return;
    const decisions: Decisions = refusalOf(termsOf(current.request).kinds);
    try {
      this.#give({ decisions, language: this.#environment.language(), given });
    } catch (error) {
      // The host notes it in any case.
      this.#environment.log.error('that a question was not answered could not be stored', error);
    }
  }

  #give(given: Given): void {
    const { current } = this.#consent;
    const self = this.#channel.participants().find(({ id }) => id === this.#channel.selfId);
    if (!current || !self) throw new DomainError('session/not-in-meeting');
    const receipt = signAnswer(this.#environment, self, current.request, given);
    this.#environment.vault().receipts.put(receipt);
    this.#channel.send(this.#channel.hostId, {
      type: 'consentAnswer',
      answer: receipt.answer,
      signature: receipt.answerSignature,
    });
    this.#stopWaiting();
    const { recordingId } = current.request;
    this.#advance(guestConsentStep(this.#consent, { type: 'answered', recordingId, given: given.given }));
  }

  /** Adds the host's signature to the stored receipt, if it is one over exactly our answer. */
  #takeReceipt({ recordingId, answerHash, hostKey, signature }: ReceiptBody): void {
    const { receipts } = this.#environment.vault();
    const own = this.#environment.signer().publicKey;
    const stored = receipts
      .ofRecording(recordingId)
      .find(({ identityKey, answer }) => identityKey === own && documentHash(answer) === answerHash);
    if (
      !stored ||
      hostKey !== stored.request.controllerKey ||
      !this.#environment.verify(hostKey, 'consentReceipt', stored.answer, signature)
    ) {
      this.#environment.log.info('a consent receipt was refused');
      return;
    }
    const { withdrawals: _kept, ...receipt } = stored;
    receipts.put({ ...receipt, hostSignature: signature });
  }

  #host(): Participant | undefined {
    return this.#channel.participants().find(({ id }) => id === this.#channel.hostId);
  }

  #advance(next: GuestConsent): void {
    if (next === this.#consent) return;
    this.#consent = next;
    this.#changed();
  }
}

/** Whether the person had their time to say it; who had just left, or was cut short, is asked again. */
function isPersonsOwn(given: AnswerOrigin | undefined): boolean {
  return given !== 'left' && given !== 'stopped' && given !== 'none' && given !== 'own-setting';
}
