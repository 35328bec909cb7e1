import { letterFormat, type ProofLetter } from '../../../common/consent/letters';
import { DomainError, type ErrorCode } from '../../../common/errors';
import type { VerifySignature } from '../../../common/meeting/meetingChannel';
import { documentHash } from '../documents';
import { letterText, readLetters } from './readLetters';

/** Why a confirmation of deletion is not valid. */
export type ProofLetterFailure =
  | 'person-signature'
  | 'host-signature'
  /** The proof is about another withdrawal than the one beside it. */
  | 'other-withdrawal'
  /** A part of it is of another recording than the letter says. */
  | 'other-recording'
  /** It says less was done than the person asked for. */
  | 'other-scope'
  /** Not a whole confirmation, or not in the bytes in which it was written. */
  | 'damaged'
  | 'newer-version';

export type ProofLetterVerdict =
  | { readonly valid: true; readonly letter: ProofLetter }
  | { readonly valid: false; readonly failures: readonly ProofLetterFailure[] };

const mark = 'KONKLAVE LETTER';

/** Whether this is a letter between two people, or the text of an e-mail with one, rather than a receipt. */
export function looksLikeLetter(text: string): boolean {
  return text.includes(`"${letterFormat}"`) || text.includes(mark);
}

/**
 * Checks a confirmation of deletion, as a file or as the text of an e-mail, with nothing but itself: the person's key signed each
 * withdrawal, and the host's key signed about exactly that withdrawal that it was carried out. All failures are named.
 * Never throws.
 *
 * It proves that these two keys signed; that the host's key is that of whoever recorded is in the receipt.
 */
export function verifyProofLetter(text: string, verify: VerifySignature): ProofLetterVerdict {
  const read = letterOf(text);
  if (typeof read === 'string') {
    return { valid: false, failures: [read === 'letter/newer-version' ? 'newer-version' : 'damaged'] };
  }
  const failures = new Set<ProofLetterFailure>();
  const require = (holds: boolean, failure: ProofLetterFailure) => void (holds || failures.add(failure));
  const { recordingId, personKey, hostKey } = read;
  for (const { withdrawal, withdrawalSignature, proof, signature } of read.erasures) {
    require(verify(personKey, 'consentWithdrawal', withdrawal, withdrawalSignature), 'person-signature');
    require(verify(hostKey, 'erasureProof', proof, signature), 'host-signature');
    require(proof.withdrawalHash === documentHash(withdrawal), 'other-withdrawal');
    require(proof.recordingId === recordingId && withdrawal.recordingId === recordingId, 'other-recording');
    require(proof.participantId === withdrawal.participantId, 'other-recording');
    require(proof.scope === (withdrawal.scope ?? 'everything') &&
      withdrawal.kinds.every((kind) => proof.kinds.includes(kind)), 'other-scope');
  }
  return failures.size === 0 ? { valid: true, letter: read } : { valid: false, failures: [...failures] };
}

function letterOf(text: string): ProofLetter | ErrorCode {
  try {
    const letters = readLetters(text);
    const letter = letters.find((one) => !(one instanceof DomainError) && one.type === 'erasure-proof');
    if (letter === undefined || letter instanceof DomainError || letter.type !== 'erasure-proof') {
      return letters.find((one) => one instanceof DomainError)?.code ?? 'letter/none';
    }
    // A file is the letter and nothing else; of an e-mail the block tells by its checksum.
    return text.includes(mark) || letterText(letter) === text ? letter : 'letter/damaged';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'letter/none';
  }
}
