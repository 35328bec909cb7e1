import { describe, expect, test } from 'vitest';
import type { StoredRecording } from '../vault/repositories';
import { dueForErasure, RetentionService } from './retention';

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
    expect(dueForErasure(recordings, 14 * day + 999)).toEqual([]);
    expect(dueForErasure(recordings, 14 * day + 1_000)).toEqual(['a', 'c']);
    expect(dueForErasure(recordings, 15 * day + 1_000)).toEqual(['a', 'b', 'c']);
  });

  test('what is still being written or finalized waits', () => {
    const recordings = [recording('a', { phase: 'recording' }), recording('b', { phase: 'finalizing' })];
    expect(dueForErasure(recordings, 1_000 * day)).toEqual([]);
  });

  test('erases at the start and every hour until stopped, a failure included', async () => {
    let now = 14 * day;
    let scheduled: (() => void) | null = null;
    let stored = ['stuck', 'a', 'b'].map((id) => recording(id, { startedAt: id === 'b' ? 1 : 0 }));
    const erased: string[] = [];
    const errors: string[] = [];
    const service = new RetentionService({
      recordings: () => stored,
      erase: async (id) => {
        if (id === 'stuck') throw new Error('busy');
        erased.push(id);
        stored = stored.filter((one) => one.id !== id);
      },
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
    expect(errors).toHaveLength(2);
  });
});
