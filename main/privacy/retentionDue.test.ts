import { describe, expect, test } from 'vitest';
import type { StoredReceipt } from '../vault/repositories';
import { dueMeetings, dueReceipts, dueRecordings, receiptDueAt } from './retentionDue';

const day = 24 * 60 * 60 * 1000;
const none: ReadonlySet<string> = new Set();
const recording = (id: string, change: Partial<Parameters<typeof dueRecordings>[0][number]> = {}) => ({
  ...{ id, phase: 'ready' as const, startedAt: 1_000, retentionDays: 14, clipRetentionDays: null },
  kept: { clips: false, rest: true },
  ...change,
});

describe('R21: what is due', () => {
  test('a recording is due to the millisecond, by its own number of days', () => {
    const recordings = [recording('a'), recording('b', { retentionDays: 15 }), recording('c', { phase: 'recovered' })];
    expect(dueRecordings(recordings, none, 14 * day + 999)).toEqual([]);
    expect(dueRecordings(recordings, none, 14 * day + 1_000)).toEqual(['a', 'c']);
    expect(dueRecordings(recordings, none, 15 * day + 1_000)).toEqual(['a', 'b', 'c']);
  });

  test('consent clips are due by their own number of days, before the rest or after it', () => {
    const both = { kept: { clips: true, rest: true } };
    const longer = recording('a', { ...both, clipRetentionDays: 30 });
    const shorter = recording('b', { ...both, clipRetentionDays: 7 });
    const onlyClips = recording('c', { clipRetentionDays: 30, kept: { clips: true, rest: false } });
    const recordings = [longer, shorter, onlyClips];
    expect(dueRecordings(recordings, none, 7 * day + 999)).toEqual([]);
    expect(dueRecordings(recordings, none, 7 * day + 1_000)).toEqual(['b']);
    expect(dueRecordings(recordings, none, 14 * day + 1_000)).toEqual(['a', 'b']);
    expect(dueRecordings(recordings, none, 30 * day + 1_000)).toEqual(['a', 'b', 'c']);
    expect(dueRecordings(recordings, new Set(['a', 'b']), 30 * day + 1_000)).toEqual(['c']);
  });

  test('what is still being written or finalized waits', () => {
    const recordings = [recording('a', { phase: 'recording' }), recording('b', { phase: 'finalizing' })];
    expect(dueRecordings(recordings, none, 1_000 * day)).toEqual([]);
  });

  test('what is on hold stays', () => {
    expect(dueRecordings([recording('a'), recording('b')], new Set(['a']), 1_000 * day)).toEqual(['b']);
    const meeting = { deleteAfter: 5, hold: null };
    const held = { ...meeting, meetingId: 'held', hold: { reason: 'claim', since: 1 } };
    expect(dueMeetings([held, { ...meeting, meetingId: 'a' }], 4)).toEqual([]);
    expect(dueMeetings([held, { ...meeting, meetingId: 'a' }], 5)).toEqual(['a']);
  });
});

const local = (year: number, month = 0, date = 1, hours = 0) => new Date(year, month, date, hours).getTime();

function receipt(
  answeredAt: number,
  { yes = true, retentionDays = 14, takenAt = answeredAt, requestedAt = answeredAt, recordingId = 'r' } = {},
): StoredReceipt {
  return {
    ...{ recordingId, participantId: 'p', identityKey: 'k', name: 'Bob', answerSignature: 's', hostSignature: null },
    ...{ noticeText: '', takenAt },
    request: { requestedAt, retentionDays } as StoredReceipt['request'],
    answer: { answeredAt, decisions: { audio: yes, video: false, chat: false } } as StoredReceipt['answer'],
    withdrawals: [],
  };
}

describe('R21: a receipt', () => {
  test('goes with the end of the third year after that of the answer', () => {
    expect(receiptDueAt(receipt(local(2026)), 3)).toBe(local(2030));
    expect(receiptDueAt(receipt(local(2026, 10, 22)), 3)).toBe(local(2030));
    expect(receiptDueAt(receipt(local(2026, 11, 31, 23), { yes: false }), 3)).toBe(local(2030));
    expect(receiptDueAt(receipt(local(2027, 0, 1)), 1)).toBe(local(2029));
  });

  test('counts from what came later: the end of the recording, a withdrawal', () => {
    expect(receiptDueAt(receipt(local(2026, 11, 31)), 3)).toBe(local(2031));
    expect(receiptDueAt(receipt(local(2026, 5, 1), { retentionDays: 365 }), 3)).toBe(local(2031));
    expect(receiptDueAt(receipt(local(2026, 5, 1), { takenAt: local(2028, 2, 1) }), 3)).toBe(local(2032));
    // A no has no recording.
    expect(receiptDueAt(receipt(local(2026, 5, 1), { yes: false, retentionDays: 365 }), 3)).toBe(local(2030));
  });

  test('counts by this clock, whatever year another’s documents say', () => {
    for (const forged of [local(1999), local(2999)]) {
      const dated = receipt(forged, { takenAt: local(2026, 5, 1), requestedAt: forged, retentionDays: 365 });
      const due = receiptDueAt(dated, 3);
      expect(due).toBe(forged < dated.takenAt ? local(2030) : local(2031));
    }
  });

  test('never goes before the recording it belongs to', () => {
    const receipts = [receipt(local(2026), { recordingId: 'here' }), receipt(local(2026), { recordingId: 'gone' })];
    const options = { years: 3, isRecordingHere: (id: string) => id === 'here' };
    expect(dueReceipts(receipts, { ...options, now: local(2030) - 1 })).toEqual([]);
    expect(dueReceipts(receipts, { ...options, now: local(2030) })).toEqual([receipts[1]]);
    expect(dueReceipts(receipts, { ...options, now: local(2090) })).toEqual([receipts[1]]);
  });
});
