import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProofLetter } from '../../common/consent/letters';
import type { ConsentWithdrawal, ErasureProof } from '../../common/consent/models';
import { verifySignature } from '../../main/sessions/identity';
import { documentHash } from '../../main/recording/documents';
import { testSigner } from '../../main/recording/testing/testIdentity';
import { armoured } from '../../main/documents/armour';
import { letterText } from '../../main/recording/letters/readLetters';
import { verifyProofLetter } from '../../main/recording/letters/verifyProofLetter';

const [host, person, stranger] = [testSigner(), testSigner(), testSigner()];
const [recordingId, participantId] = ['R'.repeat(22), 'P'.repeat(22)];

function letter(): ProofLetter {
  const withdrawal: ConsentWithdrawal = {
    ...{ recordingId, participantId, kinds: ['audio', 'chat'], scope: 'everything', withdrawnAt: 5 },
  };
  const proof: ErasureProof = {
    ...{ recordingId, participantId, withdrawalHash: documentHash(withdrawal), kinds: ['audio', 'chat'] },
    ...{ scope: 'everything', erasedAt: 6, tracks: 2, chatLines: 3, exports: [4] },
  };
  return {
    ...{ format: 'konklave-letter', version: 1, type: 'erasure-proof', recordingId },
    ...{ personKey: person.publicKey, hostKey: host.publicKey },
    erasures: [
      {
        ...{ withdrawal, withdrawalSignature: person.sign('consentWithdrawal', withdrawal) },
        ...{ proof, signature: host.sign('erasureProof', proof) },
      },
    ],
  };
}

const good = letter();
const [first] = good.erasures;
const check = (text: string) => verifyProofLetter(text, verifySignature);
const withFirst = (change: object) => ({ ...good, erasures: [{ ...first!, ...change }] }) as ProofLetter;
function proving(change: object) {
  const proof = { ...first!.proof, ...change };
  return withFirst({ proof, signature: host.sign('erasureProof', proof) });
}

describe('a confirmation of deletion', () => {
  test('is valid as a file, and as an e-mail with text around it', () => {
    expect(check(letterText(good))).toEqual({ valid: true, letter: good });
    const mail = `Dear Gustav,\n\n${armoured(letterText(good)).replaceAll(/^/gm, '> ')}\n\nHanna`;
    expect(check(mail)).toEqual({ valid: true, letter: good });
  });

  test.each<[string, ProofLetter, string[]]>([
    ['the person’s key is another', { ...good, personKey: stranger.publicKey }, ['person-signature']],
    ['the host’s key is another', { ...good, hostKey: stranger.publicKey }, ['host-signature']],
    [
      'the signatures are swapped',
      withFirst({ withdrawalSignature: first!.signature, signature: first!.withdrawalSignature }),
      ['person-signature', 'host-signature'],
    ],
    ['another withdrawal', proving({ withdrawalHash: documentHash({}) }), ['other-withdrawal']],
    ['another recording', proving({ recordingId: 'S'.repeat(22) }), ['other-recording']],
    ['another person', proving({ participantId: 'S'.repeat(22) }), ['other-recording']],
    ['less', proving({ kinds: ['audio'] }), ['other-scope']],
    ['ended alone', proving({ scope: 'future' }), ['other-scope']],
    ['a newer version', { ...good, version: 2 } as unknown as ProofLetter, ['newer-version']],
  ])('is not when it has %s', (_, forged, failures) => {
    expect(check(letterText(forged))).toEqual({ valid: false, failures });
  });

  test('with one byte changed, missing or added anywhere is not valid', () => {
    const text = letterText(good);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom('', ' ', '\ufeff', '0', '}', 'é'),
        fc.boolean(),
        (at, put, add) => {
          const changed = text.slice(0, at) + put + text.slice(add ? at : at + 1);
          expect(check(changed).valid).toBe(changed === text);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('is no withdrawal, and nothing else', () => {
    const { erasures: _gone, hostKey: _too, ...rest } = good;
    const { withdrawal, withdrawalSignature: signature } = first!;
    const asked = { ...rest, type: 'withdrawal', withdrawals: [{ withdrawal, signature }] } as unknown as ProofLetter;
    for (const text of [letterText(asked), '', '{}', 'KONKLAVE LETTER']) {
      expect(check(text)).toEqual({ valid: false, failures: ['damaged'] });
    }
  });
});
