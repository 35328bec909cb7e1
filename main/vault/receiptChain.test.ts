import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ConsentWithdrawal, ErasureProof } from '../../common/consent/models';
import { createDatabase, openDatabase, type Database } from './database';
import { migrations } from './migrations';
import { initial } from './migrations/0001-initial';
import type { StoredReceipt } from './repositories';
import { createConfirmationRepository } from './repositories/confirmations';
import { createReceiptRepository } from './repositories/receipts';
import { newId, temporaryFolder } from './testing/vaultFixture';

function receiptOf(name: string, yes: boolean): Omit<StoredReceipt, 'withdrawals' | 'takenAt'> {
  const [recordingId, participantId] = [newId(), newId()];
  return {
    ...{ recordingId, participantId, identityKey: `key of ${name}`, name },
    request: {
      ...{ recordingId, meetingId: newId(), controllerName: 'Ada', controllerContact: 'ada@example.org' },
      ...{ controllerKey: 'k', purpose: 'Protokoll „Straße“', retentionDays: 14, requestedAt: 5 },
    },
    answer: {
      ...{ recordingId, participantId, participantName: name, requestHash: 'r', noticeHash: 'n', noticeVersion: 1 },
      ...{ noticeLanguage: 'de', decisions: { audio: yes, video: false, chat: yes }, answeredAt: 6 },
    },
    ...{ answerSignature: 's', hostSignature: null, noticeText: 'Wir nehmen auf.\n§ 201' },
  };
}

const withdrawalOf = ({
  recordingId,
  participantId,
}: Omit<StoredReceipt, 'withdrawals' | 'takenAt'>): ConsentWithdrawal => ({
  ...{ recordingId, participantId, kinds: ['audio'], withdrawnAt: 7 },
});

const [bob, carol, dora] = [receiptOf('Bob', true), receiptOf('Carol', false), receiptOf('Dora', true)];
const refer = ({ recordingId, participantId }: typeof bob) => ({ recordingId, participantId });

let database: Database;
const receiptsOf = (of: Database) =>
  createReceiptRepository(
    of,
    { now: (deletion) => of.transaction(deletion), mark: () => undefined },
    { add: () => undefined },
    () => 1_000,
  );
const fill = () => {
  const receipts = receiptsOf(database);
  receipts.put(bob);
  receipts.put({ ...bob, hostSignature: 'h' });
  receipts.put({ ...bob, hostSignature: 'h' });
  receipts.put(carol);
  receipts.addWithdrawal(bob.recordingId, bob.participantId, withdrawalOf(bob), 'w');
  receipts.addWithdrawal(bob.recordingId, bob.participantId, withdrawalOf(bob), 'w');
  receipts.put(dora);
};
const findings = () => receiptsOf(database).verifyChain();
/** What somebody does who has the key of the database and knows nothing of the chain's purpose. */
const tamper = (sql: string) => {
  database.exec('DROP TRIGGER IF EXISTS receipt_chain_kept; DROP TRIGGER IF EXISTS receipt_chain_unchanged');
  database.exec('PRAGMA foreign_keys = OFF');
  database.exec(sql);
};
const open = (steps: typeof migrations) => {
  const [path, key] = [join(temporaryFolder(), 'some.db'), randomBytes(32)];
  const opened = createDatabase(path, key, steps);
  onTestFinished(() => opened.close());
  return { path, key, opened };
};
const swap = (table: string, column: string, one: number, other: number) =>
  `UPDATE ${table} SET ${column} = -1 WHERE ${column} = ${one};
   UPDATE ${table} SET ${column} = ${one} WHERE ${column} = ${other};
   UPDATE ${table} SET ${column} = ${other} WHERE ${column} = -1;`;

describe('a vault with receipts', () => {
  beforeEach(() => {
    database = open(migrations).opened;
    fill();
  });

  test('has one entry for each thing that happened, and nothing wrong', () => {
    const events = database.all<{ event: string; name: string }>(
      `SELECT event, name FROM receipt_chain JOIN receipts USING (recording_id, participant_id) ORDER BY sequence`,
    );
    expect(events.map(({ event, name }) => `${name} ${event}`)).toEqual([
      ...['Bob asked', 'Bob given', 'Bob countersigned', 'Carol asked', 'Carol refused', 'Bob withdrawn'],
      ...['Dora asked', 'Dora given'],
    ]);
    expect(findings()).toEqual([]);
  });

  test('lets nobody change or delete an entry by mistake', () => {
    expect(() => database.run('DELETE FROM receipt_chain WHERE sequence = 1')).toThrow('append-only');
    expect(() => database.run('UPDATE receipt_chain SET at = 1')).toThrow('append-only');
  });

  test.each([
    ["event = 'given'", 5],
    ['at = 99', 5],
    ["document_hash = 'other'", 1],
    ["entry_hash = 'other'", 4],
    ["previous_hash = 'other'", 3],
    ["recording_id = 'other'", 7],
    ["entry_hash = 'other'", 8],
  ])('a changed entry is named: %s at %d', (change, sequence) => {
    tamper(`UPDATE receipt_chain SET ${change} WHERE sequence = ${sequence}`);
    expect(findings()[0]).toMatchObject({ problem: 'entry-changed', sequence });
  });

  test.each([1, 2, 5, 7, 8])('a removed entry is named: %d', (sequence) => {
    tamper(`DELETE FROM receipt_chain WHERE sequence = ${sequence}`);
    expect(findings()).toContainEqual({ problem: 'entry-removed', sequence, receipt: null, event: null });
  });

  test('a removed entry is named when the numbers behind it were closed up', () => {
    tamper(`DELETE FROM receipt_chain WHERE sequence = 3;
            UPDATE receipt_chain SET sequence = -sequence WHERE sequence > 3;
            UPDATE receipt_chain SET sequence = -sequence - 1 WHERE sequence < 0`);
    expect(findings()).toContainEqual({ problem: 'entry-removed', sequence: 3, receipt: null, event: null });
  });

  test.each([
    [1, 2],
    [2, 3],
    [4, 7],
    [7, 8],
  ])('reordered entries are named: %d and %d', (one, other) => {
    tamper(swap('receipt_chain', 'sequence', one, other));
    const named = findings().filter(({ problem }) => problem === 'entry-reordered');
    expect(named.map(({ sequence }) => sequence)).toEqual(expect.arrayContaining([one, other]));
  });

  test.each([
    "answer = replace(answer, 'true', 'false')",
    "request = replace(request, '14', '15')",
    "notice_text = 'Nothing is recorded.'",
    "identity_key = 'mine'",
    "name = 'Mallory'",
    "host_signature = 'other'",
    "answer_signature = 'other'",
  ])('a changed receipt is named: %s', (change) => {
    tamper(`UPDATE receipts SET ${change} WHERE position = 1`);
    expect(findings()).toEqual([
      { problem: 'receipt-changed', sequence: 3, receipt: refer(bob), event: 'countersigned' },
    ]);
  });

  test('a removed receipt is named', () => {
    tamper('DELETE FROM receipts WHERE position = 2');
    expect(findings()).toEqual([{ problem: 'receipt-removed', sequence: 4, receipt: refer(carol), event: 'asked' }]);
  });

  test('a removed and a changed withdrawal are named', () => {
    tamper(`UPDATE withdrawals SET withdrawal = replace(withdrawal, 'audio', 'chat')`);
    expect(findings()).toEqual([
      { problem: 'receipt-removed', sequence: 6, receipt: refer(bob), event: 'withdrawn' },
      { problem: 'receipt-not-in-chain', sequence: null, receipt: refer(bob), event: 'withdrawn' },
    ]);
    tamper('DELETE FROM withdrawals');
    expect(findings()).toEqual([{ problem: 'receipt-removed', sequence: 6, receipt: refer(bob), event: 'withdrawn' }]);
  });

  test('reordered receipts are named', () => {
    tamper(swap('receipts', 'position', 2, 3));
    expect(findings().map(({ problem, receipt }) => [problem, receipt])).toEqual([
      ['receipt-reordered', refer(carol)],
      ['receipt-reordered', refer(dora)],
    ]);
  });

  test('a receipt that was slipped in is named', () => {
    const eve = receiptOf('Eve', true);
    tamper(`INSERT INTO receipts (recording_id, participant_id, identity_key, name, request, answer, answer_signature,
              host_signature, notice_text)
            SELECT '${eve.recordingId}', '${eve.participantId}', identity_key, name, request, answer, answer_signature,
              host_signature, notice_text FROM receipts WHERE position = 1`);
    expect(findings()).toEqual([
      { problem: 'receipt-not-in-chain', sequence: null, receipt: refer(eve), event: 'given' },
    ]);
  });

  test('R21: a receipt whose time is up is taken out, and the chain still holds', () => {
    receiptsOf(database).expire([bob, receiptOf('Nobody', true)], 8);
    expect(
      receiptsOf(database)
        .all()
        .map(({ name }) => name),
    ).toEqual(['Carol', 'Dora']);
    expect(database.all('SELECT * FROM withdrawals')).toEqual([]);
    const last = database.all<{ event: string; at: number }>('SELECT event, at FROM receipt_chain ORDER BY sequence');
    expect(last.slice(8)).toEqual([{ event: 'expired', at: 8 }]);
    expect(findings()).toEqual([]);
    // It may come once more, for example with a backup of the other side; and the next one that vanishes is found.
    receiptsOf(database).put(bob);
    expect(findings()).toEqual([]);
    tamper('DELETE FROM receipts WHERE position = 2');
    expect(findings()).toEqual([{ problem: 'receipt-removed', sequence: 4, receipt: refer(carol), event: 'asked' }]);
  });

  test('R21: one that was put back after its time was up is named, and so is one that had been changed', () => {
    receiptsOf(database).expire([carol], 8);
    tamper(`INSERT INTO receipts (position, recording_id, participant_id, identity_key, name, request, answer,
              answer_signature, host_signature, notice_text)
            SELECT 9, '${carol.recordingId}', '${carol.participantId}', identity_key, name, request, answer,
              answer_signature, host_signature, notice_text FROM receipts WHERE position = 1`);
    expect(findings()).toEqual([
      { problem: 'receipt-not-in-chain', sequence: null, receipt: refer(carol), event: 'given' },
    ]);
    tamper('DELETE FROM receipts WHERE position = 9');
    tamper("UPDATE receipts SET notice_text = 'other' WHERE position = 3");
    receiptsOf(database).expire([dora], 9);
    expect(findings()).toEqual([{ problem: 'receipt-changed', sequence: 10, receipt: refer(dora), event: 'expired' }]);
  });

  test('R21: taking out an entry that says a time was up is found', () => {
    receiptsOf(database).expire([carol], 8);
    tamper('DELETE FROM receipt_chain WHERE sequence = 9');
    expect(findings()).toContainEqual({ problem: 'entry-removed', sequence: 9, receipt: null, event: null });
    expect(findings()).toContainEqual(expect.objectContaining({ problem: 'receipt-removed', receipt: refer(carol) }));
  });

  test('the last receipt cannot vanish together with its entries', () => {
    tamper('DELETE FROM receipts WHERE position = 3; DELETE FROM receipt_chain WHERE sequence > 6');
    expect(findings().map(({ problem, sequence }) => [problem, sequence])).toEqual([
      ['entry-removed', 7],
      ['entry-removed', 8],
    ]);
  });
});

describe('erasure proofs', () => {
  const proofOf = (of: typeof bob, change: Partial<ErasureProof> = {}): ErasureProof => ({
    ...{ recordingId: of.recordingId, participantId: of.participantId, withdrawalHash: 'A'.repeat(43) },
    ...{ kinds: ['audio'], scope: 'everything', erasedAt: 8, tracks: 1, chatLines: 0, exports: [3] },
    ...change,
  });
  const confirm = (proof: ErasureProof | null, withdrawalSignature = 'w') =>
    createConfirmationRepository(database).add({ withdrawalSignature, hostSignature: 'e', confirmedAt: 9, proof });
  const erased = { problem: 'receipt-removed', sequence: 9, receipt: refer(bob), event: 'erased' };
  const slippedIn = { problem: 'receipt-not-in-chain', sequence: null, receipt: refer(bob), event: 'erased' };

  beforeEach(() => {
    database = open(migrations).opened;
    fill();
    confirm(proofOf(bob));
  });

  test('are chained once each, and one from before there were proofs is not', () => {
    confirm(proofOf(bob, { tracks: 7 }));
    confirm(null, 'old');
    const events = database.all<{ event: string; at: number }>(
      'SELECT event, at FROM receipt_chain WHERE sequence > 8 ORDER BY sequence',
    );
    expect(events).toEqual([{ event: 'erased', at: 8 }]);
    expect(findings()).toEqual([]);
  });

  test.each([
    `proof = replace(proof, '"tracks":1', '"tracks":2')`,
    `proof = replace(proof, '"exports":[3]', '"exports":[]')`,
    `host_signature = 'other'`,
  ])('a changed one is named: %s', (change) => {
    tamper(`UPDATE erasure_confirmations SET ${change}`);
    expect(findings()).toEqual([erased, slippedIn]);
  });

  test('one that was removed, and one that was slipped in, is named', () => {
    tamper('DELETE FROM erasure_confirmations');
    expect(findings()).toEqual([erased]);
    confirm(proofOf(bob, { scope: 'future' }), 'first');
    tamper(`INSERT INTO erasure_confirmations (withdrawal_signature, host_signature, confirmed_at, proof)
            SELECT 'slipped', 'other', 9, proof FROM erasure_confirmations`);
    expect(findings()).toEqual([erased, slippedIn]);
  });
});

describe('agreeing later, and silence', () => {
  beforeEach(() => {
    database = open(migrations).opened;
  });
  const events = () =>
    database.all<{ event: string }>('SELECT event FROM receipt_chain ORDER BY sequence').map(({ event }) => event);

  test('each answer is an entry, the question only once', () => {
    const repository = receiptsOf(database);
    const yes = { audio: false, video: false, chat: true };
    repository.put(carol);
    repository.put({ ...carol, answer: { ...carol.answer, decisions: yes, given: 'later', answeredAt: 8 } });
    expect(events()).toEqual(['asked', 'refused', 'given']);
    expect(findings()).toEqual([]);
  });

  test('what the host alone says is kept without a signature of the person, and gives way to their own word', () => {
    const repository = receiptsOf(database);
    const answer = { ...carol.answer, given: 'none' as const, decisions: { audio: false, video: false, chat: false } };
    repository.put({ ...carol, answer, answerSignature: null, hostSignature: 'h' });
    expect(repository.get(carol.recordingId, carol.participantId)?.answerSignature).toBeNull();
    repository.put({ ...carol, answer: { ...answer, given: 'left' } });
    expect(repository.get(carol.recordingId, carol.participantId)?.answerSignature).toBe('s');
    expect(events()).toEqual(['asked', 'refused', 'refused']);
    expect(findings()).toEqual([]);
    tamper(`UPDATE receipts SET answer_signature = ''`);
    expect(findings()).toMatchObject([{ problem: 'receipt-changed', event: 'refused' }]);
  });
});

test('a receipt that cannot be stored leaves no entry', () => {
  database = open(migrations).opened;
  expect(() => receiptsOf(database).put({ ...bob, noticeText: null as never })).toThrow();
  expect(database.all('SELECT * FROM receipt_chain')).toEqual([]);
  expect(findings()).toEqual([]);
});

test('the receipts of an older vault are chained when it is opened', () => {
  const { path, key, opened } = open([initial]);
  for (const { request, answer, ...receipt } of [bob, carol]) {
    opened.run(
      `INSERT INTO receipts (recording_id, participant_id, identity_key, name, request, answer, answer_signature,
                             host_signature, notice_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[receipt.recordingId, receipt.participantId, receipt.identityKey, receipt.name],
        ...[JSON.stringify(request), JSON.stringify(answer), receipt.answerSignature, 'h', receipt.noticeText],
      ],
    );
  }
  opened.run('INSERT INTO withdrawals (recording_id, participant_id, withdrawal, signature) VALUES (?, ?, ?, ?)', [
    ...[bob.recordingId, bob.participantId, JSON.stringify(withdrawalOf(bob)), 'w'],
  ]);
  opened.close();

  database = openDatabase(path, key, migrations, true);
  onTestFinished(() => database.close());
  expect(database.version()).toBe(migrations.length);
  const events = () => database.all<{ event: string }>('SELECT event FROM receipt_chain ORDER BY sequence');
  expect(events().map(({ event }) => event)).toEqual(['asked', 'given', 'asked', 'refused', 'withdrawn']);
  expect(findings()).toEqual([]);
  const takenAt = ({ recordingId, participantId }: typeof bob) =>
    receiptsOf(database).get(recordingId, participantId)?.takenAt;
  expect(takenAt(bob)).toBe(withdrawalOf(bob).withdrawnAt);
  expect(takenAt(carol)).toBe(carol.answer.answeredAt);
  receiptsOf(database).put(dora);
  expect(findings()).toEqual([]);
  tamper('UPDATE receipts SET position = 100 WHERE position = 1');
  expect(findings()).not.toEqual([]);
});
