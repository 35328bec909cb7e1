import {
  recordingKinds,
  termsOf,
  type ConsentAnswer,
  type ConsentRequest,
  type ConsentWithdrawal,
  type Decisions,
  type RecordingKind,
} from '../../common/consent/models';
import { noticeText, noticeVersion } from '../../common/consent/noticeText';
import { standing, standingKinds, takenBack, type Standing, type TakenBack } from '../../common/consent/standing';
import type { VerifySignature } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import type { StoredReceipt, Vault } from '../vault/repositories';
import { documentHash, textHash } from './documents';

export type Person = Pick<Participant, 'id' | 'name' | 'identityKey'>;

/** Answers that nobody pressed: there is no yes in them. */
const unspoken: ReadonlySet<ConsentAnswer['given']> = new Set([
  ...['own-setting', 'time-ran-out', 'left', 'stopped', 'none'],
] as const);

/** Whether these are answers to exactly the kinds that were asked for. */
export function answersAllKinds(request: ConsentRequest, decisions: Decisions): boolean {
  const { kinds } = termsOf(request);
  return recordingKinds.every((kind) => (decisions[kind] !== undefined) === kinds.includes(kind));
}

/**
 * True exactly when this person signed this answer to this request, having been shown the text that this program
 * renders for it: a text shown in other words, to somebody else or for another request does not count.
 */
export function isGenuineAnswer(
  answer: ConsentAnswer,
  signature: string | null,
  asked: { readonly request: ConsentRequest; readonly person: Person },
  verify: VerifySignature,
): boolean {
  const { request, person } = asked;
  return (
    signature !== null &&
    answer.recordingId === request.recordingId &&
    answersAllKinds(request, answer.decisions) &&
    (!unspoken.has(answer.given) || !Object.values(answer.decisions).includes(true)) &&
    answer.participantId === person.id &&
    answer.participantName === person.name &&
    answer.requestHash === documentHash(request) &&
    answer.noticeVersion === noticeVersion &&
    answer.noticeHash === textHash(noticeText(request, answer.noticeLanguage)) &&
    verify(person.identityKey, 'consentAnswer', answer, signature)
  );
}

/** True exactly when the person of this receipt signed this withdrawal, for this recording. */
export function isGenuineWithdrawal(
  withdrawal: ConsentWithdrawal,
  signature: string,
  receipt: StoredReceipt,
  verify: VerifySignature,
): boolean {
  return (
    withdrawal.recordingId === receipt.recordingId &&
    withdrawal.participantId === receipt.participantId &&
    verify(receipt.identityKey, 'consentWithdrawal', withdrawal, signature)
  );
}

/** How each kind of a receipt stands. Looks at no signature. */
export function standingOf(receipt: StoredReceipt): Standing {
  return standing(receipt.answer.decisions, takenBackOf(receipt));
}

/** The kinds of a receipt that were agreed to and not taken back. Looks at no signature. */
export function grantedKinds(receipt: StoredReceipt): readonly RecordingKind[] {
  return standingKinds(receipt.answer.decisions, takenBackOf(receipt));
}

/** The kinds whose recording has to be destroyed, each once. */
export function withdrawnKinds(receipt: StoredReceipt): readonly RecordingKind[] {
  return takenBackOf(receipt).withdrawn;
}

function takenBackOf(receipt: StoredReceipt): TakenBack {
  return takenBack(receipt.withdrawals.map(({ withdrawal }) => withdrawal));
}

/** Whether anything is left of what a withdrawal names: a track that still has its key. */
export function hasStandingTracks(
  { recordings }: Pick<Vault, 'recordings'>,
  { recordingId, participantId, kinds }: Pick<ConsentWithdrawal, 'recordingId' | 'participantId' | 'kinds'>,
): boolean {
  return recordings
    .tracks(recordingId)
    .some((track) => track.participantId === participantId && kinds.includes(track.kind) && track.phase !== 'erased');
}

/**
 * [Note: consent gate] The last word on whether anything of a person may be written. True exactly when the stored
 * receipt is this person's own signed yes to this kind, in answer to this very request, and it was not taken back. It
 * relies on the receipt alone, not on what the state machine in memory believes.
 */
export function receiptPermits(
  receipt: StoredReceipt | null,
  wanted: { readonly request: ConsentRequest; readonly person: Person; readonly kind: RecordingKind },
  verify: VerifySignature,
): boolean {
  return (
    receipt !== null &&
    receipt.recordingId === wanted.request.recordingId &&
    receipt.participantId === wanted.person.id &&
    grantedKinds(receipt).includes(wanted.kind) &&
    isGenuineAnswer(receipt.answer, receipt.answerSignature, wanted, verify)
  );
}
