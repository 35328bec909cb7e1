import { describe, expect, it } from 'vitest';
import { answerDue } from '../../../common/privacy/deadline';
import type { StoredRequest } from '../../vault/repositories';
import { RequestReminders } from './requestReminders';
import { storedReceived } from './requestRecords';

const hour = 60 * 60 * 1000;

function requestOf(id: string, receivedOn: string): StoredRequest {
  return storedReceived({
    ...{ id, identityKey: null, name: 'Greta', at: 0, closedAt: null, right: 'access', text: '', way: 'word' },
    ...{ check: 'seen', notes: '', dueOn: answerDue(receivedOn, 1), extension: null, state: 'open', answer: '' },
    ...{ erasure: null, signed: null, first: null, newest: null, told: 0 },
  });
}

/** A clock in whose hours the reminders look; `requests` may throw as a locked vault does. */
function rig(requests: () => readonly StoredRequest[]) {
  const clock = { now: 0, run: () => {}, cancelled: 0 };
  const said: string[] = [];
  const reminders = new RequestReminders({
    requests,
    now: () => clock.now,
    after: (milliseconds, run) => {
      expect(milliseconds).toBe(hour);
      clock.run = run;
      return () => void (clock.cancelled += 1);
    },
    remind: () => void said.push(new Date(clock.now).toDateString()),
    tick: () => undefined,
    log: { error: () => void said.push('error') },
  });
  const on = (year: number, month: number, day: number) => {
    clock.now = new Date(year, month - 1, day, 12).getTime();
    clock.run();
  };
  return { clock, said, reminders, on };
}

describe('R25: reminders of requests', () => {
  it('come once each: a week before, two days before, and when it is overdue; never of what is closed', () => {
    // Due on 4 June.
    const open = requestOf('A'.repeat(22), '2026-05-04');
    const { clock, said, reminders, on } = rig(() => [
      open,
      { ...requestOf('B'.repeat(22), '2020-01-01'), closedAt: 1 },
    ]);
    clock.now = new Date(2026, 4, 4, 12).getTime();
    reminders.start();
    for (const day of [27, 28, 29, 30, 31]) on(2026, 5, day);
    for (const day of [1, 2, 3, 4, 5, 6]) on(2026, 6, day);
    expect(said).toEqual(['Thu May 28 2026', 'Tue Jun 02 2026', 'Fri Jun 05 2026']);
    reminders.stop();
    expect(clock.cancelled).toBe(1);
    // After the next start it is said again, at once.
    reminders.start();
    expect(said).toHaveLength(4);
  });

  it('do not stop because a vault is locked', () => {
    let isLocked = true;
    const { said, reminders, on } = rig(() => {
      if (isLocked) throw new Error('locked');
      return [requestOf('A'.repeat(22), '2026-05-04')];
    });
    reminders.start();
    isLocked = false;
    on(2026, 6, 3);
    expect(said).toEqual(['error', 'Wed Jun 03 2026']);
  });
});
