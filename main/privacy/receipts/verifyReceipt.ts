import type { ConsentWithdrawal, ErasureProof } from '../../../common/consent/models';
import { noticeTextOf } from '../../../common/consent/noticeText';
import { receiptProofSchema, receiptVersion, type ReceiptProof } from '../../../common/consent/receiptDocument';
import type { VerifySignature } from '../../../common/meeting/meetingChannel';
import { documentHash, textHash } from '../../vault/documentHash';
import { receiptFile } from './receiptFile';

/** Why a receipt is not valid. */
export type ReceiptFailure =
  /** Not UTF-8, not JSON, or not with the parts of a receipt. */
  | 'not-a-receipt'
  /** Written by a newer program. */
  | 'unknown-version'
  /** The answer is to another request than the one in the file. */
  | 'other-request'
  /** The notice is not the text whose hash was signed. */
  | 'other-notice'
  /** The notice is not the text this version of the wording gives for the request. */
  | 'notice-not-of-request'
  | 'person-signature'
  | 'host-signature'
  /** The host has not signed (yet). */
  | 'no-host-signature'
  /** A withdrawal of another person or recording. */
  | 'other-withdrawal'
  | 'withdrawal-signature'
  | 'erasure-signature'
  /** The host's word is about another withdrawal, another scope or fewer kinds. */
  | 'other-erasure'
  /** The signatures hold, but what the file says around them is not what was signed, or not in the same bytes. */
  | 'record-differs';

export type ReceiptVerdict =
  | { readonly valid: true; readonly proof: ReceiptProof }
  | { readonly valid: false; readonly failures: readonly ReceiptFailure[] };

/**
 * Checks a receipt file with nothing but itself. Valid exactly when it is, byte for byte, the canonical form of the
 * document that follows from the signed documents in it, and when all of these hold together: the person's and the host's
 * signature over the answer, the request and the notice text that the answer names by hash, and every withdrawal and
 * confirmed erasure. All failures found are named, the more telling first. Never throws.
 *
 * It proves that these two keys signed; whose keys they are is for the reader to know.
 */
export function verifyReceipt(file: Uint8Array, verify: VerifySignature): ReceiptVerdict {
  const text = decoded(file);
  const document = text === null ? null : parsed(text);
  if (text === null || document === null) return { valid: false, failures: ['not-a-receipt'] };
  const version = document['konklave:version'];
  if (typeof version === 'number' && Number.isInteger(version) && version > receiptVersion) {
    return { valid: false, failures: ['unknown-version'] };
  }
  const { success, data: proof } = receiptProofSchema.safeParse(document['konklave:proof']);
  if (!success || version !== receiptVersion) return { valid: false, failures: ['not-a-receipt'] };
  const failures = [...proofFailures(proof, verify), ...(isFileOf(proof, text) ? [] : ['record-differs' as const])];
  return failures.length === 0 ? { valid: true, proof } : { valid: false, failures };
}

function proofFailures(proof: ReceiptProof, verify: VerifySignature): readonly ReceiptFailure[] {
  const { request, answer, personKey, hostSignature } = proof;
  const failures = new Set<ReceiptFailure>();
  const require = (holds: boolean, failure: ReceiptFailure) => void (holds || failures.add(failure));
  require(answer.requestHash === documentHash(request) && answer.recordingId === request.recordingId, 'other-request');
  require(answer.noticeHash === textHash(proof.noticeText), 'other-notice');
  require(isNoticeOf(proof), 'notice-not-of-request');
  if (proof.answerSignature === null) require(isSilence(answer), 'person-signature');
  else require(verify(personKey, 'consentAnswer', answer, proof.answerSignature), 'person-signature');
  if (hostSignature === null) failures.add('no-host-signature');
  else require(verify(request.controllerKey, 'consentReceipt', answer, hostSignature), 'host-signature');
  for (const { withdrawal, signature, erasure } of proof.withdrawals) {
    require(isOfAnswer(withdrawal, answer), 'other-withdrawal');
    require(verify(personKey, 'consentWithdrawal', withdrawal, signature), 'withdrawal-signature');
    if (erasure === null) continue;
    if (erasure.proof === null) {
      require(verify(request.controllerKey, 'withdrawalDone', withdrawal, erasure.signature), 'erasure-signature');
    } else {
      require(verify(request.controllerKey, 'erasureProof', erasure.proof, erasure.signature), 'erasure-signature');
      require(isOfAnswer(erasure.proof, answer) && isErasureOf(erasure.proof, withdrawal), 'other-erasure');
    }
  }
  return [...failures];
}

interface OfRecording {
  readonly recordingId: string;
  readonly participantId: string;
}

const isOfAnswer = (one: OfRecording, answer: OfRecording) =>
  one.recordingId === answer.recordingId && one.participantId === answer.participantId;

/** Of exactly this withdrawal, in its scope, and of no fewer kinds. */
const isErasureOf = (proof: ErasureProof, withdrawal: ConsentWithdrawal) =>
  proof.withdrawalHash === documentHash(withdrawal) &&
  proof.scope === (withdrawal.scope ?? 'everything') &&
  withdrawal.kinds.every((kind) => proof.kinds.includes(kind));

/** What a host may say alone: that no answer came, which is a No. */
const isSilence = ({ given, decisions }: ReceiptProof['answer']) =>
  given === 'none' && !Object.values(decisions).includes(true);

/** Of a wording this program does not know, its hash has to do. */
function isNoticeOf({ request, answer, noticeText }: ReceiptProof): boolean {
  const known = noticeTextOf(answer.noticeVersion, request, answer.noticeLanguage);
  return known === null || known === noticeText;
}

function isFileOf(proof: ReceiptProof, text: string): boolean {
  try {
    return receiptFile(proof) === text;
  } catch {
    // A time that no date can hold.
    return false;
  }
}

function decoded(file: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    return null;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
