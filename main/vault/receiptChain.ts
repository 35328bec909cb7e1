import type { ErasureProof } from '../../common/consent/models';
import type { Database } from './database';
import { documentHash } from './documentHash';
import type { StoredConfirmation, StoredReceipt } from './repositories';

/** What the chain tells of a receipt. The host's signature comes later on a participant's side: `countersigned`. */
type ChainEvent = 'asked' | 'given' | 'refused' | 'countersigned' | 'withdrawn' | 'erased' | 'expired';

interface ChainEntry {
  readonly recordingId: string;
  readonly participantId: string;
  readonly event: ChainEvent;
  /** Milliseconds since 1970, as the documents say; that of a `countersigned` is the answer's. */
  readonly at: number;
  readonly documentHash: string;
}

interface LinkedEntry extends ChainEntry {
  readonly sequence: number;
  readonly previousHash: string;
  readonly entryHash: string;
}

/** What is wrong with the receipts of a vault, and where. */
export interface ChainFinding {
  readonly problem:
    | 'entry-changed'
    | 'entry-removed'
    | 'entry-reordered'
    /** The receipt, or a withdrawal, is not what it was when it was stored. */
    | 'receipt-changed'
    /** The chain knows a receipt, or a withdrawal, that is gone. */
    | 'receipt-removed'
    | 'receipt-reordered'
    /** A receipt, or a withdrawal, that the chain knows nothing of. */
    | 'receipt-not-in-chain';
  /** The place in the chain, from 1; null when there is none. */
  readonly sequence: number | null;
  /** Null for an entry that is gone. */
  readonly receipt: { readonly recordingId: string; readonly participantId: string } | null;
  readonly event: ChainEvent | null;
}

/** What the first entry follows. */
const beginning = 'A'.repeat(43);

const columns = `sequence, recording_id AS recordingId, participant_id AS participantId, event, at,
  document_hash AS documentHash, previous_hash AS previousHash, entry_hash AS entryHash`;

/** [Note: receipt chain] What an entry is bound to: the entry before it and what it says. Not its number: that follows. */
function hashOf(previousHash: string, entry: ChainEntry): string {
  const { recordingId, participantId, event, at } = entry;
  return documentHash({ previousHash, recordingId, participantId, event, at, documentHash: entry.documentHash });
}

type StoredAnswer = Omit<StoredReceipt, 'withdrawals' | 'takenAt'>;

const hashOfWithdrawal = (withdrawal: StoredReceipt['withdrawals'][number]) =>
  documentHash({ withdrawal: withdrawal.withdrawal, signature: withdrawal.signature });

function hashOfAnswer(receipt: StoredAnswer): string {
  const { identityKey, name, request, answer, answerSignature, hostSignature, noticeText } = receipt;
  return documentHash({ identityKey, name, request, answer, answerSignature, hostSignature, noticeText });
}

/** The entries that follow from storing a receipt where `before` was (or nothing). Within the same transaction. */
export function chainAnswer(
  database: Pick<Database, 'all' | 'run'>,
  before: StoredAnswer | null,
  receipt: StoredAnswer,
): void {
  const { recordingId, participantId, request, answer } = receipt;
  const same = { recordingId, participantId };
  const hash = hashOfAnswer(receipt);
  if (before !== null && hashOfAnswer(before) === hash) return;
  if (before === null || documentHash(before.request) !== documentHash(request)) {
    append(database, { ...same, event: 'asked', at: timeOf(request.requestedAt), documentHash: documentHash(request) });
  }
  const isCountersigning =
    before !== null && hashOfAnswer({ ...before, hostSignature: receipt.hostSignature }) === hash;
  const answered = Object.values(answer.decisions).includes(true) ? 'given' : 'refused';
  append(database, {
    ...same,
    event: isCountersigning ? 'countersigned' : answered,
    at: timeOf(answer.answeredAt),
    documentHash: hash,
  });
}

/** The entry that follows from storing a withdrawal. Within the same transaction. */
export function chainWithdrawal(
  database: Pick<Database, 'all' | 'run'>,
  receipt: { readonly recordingId: string; readonly participantId: string },
  withdrawal: StoredReceipt['withdrawals'][number],
): void {
  append(database, {
    recordingId: receipt.recordingId,
    participantId: receipt.participantId,
    event: 'withdrawn',
    at: timeOf(withdrawal.withdrawal.withdrawnAt),
    documentHash: hashOfWithdrawal(withdrawal),
  });
}

/** The entry that follows from storing the host's word that something was erased. Within the same transaction. */
export function chainErasure(
  database: Pick<Database, 'all' | 'run'>,
  proof: ErasureProof,
  hostSignature: string,
): void {
  const { recordingId, participantId, erasedAt } = proof;
  append(database, {
    ...{ recordingId, participantId, event: 'erased', at: timeOf(erasedAt) },
    documentHash: hashOfErasure(proof, hostSignature),
  });
}

/**
 * The entry that follows from taking a receipt out because its time is up (R21): it says what was taken out, so that a
 * receipt that vanishes without one is still found. Within the same transaction.
 */
export function chainExpiry(database: Pick<Database, 'all' | 'run'>, receipt: StoredAnswer, at: number): void {
  const { recordingId, participantId } = receipt;
  append(database, { recordingId, participantId, event: 'expired', at, documentHash: hashOfAnswer(receipt) });
}

const hashOfErasure = (proof: ErasureProof, signature: string) => documentHash({ proof, signature });

/** A document that says no time must keep no vault shut: its hash is what counts. */
const timeOf = (at: number) => (Number.isSafeInteger(at) ? at : 0);

function append(database: Pick<Database, 'all' | 'run'>, entry: ChainEntry): void {
  const [last] = database.all<LinkedEntry>(`SELECT ${columns} FROM receipt_chain ORDER BY sequence DESC LIMIT 1`);
  const [sequence, previousHash] = last === undefined ? [1, beginning] : [last.sequence + 1, last.entryHash];
  const entryHash = hashOf(previousHash, entry);
  database.run(
    `INSERT INTO receipt_chain
       (sequence, recording_id, participant_id, event, at, document_hash, previous_hash, entry_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[sequence, entry.recordingId, entry.participantId, entry.event, entry.at],
      ...[entry.documentHash, previousHash, entryHash],
    ],
  );
  // The end is kept apart, so that entries missing at the end are noticed too.
  database.run('UPDATE receipt_chain_end SET sequence = ?, entry_hash = ?', [sequence, entryHash]);
}

/**
 * Compares the chain with itself and with the receipts. Empty exactly when every entry is what was appended, in its place,
 * and the receipts are those that the entries tell of, in the order in which they came. Somebody who can write to the
 * database can build the chain anew; against them only the copy on the other person's machine helps.
 */
export function verifyChain(
  database: Pick<Database, 'all'>,
  receipts: readonly StoredReceipt[],
  confirmations: readonly StoredConfirmation[],
): readonly ChainFinding[] {
  const entries = database.all<LinkedEntry>(`SELECT ${columns} FROM receipt_chain ORDER BY sequence`);
  const [end] = database.all<{ sequence: number; entryHash: string }>(
    'SELECT sequence, entry_hash AS entryHash FROM receipt_chain_end',
  );
  return [
    ...linkFindings(entries, end ?? { sequence: 0, entryHash: beginning }),
    ...receiptFindings(entries, receipts),
    ...erasureFindings(entries, confirmations),
  ];
}

function linkFindings(
  entries: readonly LinkedEntry[],
  end: { readonly sequence: number; readonly entryHash: string },
): readonly ChainFinding[] {
  const findings: ChainFinding[] = [];
  const known = new Set([beginning, ...entries.map(({ entryHash }) => entryHash)]);
  const anyMissing = entries.length < end.sequence;
  let expected = 1;
  let previousHash = beginning;
  for (const entry of entries) {
    for (; expected < entry.sequence; expected += 1) findings.push(missing(expected));
    const isLinked = entry.previousHash === previousHash;
    if (entry.entryHash !== hashOf(entry.previousHash, entry)) findings.push(found('entry-changed', entry));
    else if (!isLinked && known.has(entry.previousHash)) findings.push(found('entry-reordered', entry));
    else if (!isLinked && !findings.some(({ sequence }) => sequence === entry.sequence - 1)) {
      // What it followed is nowhere: taken out, with the numbers closed up behind it, or replaced.
      findings.push(
        anyMissing ? missing(entry.sequence) : { ...missing(entry.sequence - 1), problem: 'entry-changed' },
      );
    }
    expected = entry.sequence + 1;
    previousHash = entry.entryHash;
  }
  for (; expected <= end.sequence; expected += 1) findings.push(missing(expected));
  if (findings.length === 0 && previousHash !== end.entryHash) {
    findings.push({ ...missing(Math.max(entries.length, 1)), problem: 'entry-changed' });
  }
  return findings;
}

const missing = (sequence: number): ChainFinding => ({
  ...{ problem: 'entry-removed', sequence, receipt: null, event: null },
});

function found(problem: ChainFinding['problem'], entry: LinkedEntry): ChainFinding {
  const { sequence, recordingId, participantId, event } = entry;
  return { problem, sequence, receipt: { recordingId, participantId }, event };
}

/** The newest entry that tells of an answer. */
function lastAnswer(entries: readonly LinkedEntry[]): LinkedEntry | undefined {
  return [...entries]
    .reverse()
    .find(({ event }) => event === 'given' || event === 'refused' || event === 'countersigned');
}

const nameOf = (one: { recordingId: string; participantId: string }) => `${one.recordingId} ${one.participantId}`;

function receiptFindings(entries: readonly LinkedEntry[], receipts: readonly StoredReceipt[]): readonly ChainFinding[] {
  const findings: ChainFinding[] = [];
  const ofReceipt = new Map<string, LinkedEntry[]>();
  for (const entry of entries) {
    const before = ofReceipt.get(nameOf(entry)) ?? [];
    if (entry.event !== 'expired') {
      ofReceipt.set(nameOf(entry), [...before, entry]);
      continue;
    }
    // What was taken out must be what the chain told of. Should the receipt come again, it begins anew.
    if (lastAnswer(before)?.documentHash !== entry.documentHash) {
      findings.push(found('receipt-changed', entry));
    }
    ofReceipt.delete(nameOf(entry));
  }

  for (const receipt of receipts) {
    const own = ofReceipt.get(nameOf(receipt)) ?? [];
    const unknown = (event: ChainEvent): ChainFinding => ({
      problem: 'receipt-not-in-chain',
      sequence: null,
      receipt: { recordingId: receipt.recordingId, participantId: receipt.participantId },
      event,
    });
    const answer = lastAnswer(own);
    if (answer === undefined) findings.push(unknown('given'));
    else if (answer.documentHash !== hashOfAnswer(receipt)) findings.push(found('receipt-changed', answer));

    const withdrawn = own.filter(({ event }) => event === 'withdrawn');
    const hashes = receipt.withdrawals.map(hashOfWithdrawal);
    for (const entry of withdrawn) {
      if (!hashes.includes(entry.documentHash)) findings.push(found('receipt-removed', entry));
    }
    for (const hash of hashes) {
      if (!withdrawn.some((entry) => entry.documentHash === hash)) findings.push(unknown('withdrawn'));
    }
  }

  const present = new Set(receipts.map(nameOf));
  const chained = receipts.map(nameOf).filter((name) => ofReceipt.has(name));
  const inOrder = [...ofReceipt.keys()].filter((name) => present.has(name));
  for (const [name, own] of ofReceipt) {
    const [first] = own;
    if (first === undefined) continue;
    if (!present.has(name)) findings.push(found('receipt-removed', first));
    else if (chained.indexOf(name) !== inOrder.indexOf(name)) findings.push(found('receipt-reordered', first));
  }
  return findings;
}

/** A proof that was changed looks like one that is gone and one that was slipped in. */
function erasureFindings(
  entries: readonly LinkedEntry[],
  confirmations: readonly StoredConfirmation[],
): readonly ChainFinding[] {
  // The proofs of a receipt go with it when its time is up.
  const expired = new Map(entries.filter(({ event }) => event === 'expired').map((one) => [nameOf(one), one.sequence]));
  const isHere = (entry: LinkedEntry) => entry.sequence > (expired.get(nameOf(entry)) ?? 0);
  const chained = entries.filter((entry) => entry.event === 'erased' && isHere(entry));
  const stored = confirmations.flatMap(({ proof, hostSignature }) =>
    proof === null ? [] : [{ proof, hash: hashOfErasure(proof, hostSignature) }],
  );
  return [
    ...chained
      .filter((entry) => !stored.some(({ hash }) => hash === entry.documentHash))
      .map((entry) => found('receipt-removed', entry)),
    ...stored
      .filter(({ hash }) => !chained.some((entry) => entry.documentHash === hash))
      .map(({ proof: { recordingId, participantId } }): ChainFinding => ({
        ...{ problem: 'receipt-not-in-chain', sequence: null, event: 'erased' },
        receipt: { recordingId, participantId },
      })),
  ];
}
