import {
  guestConsentStep,
  guestRecordingState,
  notRecorded,
  type GuestConsent,
} from '../../common/consent/guestConsent';
import type { ConsentRequest, RecordingState } from '../../common/consent/models';
import { DomainError } from '../../common/errors';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';
import type { AnswerInput, ConsentSide } from './consentSide';
import { documentHash } from './documents';
import type { RecordingEnvironment } from './environment';
import { signAnswer, type SignedWithdrawal } from './signedConsent';

type ReceiptBody = Extract<Body, { type: 'consentReceipt' }>;
type ConfirmationBody = Extract<Body, { type: 'withdrawalDone' }>;

/** A guest's side: shows the request once, signs the answer, keeps the receipt, takes back what was agreed to. */
export class GuestConsentSide implements ConsentSide {
  readonly #environment: RecordingEnvironment;
  readonly #channel: MeetingChannel;
  readonly #changed: () => void;
  #consent: GuestConsent = notRecorded;

  constructor(environment: RecordingEnvironment, channel: MeetingChannel, changed: () => void) {
    this.#environment = environment;
    this.#channel = channel;
    this.#changed = changed;
  }

  state(): RecordingState | null {
    return guestRecordingState(this.#consent);
  }

  /**
   * Says what was withdrawn from this host and not confirmed yet: it was withdrawn while they were away, or they
   * vanished before it was done. A host who has done it confirms once more and changes nothing.
   */
  repeatWithdrawals(): void {
    const { receipts, confirmations } = this.#environment.vault();
    const own = this.#environment.signer().publicKey;
    for (const receipt of receipts.all()) {
      if (receipt.identityKey !== own) continue;
      for (const { withdrawal, signature } of receipt.withdrawals) {
        if (confirmations.of(signature) === null) this.deliver({ receipt, withdrawal, signature });
      }
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

  /** Signs and stores the answer, then sends it. Throws `recording/not-active` when there is nothing to answer. */
  answer(input: AnswerInput): void {
    const { current } = this.#consent;
    if (current?.request.recordingId !== input.recordingId || current.phase !== 'asked') {
      throw new DomainError('recording/not-active');
    }
    const self = this.#channel.participants().find(({ id }) => id === this.#channel.selfId);
    if (!self) throw new DomainError('session/not-in-meeting');
    const receipt = signAnswer(this.#environment, self, current.request, input);
    this.#environment.vault().receipts.put(receipt);
    this.#channel.send(this.#channel.hostId, {
      type: 'consentAnswer',
      answer: receipt.answer,
      signature: receipt.answerSignature,
    });
    this.#advance(guestConsentStep(this.#consent, { type: 'answered', recordingId: input.recordingId }));
  }

  handleJoined(): void {
    // The host asks whoever joins.
  }

  handleLeft(): void {
    // The host announces what changes.
  }

  /** Only the host's words count here; that envelopes are the sender's own has been checked before. */
  handleBody(from: Participant, body: Body): void {
    if (from.id !== this.#channel.hostId) return;
    switch (body.type) {
      case 'consentRequest':
        if (this.#isHostsRequest(from, body.request)) {
          this.#advance(guestConsentStep(this.#consent, { type: 'requested', request: body.request }));
        }
        return;
      case 'recordingStatus':
        this.#advance(guestConsentStep(this.#consent, { ...body, type: 'status' }));
        return;
      case 'recordingStopped':
        this.#advance(guestConsentStep(this.#consent, { type: 'stopped', recordingId: body.recordingId }));
        return;
      case 'consentReceipt':
        this.#takeReceipt(body);
        return;
      case 'withdrawalDone':
        this.#takeConfirmation(from, body);
        return;
      default:
        return;
    }
  }

  #isHostsRequest(host: Participant, request: ConsentRequest): boolean {
    return request.meetingId === this.#channel.meetingId && request.controllerKey === host.identityKey;
  }

  /** Adds the host's signature to the stored receipt, if it is one over exactly our answer. */
  #takeReceipt(body: ReceiptBody): void {
    const { receipts } = this.#environment.vault();
    const stored = receipts.get(body.recordingId, this.#channel.selfId);
    if (
      !stored ||
      body.hostKey !== stored.request.controllerKey ||
      body.answerHash !== documentHash(stored.answer) ||
      !this.#environment.verify(body.hostKey, 'consentReceipt', stored.answer, body.signature)
    ) {
      this.#environment.log.info('a consent receipt was refused');
      return;
    }
    const { withdrawals: _kept, ...receipt } = stored;
    receipts.put({ ...receipt, hostSignature: body.signature });
  }

  /** Keeps the host's word, if it is one over exactly a withdrawal of ours from a recording of theirs. */
  #takeConfirmation(host: Participant, { recordingId, withdrawalHash, signature }: ConfirmationBody): void {
    const { vault, signer, verify, now, log } = this.#environment;
    const { receipts, confirmations } = vault();
    const own = signer().publicKey;
    const stored = receipts
      .ofRecording(recordingId)
      .filter(({ identityKey, request }) => identityKey === own && request.controllerKey === host.identityKey)
      .flatMap(({ withdrawals }) => withdrawals)
      .find(({ withdrawal }) => documentHash(withdrawal) === withdrawalHash);
    if (!stored || !verify(host.identityKey, 'withdrawalDone', stored.withdrawal, signature)) {
      log.info('a confirmation that something was erased was refused');
      return;
    }
    confirmations.add({ withdrawalSignature: stored.signature, hostSignature: signature, confirmedAt: now() });
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
