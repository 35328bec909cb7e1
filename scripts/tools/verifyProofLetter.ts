import type { ProofLetter } from '../../common/consent/letters';
import { verifyProofLetter, type ProofLetterFailure } from '../../main/recording/letters/verifyProofLetter';
import { verifySignature } from '../../main/sessions/identity';

/** Checks a confirmation of deletion (a file, or the text of an e-mail) and says in plain words what it proves. */
export function checkProofLetter(text: string): { readonly valid: boolean; readonly lines: readonly string[] } {
  const verdict = verifyProofLetter(text, verifySignature);
  if (verdict.valid) return { valid: true, lines: ['valid', ...facts(verdict.letter)] };
  return { valid: false, lines: ['NOT VALID', ...verdict.failures.map((failure) => `- ${reasons[failure]}`)] };
}

const reasons: Readonly<Record<ProofLetterFailure, string>> = {
  'person-signature': "The person's signature does not fit a withdrawal.",
  'host-signature': "The host's signature does not fit a confirmation.",
  'other-withdrawal': 'A confirmation is about another withdrawal than the one beside it.',
  'other-recording': 'Its parts are about different recordings or people.',
  'other-scope': 'It confirms less than was taken back.',
  damaged: 'This is not a confirmation of deletion, or it was damaged or written anew in another form.',
  'newer-version': 'This was written by a newer version of Konklave.',
};

function facts({ personKey, hostKey, recordingId, erasures }: ProofLetter): readonly string[] {
  const time = (timestamp: number) => new Date(timestamp).toISOString();
  return [
    'Confirmation of deletion',
    `Person:    key ${personKey}`,
    `Host:      key ${hostKey}`,
    `Recording: ${recordingId}`,
    ...erasures.flatMap(({ withdrawal, proof }) => [
      `Withdrawn: ${time(withdrawal.withdrawnAt)} (${withdrawal.kinds.join(', ')})`,
      proof.scope === 'future'
        ? `  ended: ${time(proof.erasedAt)}; what had been recorded by then stays`
        : `  destroyed: ${time(proof.erasedAt)}; ${proof.tracks} files, ${proof.chatLines} chat lines`,
      ...(proof.exports.length === 0 ? [] : [`  out of reach: copies exported ${proof.exports.map(time).join(', ')}`]),
    ]),
    'Both keys signed this. Whose keys they are, the receipt of this recording tells.',
  ];
}
