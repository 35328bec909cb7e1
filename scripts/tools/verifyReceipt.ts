import { readFileSync, statSync } from 'node:fs';
import { recordingKinds } from '../../common/consent/models';
import type { ReceiptProof } from '../../common/consent/receiptDocument';
import { standing } from '../../common/consent/standing';
import { deleteAfter } from '../../common/recording/retention';
import { verifyReceipt, type ReceiptFailure } from '../../main/privacy/receipts/verifyReceipt';
import { verifySignature } from '../../main/sessions/identity';

/** Receipts have some ten kilobytes. */
const maxBytes = 1_000_000;

/**
 * Checks a receipt file and says in plain words what it proves or what is wrong with it. Reads this one file and nothing
 * else. Throws what reading throws.
 */
export function checkReceiptFile(path: string): { readonly valid: boolean; readonly lines: readonly string[] } {
  if (statSync(path).size > maxBytes) return { valid: false, lines: ['NOT VALID', `- ${reasons['not-a-receipt']}`] };
  const verdict = verifyReceipt(readFileSync(path), verifySignature);
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
  'record-differs': 'What the file says is not what was signed, or the file was written anew in another form.',
};

function facts({ request, answer, personKey, withdrawals }: ReceiptProof): readonly string[] {
  const time = (timestamp: number) => new Date(timestamp).toISOString();
  const status = standing(
    answer.decisions,
    withdrawals.flatMap(({ withdrawal }) => withdrawal.kinds),
  );
  const contact = request.controllerContact === '' ? '' : `, ${request.controllerContact}`;
  return [
    `Person:    ${answer.participantName}, key ${personKey}`,
    `Host:      ${request.controllerName}${contact}, key ${request.controllerKey}`,
    `Purpose:   ${request.purpose}`,
    `Asked:     ${time(request.requestedAt)}`,
    `Answered:  ${time(answer.answeredAt)}`,
    ...recordingKinds.map((kind) => `  ${kind}: ${answer.decisions[kind] ? 'yes' : 'no'}, stands: ${status[kind]}`),
    ...withdrawals.map(
      ({ withdrawal: { kinds, withdrawnAt }, erasureSignature }) =>
        `Withdrawn: ${time(withdrawnAt)} (${kinds.join(', ')}), erasure ${erasureSignature === null ? 'not confirmed' : 'confirmed by the host'}`,
    ),
    `Retention: ${request.retentionDays} days, until ${time(deleteAfter(request.requestedAt, request.retentionDays))}`,
    `Notice:    version ${answer.noticeVersion}, language ${answer.noticeLanguage}, SHA-256 ${Buffer.from(answer.noticeHash, 'base64url').toString('hex')}`,
    'Both keys signed this. Whose keys they are, this cannot tell.',
  ];
}
