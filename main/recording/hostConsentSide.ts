import {
  hostConsentStep,
  mayAnswer,
  nobodyAsked,
  participantConsents,
  type HostConsent,
  type HostConsentEffect,
  type HostConsentEvent,
} from '../../common/consent/hostConsent';
import {
  type ClipPhase,
  type ClipStatus,
  type ConsentAnswer,
  type ConsentRequest,
  type RecordingKind,
  type RecordingState,
  type WithdrawalScope,
} from '../../common/consent/models';
import { noticeText } from '../../common/consent/noticeText';
import { recordableKinds } from '../../common/consent/terms';
import { DomainError } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import type { Language, Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';
import { hasStandingTracks, isGenuineAnswer } from './consentProof';
import { consentRequest } from './consentRequest';
import type { AnswerInput, ConsentSide, RecordedMedia, RunningRecording, StartInput } from './consentSide';
import { documentHash } from './documents';
import type { RecordingEnvironment } from './environment';
import { objectsToRecording } from './objectsToRecording';
import { countersign, signAnswer, unansweredReceipt } from './signedConsent';
import type { WithdrawalDesk } from './withdrawalDesk';

/** How much longer than asked for the host waits, so that the person's own program can say that the time ran out. */
const graceMs = 10_000;

interface Running {
  readonly request: ConsentRequest;
  readonly language: Language;
  readonly consents: HostConsent;
  readonly recordable: readonly RecordingKind[];
  readonly clips: readonly ClipStatus[];
  readonly trouble: RecordingState['trouble'];
}

export interface HostConsentOptions {
  readonly environment: RecordingEnvironment;
  readonly channel: MeetingChannel;
  readonly media: RecordedMedia;
  readonly desk: WithdrawalDesk;
  readonly changed: () => void;
}

/** The host's side: asks everybody once, takes signed answers and withdrawals, tells everybody how it stands. */
export class HostConsentSide implements ConsentSide {
  readonly #environment: RecordingEnvironment;
  readonly #channel: MeetingChannel;
  readonly #media: RecordedMedia;
  readonly #desk: WithdrawalDesk;
  readonly #changed: () => void;
  /** Stops waiting for somebody's answer. */
  readonly #waiting = new Map<string, () => void>();
  #running: Running | null = null;

  constructor({ environment, channel, media, desk, changed }: HostConsentOptions) {
    this.#environment = environment;
    this.#channel = channel;
    this.#media = media;
    this.#desk = desk;
    this.#changed = changed;
  }

  state(): RecordingState | null {
    if (!this.#running) return null;
    const { request, consents, recordable, clips, trouble } = this.#running;
    return {
      ...{
        request,
        recordable,
        clips,
        trouble,
        startedAt: request.requestedAt,
        consents: participantConsents(consents),
        objected: consents.objected,
      },
      ...{ asked: false, given: 'asked', beforehand: null, answerBy: null },
    };
  }

  running(): RunningRecording | null {
    const request = this.#running?.request;
    return request ? { request, participants: () => this.#channel.participants() } : null;
  }

  handleTrouble(recordingId: string, trouble: RecordingState['trouble']): void {
    if (this.#running?.request.recordingId !== recordingId) return;
    this.#running = { ...this.#running, trouble };
    this.#changed();
  }

  /** Somebody's consent clip has begun or is over: everybody is told, so that the person knows. */
  handleClip(recordingId: string, participantId: string, phase: ClipPhase): void {
    if (this.#running?.request.recordingId !== recordingId) return;
    const others = this.#running.clips.filter((clip) => clip.participantId !== participantId);
    this.#running = { ...this.#running, clips: [...others, { participantId, phase }] };
    this.#announce();
  }

  /** Creates the recording, stores the host's own answer and asks everybody. Throws `recording/already-active`. */
  start(input: StartInput): void {
    if (this.#running) throw new DomainError('recording/already-active');
    const vault = this.#environment.vault();
    const self = this.#self();
    const request = consentRequest(this.#environment, this.#channel.meetingId, input);
    const { kinds = [], clipRetentionDays = null } = request.terms ?? {};
    const { own: decisions, language } = input;
    const receipt = signAnswer(this.#environment, self, request, { decisions, language, given: 'asked' });
    vault.recordings.create({
      id: request.recordingId,
      meetingId: request.meetingId,
      title: this.#channel.title,
      purpose: request.purpose,
      retentionDays: request.retentionDays,
      phase: 'recording',
      startedAt: request.requestedAt,
      endedAt: null,
      clipRetentionDays,
    });
    vault.receipts.put({ ...receipt, hostSignature: countersign(this.#environment, receipt.answer) });
    this.#running = { request, language, consents: nobodyAsked(kinds), recordable: [], clips: [], trouble: null };
    this.#step(
      { type: 'present', participantId: self.id },
      { type: 'answered', participantId: self.id, decisions },
      ...this.#channel.participants().map((one) => this.#arrival(one)),
    );
    this.#environment.log.info('recording started');
  }

  /** Ends the running recording, if there is one, and says so to everybody. */
  stop(): void {
    const running = this.#running;
    if (!running) return;
    const { recordingId } = running.request;
    const endedAt = this.#environment.now();
    try {
      for (const { phase, participantId } of running.consents.entries) {
        if (phase === 'asked') this.#noteSilence(participantId);
      }
    } catch (error) {
      this.#environment.log.error('that somebody had not answered was not stored', error);
    }
    this.#running = null;
    for (const stopWaiting of this.#waiting.values()) stopWaiting();
    this.#waiting.clear();
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

  /** The host answers when starting, and may agree to more later. Throws `recording/not-active` for anything else. */
  answer({ recordingId, decisions, language }: AnswerInput): void {
    const running = this.#running;
    const self = this.#self();
    if (running?.request.recordingId !== recordingId || !mayAnswer(running.consents, self.id, decisions)) {
      throw new DomainError('recording/not-active');
    }
    const given = { decisions, language, given: 'later' } as const;
    const receipt = signAnswer(this.#environment, self, running.request, given);
    const hostSignature = countersign(this.#environment, receipt.answer);
    this.#environment.vault().receipts.put({ ...receipt, hostSignature });
    this.#step({ type: 'answered', participantId: self.id, decisions });
  }

  /** Ends or destroys what was taken back of a recording of this host, running or not, and tells everybody. */
  applyWithdrawal(
    recordingId: string,
    participantId: string,
    kinds: readonly RecordingKind[],
    scope: WithdrawalScope,
  ): void {
    if (this.#running?.request.recordingId === recordingId) {
      this.#step({ type: 'withdrew', participantId, kinds, scope });
    }
    const named = { recordingId, participantId, kinds: [...kinds] };
    // Not the running one, or one of which the state machine knew and the disk did not do it.
    if (scope === 'everything' && hasStandingTracks(this.#environment.vault(), named)) {
      this.#media.erase(recordingId, participantId, kinds);
    }
  }

  handleJoined(participant: Participant): void {
    if (this.#running) this.#step(this.#arrival(participant));
  }

  /** The lists of objections have changed: who is on them now is recorded no further. */
  handleObjections(): void {
    if (!this.#running) return;
    this.#step(...this.objecting().map((participantId) => ({ type: 'objected' as const, participantId })));
  }

  /** Who of those present has objected to being recorded. */
  objecting(): readonly string[] {
    const vault = this.#environment.vault();
    return this.#channel
      .participants()
      .filter((one) => objectsToRecording(vault, one))
      .map(({ id }) => id);
  }

  handleLeft(participant: Participant): void {
    const entry = this.#running?.consents.entries.find(({ participantId }) => participantId === participant.id);
    if (entry?.phase === 'asked') this.#noteSilence(participant.id, participant);
    if (this.#running) this.#step({ type: 'left', participantId: participant.id });
  }

  handleBody(from: Participant, body: Body): void {
    if (body.type === 'consentAnswer') this.#takeAnswer(from, body.answer, body.signature);
    if (body.type === 'consentWithdrawal') {
      const signed = this.#desk.take(body.withdrawal, body.signature);
      // Only the person themself is told: somebody else who passes it on learns nothing.
      const receipt = this.#environment
        .vault()
        .receipts.get(body.withdrawal.recordingId, body.withdrawal.participantId);
      if (signed && receipt?.identityKey === from.identityKey) {
        this.#channel.send(from.id, { type: 'erasureProof', ...signed });
      }
    }
  }

  #arrival(participant: Participant): HostConsentEvent {
    const objects = objectsToRecording(this.#environment.vault(), participant);
    return { type: objects ? 'objected' : 'present', participantId: participant.id };
  }

  #takeAnswer(from: Participant, answer: ConsentAnswer, signature: string): void {
    const running = this.#running;
    // Under another ID: from before the connection broke; they have come back since.
    if (running?.request.recordingId !== answer.recordingId || answer.participantId !== from.id) {
      this.#takeLateAnswer(from, answer, signature);
      return;
    }
    const { request, consents } = running;
    const genuine = isGenuineAnswer(answer, signature, { request, person: from }, this.#environment.verify);
    if (!genuine || !mayAnswer(consents, from.id, answer.decisions)) {
      this.#environment.log.info('an answer to a consent request was refused');
      return;
    }
    this.#keepAnswer(from, { request, answer, signature, person: from });
    const participantId = from.id;
    const withdrawals = this.#environment.vault().receipts.get(request.recordingId, participantId)?.withdrawals ?? [];
    this.#step(
      { type: 'answered', participantId, decisions: answer.decisions },
      // What was taken back before the yes arrived is not shown as standing either.
      ...withdrawals.map(({ withdrawal: { kinds, scope = 'everything' } }) => ({
        ...{ type: 'withdrew' as const, participantId, kinds, scope },
      })),
    );
  }

  /**
   * An answer to a recording that is over for that person. Nothing more can be agreed to; but a No of somebody of whom
   * only the host said so far that no answer came is kept, and whoever lost the host's signature gets it again.
   */
  #takeLateAnswer(from: Participant, answer: ConsentAnswer, signature: string): void {
    const { vault, signer, verify, log } = this.#environment;
    const stored = vault().receipts.get(answer.recordingId, answer.participantId);
    if (!stored || stored.identityKey !== from.identityKey || stored.request.controllerKey !== signer().publicKey) {
      log.info('an answer to an earlier consent request was refused');
      return;
    }
    const { request, hostSignature } = stored;
    const person = { id: stored.participantId, name: stored.name, identityKey: stored.identityKey };
    const isNo = !Object.values(answer.decisions).includes(true);
    if (stored.answerSignature === null) {
      if (isNo && isGenuineAnswer(answer, signature, { request, person }, verify)) {
        this.#keepAnswer(from, { request, answer, signature, person });
      }
    } else if (hostSignature !== null && documentHash(stored.answer) === documentHash(answer)) {
      this.#sendReceipt(from, answer, hostSignature);
    }
  }

  #keepAnswer(
    from: Participant,
    kept: {
      readonly request: ConsentRequest;
      readonly answer: ConsentAnswer;
      readonly signature: string;
      readonly person: Pick<Participant, 'id' | 'name' | 'identityKey'>;
    },
  ): void {
    const { request, answer, signature, person } = kept;
    const hostSignature = countersign(this.#environment, answer);
    this.#environment.vault().receipts.put({
      recordingId: request.recordingId,
      participantId: person.id,
      identityKey: person.identityKey,
      name: person.name,
      request,
      answer,
      answerSignature: signature,
      hostSignature,
      noticeText: noticeText(request, answer.noticeLanguage),
    });
    this.#sendReceipt(from, answer, hostSignature);
  }

  #sendReceipt(to: Participant, answer: ConsentAnswer, signature: string): void {
    this.#channel.send(to.id, {
      type: 'consentReceipt',
      recordingId: answer.recordingId,
      answerHash: documentHash(answer),
      hostKey: this.#environment.signer().publicKey,
      signature,
    });
  }

  /** The time is up, they left, or the recording ended: nobody can say later that they were never asked. */
  #noteSilence(participantId: string, gone?: Participant): void {
    const running = this.#running;
    const person = gone ?? this.#channel.participants().find(({ id }) => id === participantId);
    if (!running || !person) return;
    const receipt = unansweredReceipt(this.#environment, person, running.request, running.language);
    this.#environment.vault().receipts.put(receipt);
  }

  #waitFor(participantId: string, answerSeconds: number): void {
    const stopWaiting = this.#environment.timers.after(answerSeconds * 1_000 + graceMs, () => {
      this.#waiting.delete(participantId);
      const entry = this.#running?.consents.entries.find((one) => one.participantId === participantId);
      if (entry?.phase !== 'asked') return;
      try {
        this.#noteSilence(participantId);
      } catch (error) {
        this.#environment.log.error('that somebody had not answered was not stored', error);
      }
      this.#step({ type: 'ranOut', participantId });
    });
    this.#waiting.set(participantId, stopWaiting);
  }

  #step(...events: readonly HostConsentEvent[]): void {
    let announce = false;
    for (const event of events) {
      if (!this.#running) return;
      const { state, effects } = hostConsentStep(this.#running.consents, event);
      this.#running = { ...this.#running, consents: state };
      for (const effect of effects) announce = this.#carryOut(effect, this.#running.request) || announce;
    }
    if (this.#updateRecordable() || announce) this.#announce();
  }

  /** True when everybody's view has changed. */
  #carryOut(effect: HostConsentEffect, request: ConsentRequest): boolean {
    const { recordingId } = request;
    switch (effect.type) {
      case 'ask':
        if (effect.participantId !== this.#channel.selfId) {
          this.#channel.send(effect.participantId, { type: 'consentRequest', request });
          if (request.terms) this.#waitFor(effect.participantId, request.terms.answerSeconds);
        }
        return false;
      case 'tellObjected':
        this.#waiting.get(effect.participantId)?.();
        this.#waiting.delete(effect.participantId);
        this.#channel.send(effect.participantId, { type: 'consentRequest', request, objected: true });
        return false;
      case 'closeTracks':
        this.#media.endParticipant(recordingId, effect.participantId);
        return false;
      case 'stop':
        this.#media.close(recordingId, effect.participantId, effect.kinds);
        return false;
      case 'erase':
        this.#media.erase(recordingId, effect.participantId, effect.kinds);
        return false;
      case 'announce':
        return true;
    }
  }

  /** What may not be recorded any more, because not everybody agrees, is closed before anybody is told. */
  #updateRecordable(): boolean {
    const running = this.#running;
    if (!running) return false;
    const present = this.#channel.participants().map(({ id }) => id);
    const recordable = recordableKinds(running.request, participantConsents(running.consents), present);
    if (recordable.join() === running.recordable.join()) return false;
    const paused = running.recordable.filter((kind) => !recordable.includes(kind));
    this.#running = { ...running, recordable };
    if (paused.length > 0) this.#media.close(running.request.recordingId, null, paused);
    return true;
  }

  #announce(): void {
    const state = this.state();
    if (!state) return;
    this.#channel.send(null, {
      type: 'recordingStatus',
      recordingId: state.request.recordingId,
      startedAt: state.startedAt,
      consents: state.consents.slice(-limits.participants * 8),
      recordable: [...state.recordable],
      ...(state.clips.length > 0 ? { clips: state.clips.slice(-limits.participants * 8) } : {}),
    });
    this.#changed();
  }

  #self(): Participant {
    const self = this.#channel.participants().find(({ id }) => id === this.#channel.selfId);
    if (!self) throw new DomainError('session/not-in-meeting');
    return self;
  }
}
