import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  AnswerOrigin,
  ConsentAnswer,
  ConsentRequest,
  ConsentWithdrawal,
  Decisions,
  ErasureProof,
  WithdrawalScope,
} from '../../common/consent/models';
import { noticeText, noticeTextOf } from '../../common/consent/noticeText';
import { receiptDocument, type ReceiptProof } from '../../common/consent/receiptDocument';
import { kantaraReceipt } from '../../main/privacy/receipts/kantaraReceipt';
import { receiptFile, receiptProof } from '../../main/privacy/receipts/receiptFile';
import { verifyReceipt } from '../../main/privacy/receipts/verifyReceipt';
import { countersign, signAnswer, unansweredReceipt } from '../../main/recording/signedConsent';
import { createSigner, verifySignature } from '../../main/sessions/identity';
import { documentHash, textHash as hashOf } from '../../main/vault/documentHash';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { checkReceiptFile } from '../../scripts/tools/verifyReceipt';

const newId = () => randomBytes(16).toString('base64url');

function identity() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return createSigner({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64url'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  });
}

const [hanna, gustav, mallory] = [identity(), identity(), identity()];
const now = Date.UTC(2026, 2, 5, 13, 30);
const person = { id: newId(), name: 'Gustav Öztürk', identityKey: gustav.publicKey };
const request: ConsentRequest = {
  ...{ recordingId: newId(), meetingId: newId(), controllerName: 'Hanna', controllerContact: 'hanna@example.org' },
  ...{ controllerKey: hanna.publicKey, purpose: 'Protokoll „Straße“', retentionDays: 14, requestedAt: now - 60_000 },
  terms: {
    ...{ kinds: ['audio', 'video', 'chat'], policy: 'those-who-agree', template: null, answerSeconds: 120 },
    ...{ clipRetentionDays: null, pauseForDecliners: false },
  },
};

interface Story {
  readonly withdrawn?: WithdrawalScope;
  /** What the host's proof says otherwise than it should. */
  readonly proof?: Partial<ErasureProof>;
  readonly asked?: ConsentRequest;
  readonly origin?: AnswerOrigin;
}

/** A receipt as both sides have it, by the code that makes them in a meeting. */
function proofOf(decisions: Decisions, { withdrawn, proof, asked = request, origin = 'asked' }: Story = {}) {
  const environment = { signer: () => gustav, now: () => now };
  const answered = signAnswer(environment, person, asked, { decisions, language: 'de', given: origin });
  const receipt = {
    ...answered,
    hostSignature: countersign({ signer: () => hanna }, answered.answer),
    ...{ takenAt: now, withdrawals: [] },
  };
  if (withdrawn === undefined) return receiptProof(receipt, () => null);
  const { recordingId } = asked;
  const withdrawal: ConsentWithdrawal = {
    ...{ recordingId, participantId: person.id, kinds: ['audio'], scope: withdrawn, withdrawnAt: now + 60_000 },
  };
  const signed = { withdrawal, signature: gustav.sign('consentWithdrawal', withdrawal) };
  const erasure = signedErasure({ ...erasureOf(withdrawal), ...proof });
  return receiptProof({ ...receipt, withdrawals: [signed] }, (signature) =>
    signature === signed.signature ? { proof: erasure.proof, hostSignature: erasure.signature } : null,
  );
}

function erasureOf({ recordingId, participantId, scope = 'everything', ...withdrawal }: ConsentWithdrawal) {
  const destroyed = scope === 'everything';
  return {
    ...{
      recordingId,
      participantId,
      withdrawalHash: documentHash({ recordingId, participantId, scope, ...withdrawal }),
    },
    ...{ kinds: withdrawal.kinds, scope, erasedAt: now + 90_000, tracks: destroyed ? 2 : 0 },
    ...{ chatLines: 0, exports: [now + 30_000] },
  } satisfies ErasureProof;
}

const signedErasure = (proof: ErasureProof) => ({ proof, signature: hanna.sign('erasureProof', proof) });

/** What a host keeps of somebody who never said anything. */
function silence(change: Partial<ConsentAnswer> = {}): ReceiptProof {
  const receipt = unansweredReceipt({ signer: () => hanna, now: () => now }, person, request, 'de');
  const answer = { ...receipt.answer, ...change };
  const hostSignature = countersign({ signer: () => hanna }, answer);
  return receiptProof({ ...receipt, answer, hostSignature, takenAt: now, withdrawals: [] }, () => null);
}

const given: Decisions = { audio: true, video: true, chat: false };
const none: Decisions = { audio: false, video: false, chat: false };
const bytes = (proof: ReceiptProof) => Buffer.from(receiptFile(proof), 'utf8');
const check = (proof: ReceiptProof) => verifyReceipt(bytes(proof), verifySignature);
const failing = (...failures: string[]) => ({ valid: false, failures });

describe('a receipt made by real keys', () => {
  test.each([
    ['given', proofOf(given)],
    ['refused', proofOf(none)],
    ['withdrawn and erased', proofOf(given, { withdrawn: 'everything' })],
    ['stopped from then on', proofOf(given, { withdrawn: 'future' })],
    ['never answered, says the host alone', silence()],
    ['from before there were terms', fromBefore()],
  ])('is valid: %s', (_, proof) => {
    expect(check(proof)).toEqual({ valid: true, proof });
  });

  test('tells what happened, in order', () => {
    const told = (proof: ReceiptProof) =>
      receiptDocument(proof)['dpv:hasRecordOfActivity']['dpv:hasConsentStatus'].map((event) => [
        event['konklave:event'],
        event['@type'],
        event['konklave:kinds'].join(' '),
      ]);
    const eventsOf = (proof: ReceiptProof) => receiptDocument(proof)['dpv:hasRecordOfActivity']['dpv:hasConsentStatus'];
    expect(told(proofOf(given, { withdrawn: 'everything' }))).toEqual([
      ['asked', 'dpv:ConsentRequested', 'audio video chat'],
      ['given', 'dpv:ConsentGiven', 'audio video'],
      ['refused', 'dpv:ConsentRefused', 'chat'],
      ['withdrawn', 'dpv:ConsentWithdrawn', 'audio'],
      ['erased', 'dpv:ConsentWithdrawn', 'audio'],
    ]);
    expect(told(proofOf(none)).map(([event]) => event)).toEqual(['asked', 'refused']);
    // Nothing was erased: it goes no further.
    expect(told(proofOf(given, { withdrawn: 'future' })).map(([event]) => event)).toEqual([
      ...['asked', 'given', 'refused', 'withdrawn'],
    ]);
    const [, yes, no, withdrawn, erased] = eventsOf(proofOf(given, { withdrawn: 'everything', origin: 'later' }));
    for (const event of [yes, no]) expect(event).toMatchObject({ 'konklave:given': 'later' });
    expect(withdrawn).toMatchObject({ 'konklave:scope': 'everything' });
    expect(erased).toMatchObject({
      'dpv:isIndicatedAtTime': new Date(now + 90_000).toISOString(),
      'dpv:isIndicatedBy': { '@id': `urn:konklave:identity:${hanna.publicKey}` },
    });
    expect(eventsOf(silence())[1]).toMatchObject({
      'konklave:event': 'refused',
      'konklave:given': 'none',
      'dpv:isIndicatedBy': { '@id': `urn:konklave:identity:${hanna.publicKey}` },
    });
  });

  test('holds the notice with its hash, language, purpose, retention, and the controller with contact', () => {
    const record = receiptDocument(proofOf(given))['dpv:hasRecordOfActivity'];
    expect(record['dpv:hasNotice']).toMatchObject({
      '@id': expect.stringMatching(/^ni:\/\/\/sha-256;[\w-]{43}$/),
      'dct:language': 'de',
      'dct:description': noticeText(request, 'de'),
    });
    expect(record['dpv:hasDataController']).toMatchObject({
      'dpv:hasName': 'Hanna',
      'dpv:hasContact': 'hanna@example.org',
    });
    expect(record['dpv:hasProcess'].map((one) => one['konklave:standing'])).toEqual(['yes', 'yes', 'no']);
    expect(JSON.stringify(record['dpv:hasProcess'])).toContain('"P14D"');
    expect(JSON.stringify(record['dpv:hasProcess'])).toContain('2026-03-19T13:29:00.000Z');
  });

  test('says for each kind that was asked for how it stands, and how long a clip stays', () => {
    const asked: ConsentRequest = {
      ...request,
      terms: { ...request.terms!, kinds: ['audio', 'screen', 'clip'], clipRetentionDays: 90 },
    };
    const story = { asked, withdrawn: 'future' } as const;
    const processes = receiptDocument(proofOf({ audio: true, screen: false, clip: true }, story))[
      'dpv:hasRecordOfActivity'
    ]['dpv:hasProcess'];
    expect(processes.map((one) => one['konklave:standing'])).toEqual(['stopped', 'no', 'yes']);
    expect(processes.map((one) => JSON.stringify(one).match(/P\d+D/)?.[0])).toEqual(['P14D', 'P14D', 'P90D']);
  });
});

/** As it was signed by a program that knew one fixed question, no proofs and no scopes. */
function fromBefore(): ReceiptProof {
  const { terms: _, ...asked } = request;
  const proof = proofOf(given, { asked, withdrawn: 'everything' });
  const { given: __, ...said } = proof.answer;
  const text = noticeTextOf(1, asked, 'de') ?? '';
  const answer = { ...said, noticeVersion: 1, noticeHash: hashOf(text) };
  const { scope: ___, ...withdrawal } = proof.withdrawals[0]!.withdrawal;
  return {
    ...{ ...proof, answer, noticeText: text, answerSignature: gustav.sign('consentAnswer', answer) },
    hostSignature: hanna.sign('consentReceipt', answer),
    withdrawals: [
      {
        ...{ withdrawal, signature: gustav.sign('consentWithdrawal', withdrawal) },
        erasure: { proof: null, signature: hanna.sign('withdrawalDone', withdrawal) },
      },
    ],
  };
}

describe('one changed byte', () => {
  const file = bytes(proofOf(given, { withdrawn: 'everything' }));

  test('anywhere is noticed, with the reason', () => {
    fc.assert(
      fc.property(fc.nat(file.byteLength - 1), fc.integer({ min: 1, max: 255 }), (position, difference) => {
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(position) ^ difference, position);
        const verdict = verifyReceipt(changed, verifySignature);
        expect(verdict).toMatchObject({ valid: false });
        expect(verdict.valid || verdict.failures.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  test('missing or added anywhere is noticed', () => {
    fc.assert(
      fc.property(fc.nat(file.byteLength), fc.option(fc.integer({ min: 0, max: 255 })), (position, added) => {
        const rest = file.subarray(added === null ? position + 1 : position);
        if (added === null && position === file.byteLength) return;
        const middle = added === null ? Buffer.alloc(0) : Buffer.from([added]);
        const changed = Buffer.concat([file.subarray(0, position), middle, rest]);
        expect(verifyReceipt(changed, verifySignature)).toMatchObject({ valid: false });
      }),
      { numRuns: 700 },
    );
  });

  test('a file in another form is not the receipt', () => {
    const again = JSON.stringify(JSON.parse(file.toString()), null, 2);
    expect(verifyReceipt(Buffer.from(again), verifySignature)).toEqual(failing('record-differs'));
  });
});

describe('a forgery is named', () => {
  const proof = proofOf(given, { withdrawn: 'everything' });
  const [first] = proof.withdrawals;
  const erased = first!.erasure!.proof!;
  const otherwise = (change: Partial<ErasureProof>) => proofOf(given, { withdrawn: 'everything', proof: change });

  test.each<[string, ReceiptProof, string[]]>([
    ['signatures swapped', swapped(proof), ['person-signature', 'host-signature']],
    ['another person', { ...proof, personKey: mallory.publicKey }, ['person-signature', 'withdrawal-signature']],
    [
      "the host's signature by another key",
      { ...proof, hostSignature: mallory.sign('consentReceipt', proof.answer) },
      ['host-signature'],
    ],
    [
      "the person's signature given for something else",
      { ...proof, answerSignature: gustav.sign('consentReceipt', proof.answer) },
      ['person-signature'],
    ],
    ['the host has not signed', { ...proof, hostSignature: null }, ['no-host-signature']],
    ['another notice', { ...proof, noticeText: `${proof.noticeText} ` }, ['other-notice', 'notice-not-of-request']],
    [
      'another purpose',
      { ...proof, request: { ...proof.request, purpose: 'Advertising' } },
      ['other-request', 'notice-not-of-request'],
    ],
    [
      'another controller',
      { ...proof, request: { ...proof.request, controllerKey: mallory.publicKey } },
      ['other-request', 'host-signature', 'erasure-signature'],
    ],
    [
      'a no turned into a yes',
      { ...proof, answer: { ...proof.answer, decisions: { ...given, chat: true } } },
      ['person-signature', 'host-signature'],
    ],
    [
      'a withdrawal of another kind',
      withWithdrawal({ withdrawal: { ...first!.withdrawal, kinds: ['video'] } }),
      ['withdrawal-signature', 'other-erasure'],
    ],
    [
      'an erasure that the person says was done',
      withWithdrawal({ erasure: { proof: erased, signature: gustav.sign('erasureProof', erased) } }),
      ['erasure-signature'],
    ],
    [
      'an erasure that another host says was done',
      withWithdrawal({ erasure: { proof: erased, signature: mallory.sign('erasureProof', erased) } }),
      ['erasure-signature'],
    ],
    [
      'an erasure of fewer exports than the host signed',
      withWithdrawal({ erasure: { ...first!.erasure!, proof: { ...erased, exports: [] } } }),
      ['erasure-signature'],
    ],
    [
      "the host's countersignature instead of a proof",
      withWithdrawal({ erasure: { proof: erased, signature: hanna.sign('consentReceipt', erased) } }),
      ['erasure-signature'],
    ],
    ['an erasure of another kind', otherwise({ kinds: ['video'] }), ['other-erasure']],
    ['an erasure that was only a stop', otherwise({ scope: 'future' }), ['other-erasure']],
    ['an erasure for another withdrawal', otherwise({ withdrawalHash: hashOf('else') }), ['other-erasure']],
    ['an erasure of another person', otherwise({ participantId: newId() }), ['other-erasure']],
    ['an erasure of another recording', otherwise({ recordingId: newId() }), ['other-erasure']],
    [
      'an old confirmation that is not over this withdrawal',
      withWithdrawal({ erasure: { proof: null, signature: hanna.sign('withdrawalDone', erased) } }),
      ['erasure-signature'],
    ],
    ['a withdrawal of another recording', withElsewhere(), ['other-withdrawal', 'other-erasure']],
    ['a yes that the host alone says was given', silence({ decisions: given }), ['person-signature']],
    ['a no that the host alone says was pressed', silence({ given: 'asked' }), ['person-signature']],
    [
      'how the answer came about told otherwise',
      { ...proof, answer: { ...proof.answer, given: 'later' } },
      ['person-signature', 'host-signature'],
    ],
    [
      'asked for less than it says',
      { ...proof, request: { ...proof.request, terms: { ...request.terms!, policy: 'everybody' } } },
      ['other-request', 'notice-not-of-request'],
    ],
  ])('%s', (_, forged, failures) => {
    expect(check(forged)).toEqual(failing(...failures));
  });

  test('a notice that both signed and that is not of the request', () => {
    const text = `${proof.noticeText}\n\nUnd was nicht darin stand.`;
    const answer = { ...proof.answer, noticeHash: hashOf(text) };
    const forged = {
      ...{ ...proof, noticeText: text, answer, withdrawals: [] },
      ...{ answerSignature: gustav.sign('consentAnswer', answer), hostSignature: hanna.sign('consentReceipt', answer) },
    };
    expect(check(forged)).toEqual(failing('notice-not-of-request'));
  });

  test('a record that says something else than what was signed', () => {
    const document = { ...receiptDocument(proof), 'dct:created': '2020-01-01T00:00:00.000Z' };
    expect(verifyReceipt(Buffer.from(JSON.stringify(document)), verifySignature)).toEqual(failing('record-differs'));
  });

  test('what is no receipt, and one of a newer program', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{}',
      '{"konklave:version":1}',
      '{"konklave:version":2}',
      '\ufeff{}',
    ]) {
      expect(verifyReceipt(Buffer.from(text), verifySignature)).toEqual(failing('not-a-receipt'));
    }
    const newer = JSON.stringify({ ...receiptDocument(proof), 'konklave:version': 3 });
    expect(verifyReceipt(Buffer.from(newer), verifySignature)).toEqual(failing('unknown-version'));
  });

  test('times that no date can hold are refused without an error', () => {
    const file = JSON.parse(receiptFile(proof)) as { 'konklave:proof': { answer: { answeredAt: number } } };
    file['konklave:proof'].answer.answeredAt = Number.MAX_SAFE_INTEGER;
    expect(verifyReceipt(Buffer.from(JSON.stringify(file)), verifySignature)).toMatchObject({ valid: false });
  });

  function swapped(one: ReceiptProof): ReceiptProof {
    return { ...one, answerSignature: one.hostSignature!, hostSignature: one.answerSignature };
  }
  function withWithdrawal(change: Partial<ReceiptProof['withdrawals'][number]>): ReceiptProof {
    return { ...proof, withdrawals: [{ ...first!, ...change }] };
  }
  function withElsewhere(): ReceiptProof {
    const withdrawal = { ...first!.withdrawal, recordingId: newId() };
    return withWithdrawal({ withdrawal, signature: gustav.sign('consentWithdrawal', withdrawal) });
  }
});

describe('the Kantara export', () => {
  test('names controller, person, purpose, kinds that stand, and the end', () => {
    expect(kantaraReceipt(proofOf(given, { withdrawn: 'everything' }))).toMatchObject({
      version: 'KI-CR-v1.1.0',
      consentTimestamp: now / 1000,
      consentReceiptID: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      publicKey: hanna.publicKey,
      language: 'de',
      piiPrincipalId: gustav.publicKey,
      piiControllers: [{ piiController: 'Hanna', contact: 'hanna@example.org', email: 'hanna@example.org' }],
      services: [
        {
          purposes: [
            {
              ...{ purpose: request.purpose, consentType: 'EXPLICIT', piiCategory: ['Picture'] },
              ...{ termination: '2026-03-19T13:29:00.000Z', thirdPartyDisclosure: false },
            },
          ],
        },
      ],
      sensitive: false,
    });
  });

  test('has nothing to say of a refusal', () => {
    expect(kantaraReceipt(proofOf(none))).toBeNull();
  });
});

describe('npm run verify-receipt', () => {
  const saved = (content: Uint8Array) => {
    const path = join(temporaryFolder(), 'receipt.jsonld');
    writeFileSync(path, content);
    return path;
  };

  test('says who agreed to what and when', () => {
    const { valid, lines } = checkReceiptFile(saved(bytes(proofOf(given, { withdrawn: 'everything' }))));
    expect(valid).toBe(true);
    const text = lines.join('\n');
    for (const part of ['valid', person.name, gustav.publicKey, 'Hanna', request.purpose, '2026-03-05T13:30:00.000Z']) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/audio: yes, stands: withdrawn\n.*video: yes, stands: yes\n.*chat: no, stands: no/);
    expect(text).toContain('Answered:  2026-03-05T13:30:00.000Z, when asked');
    expect(text).toContain('Withdrawn: 2026-03-05T13:31:00.000Z (audio), everything recorded of them');
    expect(text).toContain(
      'Erased: 2026-03-05T13:31:30.000Z, says the host: 2 files without keys, 0 chat lines deleted',
    );
    expect(text).toContain('copies exported before, which this does not reach: 2026-03-05T13:30:30.000Z');
    expect(text).toContain('Both keys signed this.');
  });

  test('says that what was there stays when only the future was taken back, and that silence is told by the host', () => {
    const future = checkReceiptFile(saved(bytes(proofOf(given, { withdrawn: 'future', proof: { exports: [] } }))));
    const text = future.lines.join('\n');
    expect(text).toContain('audio: yes, stands: stopped');
    expect(text).toContain('(audio), from then on');
    expect(text).toContain('what there was before stays (audio); no copies had been exported');
    const quiet = checkReceiptFile(saved(bytes(silence()))).lines.join('\n');
    expect(quiet).toContain('the host alone says that no answer came');
    expect(quiet).toContain('Only the host signed this');
    expect(quiet).not.toContain('Both keys');
  });

  test.each<[AnswerOrigin, string]>([
    ['later', 'of their own accord'],
    ['beforehand', 'before the meeting'],
    ['same-terms', 'not asked again'],
    ['time-ran-out', 'no answer in time'],
    ['left', 'left without an answer'],
    ['stopped', 'the recording ended without'],
  ])('says how an answer came about: %s', (origin, words) => {
    expect(checkReceiptFile(saved(bytes(proofOf(none, { origin })))).lines.join('\n')).toContain(words);
  });

  test('says what is wrong', () => {
    const forged = { ...proofOf(given), hostSignature: null };
    expect(checkReceiptFile(saved(bytes(forged)))).toEqual({
      valid: false,
      lines: ['NOT VALID', '- The host has not signed this answer.'],
    });
  });

  test('ends with 0 for a valid receipt, with 1 for another and for no file', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/verify-receipt.mjs', ...args], { encoding: 'utf8' });
    const valid = run(saved(bytes(proofOf(given))));
    expect([valid.status, valid.stdout.split('\n')[0]]).toEqual([0, 'valid']);
    const forged = run(saved(bytes({ ...proofOf(given), hostSignature: null })));
    expect([forged.status, forged.stdout.split('\n')[0]]).toEqual([1, 'NOT VALID']);
    const missing = run(join(temporaryFolder(), 'none'));
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')]);
    expect(run().status).toBe(1);
  });
});
