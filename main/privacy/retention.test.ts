import { describe, expect, test } from 'vitest';
import type { StoredRecording } from '../vault/repositories';
import { dueMeetings, dueRecordings, RetentionService } from './retention';

const day = 24 * 60 * 60 * 1000;
const recording = (id: string, change: Partial<StoredRecording> = {}): StoredRecording => ({
  id,
  meetingId: 'meeting',
  title: 'Title',
  purpose: 'Purpose',
  retentionDays: 14,
  phase: 'ready',
  startedAt: 1_000,
  endedAt: 2_000,
  ...change,
});

describe('retention', () => {
  test('a recording is due to the millisecond, by its own number of days', () => {
    const recordings = [recording('a'), recording('b', { retentionDays: 15 }), recording('c', { phase: 'recovered' })];
    expect(dueRecordings(recordings, 14 * day + 999)).toEqual([]);
    expect(dueRecordings(recordings, 14 * day + 1_000)).toEqual(['a', 'c']);
    expect(dueRecordings(recordings, 15 * day + 1_000)).toEqual(['a', 'b', 'c']);
  });

  test('what is still being written or finalized waits', () => {
    const recordings = [recording('a', { phase: 'recording' }), recording('b', { phase: 'finalizing' })];
    expect(dueRecordings(recordings, 1_000 * day)).toEqual([]);
  });

  test('a meeting is due with its chat after the days the notice names', () => {
    const meetings = [
      { meetingId: 'a', startedAt: 1_000 },
      { meetingId: 'b', startedAt: 2_000 },
    ];
    expect(dueMeetings(meetings, 30, 30 * day + 999)).toEqual([]);
    expect(dueMeetings(meetings, 30, 30 * day + 1_000)).toEqual(['a']);
  });

  test('erases at the start and every hour until stopped, a failure included', async () => {
    let now = 14 * day;
    let scheduled: (() => void) | null = null;
    let stored = ['stuck', 'a', 'b'].map((id) => recording(id, { startedAt: id === 'b' ? 1 : 0 }));
    const erased: string[] = [];
    const errors: string[] = [];
    const service = new RetentionService({
      kinds: [
        {
          name: 'broken',
          due: () => {
            throw new Error('locked');
          },
          erase: () => {},
        },
        {
          name: 'recordings',
          due: (at) => dueRecordings(stored, at),
          erase: async (id) => {
            if (id === 'stuck') throw new Error('busy');
            erased.push(id);
            stored = stored.filter((one) => one.id !== id);
          },
        },
      ],
      now: () => now,
      after: (milliseconds, run) => {
        expect(milliseconds).toBe(60 * 60 * 1000);
        scheduled = run;
        return () => (scheduled = null);
      },
      log: { error: (message) => void errors.push(message) },
    });
    await service.start();
    expect(erased).toEqual(['a']);
    now += 1;
    const hourly = scheduled as (() => void) | null;
    hourly?.();
    await expect.poll(() => erased).toEqual(['a', 'b']);
    service.stop();
    expect(scheduled).toBeNull();
    expect(errors).toHaveLength(4);
  });
});
