import { readFileSync, statSync } from 'node:fs';
import { termsOf, type AnswerOrigin, type ConsentPolicy } from '../../common/consent/models';
import { purposeOf } from '../../common/consent/purposeTemplates';
import type { ReceiptProof } from '../../common/consent/receiptDocument';
import { standing, takenBack } from '../../common/consent/standing';
import { deleteAfter } from '../../common/recording/retention';
import { verifyReceipt, type ReceiptFailure } from '../../main/privacy/receipts/verifyReceipt';
import { looksLikeLetter } from '../../main/recording/letters/verifyProofLetter';
import { verifySignature } from '../../main/sessions/identity';
import { checkProofLetter } from './verifyProofLetter';

/** Receipts have some ten kilobytes. */
const maxBytes = 1_000_000;

/**
 * Checks a receipt, or a confirmation of deletion, and says in plain words what it proves or what is wrong with it. Reads this one file and nothing
 * else. Throws what reading throws.
 */
export function checkReceiptFile(path: string): { readonly valid: boolean; readonly lines: readonly string[] } {
  if (statSync(path).size > maxBytes) return { valid: false, lines: ['NOT VALID', `- ${reasons['not-a-receipt']}`] };
  const file = readFileSync(path);
  if (looksLikeLetter(file.toString('utf8'))) return checkProofLetter(file.toString('utf8'));
  const verdict = verifyReceipt(file, verifySignature);
  if (verdict.valid) return { valid: true, lines: ['valid', ...facts(verdict.proof)] };
  return { valid: false, lines: ['NOT VALID', ...verdict.failures.map((failure) => `- ${reasons[failure]}`)] };
}

const reasons: Readonly<Record<ReceiptFailure, string>> = {
  'not-a-receipt': 'This is not a receipt of Konklave, or parts of it are missing or malformed.',
  'unknown-version': 'This receipt was written by a newer version of Konklave.',
  'other-request': 'The request in the file is not the one that was answered.',
  'other-notice': 'The notice text is not the one whose hash was signed.',
  'notice-not-of-request': 'The notice text does not say what the request says.',
  'person-signature': "The person's signature does not fit the answer.",
  'host-signature': "The host's signature does not fit the answer.",
  'no-host-signature': 'The host has not signed this answer.',
  'other-withdrawal': 'A withdrawal in the file belongs to another receipt.',
  'withdrawal-signature': "The person's signature does not fit a withdrawal.",
  'erasure-signature': "The host's signature does not fit the confirmation of an erasure.",
  'other-erasure': 'The confirmation of an erasure is about another withdrawal, or about less than was taken back.',
  'record-differs': 'What the file says is not what was signed, or the file was written anew in another form.',
};

const origins: Readonly<Record<AnswerOrigin, string>> = {
  asked: 'when asked',
  later: 'later, of their own accord, after an earlier answer',
  beforehand: 'chosen before the meeting and confirmed on entering',
  'same-terms': 'not asked again: the answer given before to exactly the same question in the same meeting',
  'own-setting': 'a no, because the person has set that they are never recorded',
  'time-ran-out': 'no answer in time, which is a no',
  left: 'left without an answer, which is a no',
  stopped: 'the recording ended without an answer, which is a no',
  none: 'the host alone says that no answer came, which is a no',
};

const policies: Readonly<Record<ConsentPolicy, string>> = {
  'those-who-agree': 'those who agree are recorded',
  everybody: 'recorded only while everybody present agrees',
};

const time = (timestamp: number) => new Date(timestamp).toISOString();

function facts(proof: ReceiptProof): readonly string[] {
  const { request, answer, answerSignature, personKey, withdrawals } = proof;
  const { kinds, policy, clipRetentionDays } = termsOf(request);
  const stands = standing(answer.decisions, takenBack(withdrawals.map(({ withdrawal }) => withdrawal)));
  const contact = request.controllerContact === '' ? '' : `, ${request.controllerContact}`;
  const clips =
    clipRetentionDays === null
      ? ''
      : `; consent clip ${clipRetentionDays} days, until ${time(deleteAfter(request.requestedAt, clipRetentionDays))}`;
  return [
    `Person:    ${answer.participantName}, key ${personKey}`,
    `Host:      ${request.controllerName}${contact}, key ${request.controllerKey}`,
    `Purpose:   ${purposeOf(request, answer.noticeLanguage)}`,
    `Policy:    ${policies[policy]}`,
    `Asked:     ${time(request.requestedAt)}`,
    `Answered:  ${time(answer.answeredAt)}, ${origins[answer.given ?? 'asked']}`,
    ...kinds.map(
      (kind) => `  ${kind}: ${answer.decisions[kind] === true ? 'yes' : 'no'}, stands: ${stands[kind] ?? 'no'}`,
    ),
    ...withdrawals.flatMap(withdrawalFacts),
    `Retention: ${request.retentionDays} days, until ${time(deleteAfter(request.requestedAt, request.retentionDays))}${clips}`,
    `Notice:    version ${answer.noticeVersion}, language ${answer.noticeLanguage}, SHA-256 ${Buffer.from(answer.noticeHash, 'base64url').toString('hex')}`,
    answerSignature === null
      ? 'Only the host signed this: it proves what the host says, not that the person was there. Whose key it is, this cannot tell.'
      : 'Both keys signed this. Whose keys they are, this cannot tell.',
  ];
}

function withdrawalFacts({ withdrawal, erasure }: ReceiptProof['withdrawals'][number]): readonly string[] {
  const scope = withdrawal.scope ?? 'everything';
  const what = { everything: 'everything recorded of them', future: 'from then on' }[scope];
  const told = `Withdrawn: ${time(withdrawal.withdrawnAt)} (${withdrawal.kinds.join(', ')}), ${what}`;
  if (erasure === null) return [`${told}, not confirmed by the host`];
  if (erasure.proof === null) return [`${told}, erasure confirmed by the host without a time`];
  const { erasedAt, tracks, chatLines, exports, kinds } = erasure.proof;
  const done =
    scope === 'future'
      ? `stopped, says the host; what there was before stays (${kinds.join(', ')})`
      : `says the host: ${tracks} files without keys, ${chatLines} chat lines deleted (${kinds.join(', ')})`;
  const copies =
    exports.length === 0
      ? 'no copies had been exported'
      : `copies exported before, which this does not reach: ${exports.map(time).join(', ')}`;
  return [told, `  ${scope === 'future' ? 'Done:  ' : 'Erased:'} ${time(erasedAt)}, ${done}; ${copies}`];
}
