import { expect, test } from 'vitest';
import type { ProofLetter, WithdrawalLetter } from '../../common/consent/letters';
import { proofMail, withdrawalMail } from '../../main/recording/letters/letterMail';
import { wordsOf } from '../support/words';

const facts = { personName: 'Gustav', controllerName: 'Hanna', meetingTitle: 'Jour fixe', askedAt: 0 };
const head = { format: 'konklave-letter', version: 1, recordingId: 'R', personKey: 'p' } as const;
const withdrawal = { recordingId: 'R', participantId: 'P', kinds: ['audio' as const], withdrawnAt: 0 };
const asked: WithdrawalLetter = { ...head, type: 'withdrawal', withdrawals: [{ withdrawal, signature: 's' }] };
const proof: ProofLetter = {
  ...{ ...head, type: 'erasure-proof', hostKey: 'h' },
  erasures: [
    {
      ...{ withdrawal, withdrawalSignature: 's', signature: 's' },
      proof: {
        ...{ recordingId: 'R', participantId: 'P', withdrawalHash: 'h', kinds: ['audio'], scope: 'everything' },
        ...{ erasedAt: 0, tracks: 0, chatLines: 0, exports: [0, 1, 86_400_000] },
      },
    },
  ],
};

test.each(['de', 'en'] as const)('%s: the e-mails send people to buttons that are called so', (language) => {
  const t = wordsOf(language);
  const toHost = withdrawalMail(asked, facts, language);
  for (const label of [t('recordings.nav'), t('letters.read')])
    expect(toHost).toMatch(new RegExp(`[„“]${label}[“”]`, 'u'));
  const toPerson = proofMail(proof, facts, language);
  for (const label of [t('consents.nav'), t('letters.read')])
    expect(toPerson).toMatch(new RegExp(`[„“]${label}[“”]`, 'u'));
});

test('the proof says that nothing was stored, and names each day of an export once', () => {
  expect(proofMail(proof, facts, 'de')).toContain('am 1. Januar 1970 und 2. Januar 1970');
  expect(proofMail(proof, facts, 'de')).toContain('Ton (gespeichert war davon nichts).');
});

test('no line begins or ends with a space, or is what a mail program would take for its own', () => {
  for (const mail of [withdrawalMail(asked, facts, 'de'), proofMail(proof, facts, 'en')]) {
    for (const line of mail.split('\n')) expect(line).not.toMatch(/^ | $|^>|^From /u);
  }
});
