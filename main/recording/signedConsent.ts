import {
  refusalOf,
  termsOf,
  type AnswerOrigin,
  type ConsentAnswer,
  type ConsentRequest,
  type ConsentWithdrawal,
  type Decisions,
  type RecordingKind,
  type WithdrawalScope,
} from '../../common/consent/models';
import { noticeText, noticeVersion } from '../../common/consent/noticeText';
import { kindsThat } from '../../common/consent/standing';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import type { StoredReceipt } from '../vault/repositories';
import { answersAllKinds, standingOf, type Person } from './consentProof';
import { documentHash, textHash } from './documents';
import type { RecordingEnvironment } from './environment';

export interface Given {
  readonly decisions: Decisions;
  readonly language: Language;
  readonly given: AnswerOrigin;
}

type UnsignedReceipt = Omit<StoredReceipt, 'withdrawals' | 'takenAt' | 'answerSignature' | 'hostSignature'>;

/**
 * Signs this installation's answer to a request and returns the receipt to store, without the host's signature. Throws
 * `recording/not-active` when it does not answer exactly what was asked.
 */
export function signAnswer(
  environment: Pick<RecordingEnvironment, 'signer' | 'now'>,
  person: Person,
  request: ConsentRequest,
  given: Given,
): Omit<StoredReceipt, 'withdrawals' | 'takenAt'> & { readonly answerSignature: string } {
  if (!answersAllKinds(request, given.decisions)) throw new DomainError('recording/not-active');
  const receipt = unsignedReceipt(environment, person, request, given);
  return {
    ...receipt,
    answerSignature: environment.signer().sign('consentAnswer', receipt.answer),
    hostSignature: null,
  };
}

/** The host's own word that somebody was asked and never answered: a No. */
export function unansweredReceipt(
  environment: Pick<RecordingEnvironment, 'signer' | 'now'>,
  person: Person,
  request: ConsentRequest,
  language: Language,
): Omit<StoredReceipt, 'withdrawals' | 'takenAt'> {
  const decisions = refusalOf(termsOf(request).kinds);
  const receipt = unsignedReceipt(environment, person, request, { decisions, language, given: 'none' });
  return { ...receipt, answerSignature: null, hostSignature: countersign(environment, receipt.answer) };
}

function unsignedReceipt(
  environment: Pick<RecordingEnvironment, 'now'>,
  person: Person,
  request: ConsentRequest,
  { decisions, language, given }: Given,
): UnsignedReceipt {
  const text = noticeText(request, language);
  const answer: ConsentAnswer = {
    recordingId: request.recordingId,
    participantId: person.id,
    participantName: person.name,
    requestHash: documentHash(request),
    noticeHash: textHash(text),
    noticeVersion,
    noticeLanguage: language,
    decisions,
    given,
    answeredAt: environment.now(),
  };
  return {
    recordingId: request.recordingId,
    participantId: person.id,
    identityKey: person.identityKey,
    name: person.name,
    request,
    answer,
    noticeText: text,
  };
}

/** The host's signature over an answer it has taken. */
export function countersign(environment: Pick<RecordingEnvironment, 'signer'>, answer: ConsentAnswer): string {
  return environment.signer().sign('consentReceipt', answer);
}

/** A withdrawal that is stored here with the receipt it takes back from. */
export interface SignedWithdrawal {
  readonly receipt: StoredReceipt;
  readonly withdrawal: ConsentWithdrawal;
  readonly signature: string;
}

/**
 * Signs and stores withdrawals of what this installation agreed to in a recording, its own or somebody else's; what
 * stands is taken back, the rest is left out. One for each answer, as one installation may have joined twice. Whoever
 * calls destroys the media or tells the host. Throws `recording/not-found` when it was never asked about that recording.
 */
export function recordWithdrawals(
  environment: Pick<RecordingEnvironment, 'signer' | 'now' | 'vault'>,
  input: {
    readonly recordingId: string;
    readonly kinds: readonly RecordingKind[];
    readonly scope: WithdrawalScope;
  },
): readonly SignedWithdrawal[] {
  const { receipts } = environment.vault();
  const signer = environment.signer();
  const given = receipts.ofRecording(input.recordingId).filter(({ identityKey }) => identityKey === signer.publicKey);
  if (given.length === 0) throw new DomainError('recording/not-found');
  return given.flatMap((receipt) => {
    const { scope } = input;
    const kinds = withdrawable(receipt, scope).filter((kind) => input.kinds.includes(kind));
    if (kinds.length === 0) return [];
    const { recordingId, participantId } = receipt;
    const withdrawal: ConsentWithdrawal = { recordingId, participantId, kinds, scope, withdrawnAt: environment.now() };
    const signature = signer.sign('consentWithdrawal', withdrawal);
    receipts.addWithdrawal(recordingId, participantId, withdrawal, signature);
    return [{ receipt, withdrawal, signature }];
  });
}

/** The kinds that can still be taken back so: what was only stopped can still be destroyed. */
export function withdrawable(receipt: StoredReceipt, scope: WithdrawalScope): readonly RecordingKind[] {
  const stands = standingOf(receipt);
  return scope === 'everything' ? kindsThat(stands, 'yes', 'stopped') : kindsThat(stands, 'yes');
}
