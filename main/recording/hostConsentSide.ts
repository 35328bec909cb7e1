import {
  hostConsentStep,
  nobodyAsked,
  participantConsents,
  type HostConsent,
  type HostConsentEvent,
} from '../../common/consent/hostConsent';
import type {
  ConsentAnswer,
  ConsentRequest,
  ConsentWithdrawal,
  RecordingKind,
  RecordingState,
} from '../../common/consent/models';
import { noticeText } from '../../common/consent/noticeText';
import { DomainError } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';
import { grantedKinds, hasStandingTracks, isGenuineAnswer, isGenuineWithdrawal } from './consentProof';
import type { ConsentSide, RecordedMedia, RunningRecording, StartInput } from './consentSide';
import { documentHash, newId } from './documents';
import type { RecordingEnvironment } from './environment';
import { countersign, signAnswer } from './signedConsent';

interface Running {
  readonly request: ConsentRequest;
  readonly consents: HostConsent;
  readonly trouble: RecordingState['trouble'];
}

/** The host's side: asks everybody once, takes signed answers and withdrawals, tells everybody how it stands. */
export class HostConsentSide implements ConsentSide {
  readonly #environment: RecordingEnvironment;
  readonly #channel: MeetingChannel;
  readonly #media: RecordedMedia;
  readonly #changed: () => void;
  #running: Running | null = null;

  constructor(environment: RecordingEnvironment, channel: MeetingChannel, media: RecordedMedia, changed: () => void) {
    this.#environment = environment;
    this.#channel = channel;
    this.#media = media;
    this.#changed = changed;
  }

  state(): RecordingState | null {
    if (!this.#running) return null;
    const { request, consents, trouble } = this.#running;
    return {
      request,
      startedAt: request.requestedAt,
      consents: participantConsents(consents),
      asked: false,
      trouble,
    };
  }

  running(): RunningRecording | null {
    const request = this.#running?.request;
    return request ? { request, participants: () => this.#channel.participants() } : null;
  }

  handleTrouble(recordingId: string, trouble: NonNullable<RecordingState['trouble']>): void {
    if (this.#running?.request.recordingId !== recordingId) return;
    this.#running = { ...this.#running, trouble };
    this.#changed();
  }

  /** Creates the recording, stores the host's own answer and asks everybody. Throws `recording/already-active`. */
  start(input: StartInput): void {
    if (this.#running) throw new DomainError('recording/already-active');
    const vault = this.#environment.vault();
    const profile = vault.profile.get();
    const self = this.#self();
    const request: ConsentRequest = {
      recordingId: newId(this.#environment.random),
      meetingId: this.#channel.meetingId,
      controllerName: profile.name,
      controllerContact: profile.contact,
      controllerKey: this.#environment.signer().publicKey,
      purpose: input.purpose,
      retentionDays: input.retentionDays,
      requestedAt: this.#environment.now(),
    };
    const receipt = signAnswer(this.#environment, self, request, { decisions: input.own, language: input.language });
    vault.recordings.create({
      id: request.recordingId,
      meetingId: request.meetingId,
      title: this.#channel.title,
      purpose: request.purpose,
      retentionDays: request.retentionDays,
      phase: 'recording',
      startedAt: request.requestedAt,
      endedAt: null,
    });
    vault.receipts.put({ ...receipt, hostSignature: countersign(this.#environment, receipt.answer) });
    this.#running = { request, consents: nobodyAsked, trouble: null };
    this.#step(
      { type: 'present', participantId: self.id },
      { type: 'answered', participantId: self.id, decisions: input.own },
      ...this.#channel.participants().map(({ id }) => ({ type: 'present' as const, participantId: id })),
    );
    this.#environment.log.info('recording started');
  }

  /** Ends the running recording, if there is one, and says so to everybody. */
  stop(): void {
    const running = this.#running;
    if (!running) return;
    const { recordingId } = running.request;
    const endedAt = this.#environment.now();
    this.#running = null;
    this.#channel.send(null, { type: 'recordingStopped', recordingId });
    try {
      this.#environment.vault().recordings.update(recordingId, { phase: 'finalizing', endedAt });
    } catch (error) {
      // It is found unfinished at the next start.
      this.#environment.log.error('the end of a recording was not stored', error);
    }
    this.#media.endRecording(recordingId, endedAt);
    this.#changed();
    this.#environment.log.info('recording stopped');
  }

  /** The host has answered when starting. */
  answer(): void {
    throw new DomainError('recording/not-active');
  }

  /** Destroys what was taken back of a recording of this host, running or not, and tells everybody. */
  applyWithdrawal(recordingId: string, participantId: string, kinds: readonly RecordingKind[]): void {
    if (this.#running?.request.recordingId === recordingId) this.#step({ type: 'withdrew', participantId, kinds });
    else this.#media.erase(recordingId, participantId, kinds);
  }

  handleJoined(participant: Participant): void {
    if (this.#running) this.#step({ type: 'present', participantId: participant.id });
  }

  handleLeft(participant: Participant): void {
    if (this.#running) this.#step({ type: 'left', participantId: participant.id });
  }

  handleBody(from: Participant, body: Body): void {
    if (body.type === 'consentAnswer') this.#takeAnswer(from, body.answer, body.signature);
    if (body.type === 'consentWithdrawal') this.#takeWithdrawal(from, body.withdrawal, body.signature);
  }

  #takeAnswer(from: Participant, answer: ConsentAnswer, signature: string): void {
    const running = this.#running;
    // Too late: the recording is over, and nothing was written of this person.
    if (!running || running.request.recordingId !== answer.recordingId) return;
    const { request, consents } = running;
    const asked = consents.entries.find((entry) => entry.participantId === from.id)?.phase === 'asked';
    if (!asked || !isGenuineAnswer(answer, signature, { request, person: from }, this.#environment.verify)) {
      this.#environment.log.info('an answer to a consent request was refused');
      return;
    }
    const hostSignature = countersign(this.#environment, answer);
    this.#environment.vault().receipts.put({
      recordingId: request.recordingId,
      participantId: from.id,
      identityKey: from.identityKey,
      name: from.name,
      request,
      answer,
      answerSignature: signature,
      hostSignature,
      noticeText: noticeText(request, answer.noticeLanguage),
    });
    this.#channel.send(from.id, {
      type: 'consentReceipt',
      recordingId: request.recordingId,
      answerHash: documentHash(answer),
      hostKey: request.controllerKey,
      signature: hostSignature,
    });
    this.#step({ type: 'answered', participantId: from.id, decisions: answer.decisions });
  }

  /** Taken for any recording this installation made, also an earlier one: the signature says whose it is. */
  #takeWithdrawal(from: Participant, withdrawal: ConsentWithdrawal, signature: string): void {
    const { vault, signer, verify, log } = this.#environment;
    const { recordingId, participantId } = withdrawal;
    const receipt = vault().receipts.get(recordingId, participantId);
    if (
      !receipt ||
      receipt.identityKey !== from.identityKey ||
      receipt.request.controllerKey !== signer().publicKey ||
      !isGenuineWithdrawal(withdrawal, signature, receipt, verify)
    ) {
      log.info('a withdrawal was refused');
      return;
    }
    const kinds = grantedKinds(receipt).filter((kind) => withdrawal.kinds.includes(kind));
    if (kinds.length > 0) {
      vault().receipts.addWithdrawal(recordingId, participantId, withdrawal, signature);
      this.applyWithdrawal(recordingId, participantId, kinds);
    } else if (hasStandingTracks(vault(), withdrawal)) {
      // Noted before and not carried out: the disk was full, or worse.
      this.#media.erase(recordingId, participantId, withdrawal.kinds);
    }
    // Erasing throws when it fails, so nothing is left. Said also when it was done before, or the recording is gone
    // altogether: the first confirmation may have been lost.
    this.#channel.send(from.id, {
      type: 'withdrawalDone',
      recordingId,
      withdrawalHash: documentHash(withdrawal),
      signature: signer().sign('withdrawalDone', withdrawal),
    });
  }

  #step(...events: readonly HostConsentEvent[]): void {
    if (!this.#running) return;
    const { request } = this.#running;
    const { recordingId } = request;
    let announce = false;
    for (const event of events) {
      const { state, effects } = hostConsentStep(this.#running.consents, event);
      this.#running = { ...this.#running, consents: state };
      for (const effect of effects) {
        switch (effect.type) {
          case 'ask':
            if (effect.participantId !== this.#channel.selfId) {
              this.#channel.send(effect.participantId, { type: 'consentRequest', request });
            }
            break;
          case 'closeTracks':
            this.#media.endParticipant(recordingId, effect.participantId);
            break;
          case 'erase':
            this.#media.erase(recordingId, effect.participantId, effect.kinds);
            break;
          case 'announce':
            announce = true;
            break;
        }
      }
    }
    if (announce) this.#announce();
  }

  #announce(): void {
    const state = this.state();
    if (!state) return;
    this.#channel.send(null, {
      type: 'recordingStatus',
      recordingId: state.request.recordingId,
      startedAt: state.startedAt,
      consents: state.consents.slice(-limits.participants * 8),
    });
    this.#changed();
  }

  #self(): Participant {
    const self = this.#channel.participants().find(({ id }) => id === this.#channel.selfId);
    if (!self) throw new DomainError('session/not-in-meeting');
    return self;
  }
}
