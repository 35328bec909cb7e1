import { describe, expect, it } from 'vitest';
import { newIncident, type Incident, type StoredIncident } from './incident';
import { riskHints } from './incidentRisk';
import { gapsOf, mostUrgent, notificationDeadline, notificationState, problemsInTime } from './incidentState';

const hour = 3_600_000;
const noticedAt = Date.UTC(2026, 10, 20, 9, 30);
const fresh = newIncident({ kind: 'device', noticedAt, what: 'Laptop left on a train' });
const authority = (change: Partial<Incident['authority']>): Incident => ({
  ...fresh,
  authority: { ...fresh.authority, ...change },
});
const stored = (id: string, incident: Incident, closedAt: number | null = null): StoredIncident => ({
  ...{ id, recordedAt: noticedAt, closedAt, incident },
});

describe('the 72 hours of a breach (Art. 33 (1) GDPR)', () => {
  it('end 72 hours after it was known, over a weekend and over a change of the clocks', () => {
    expect(notificationDeadline(fresh)).toBe(Date.UTC(2026, 10, 23, 9, 30));
    const beforeSummer = Date.UTC(2026, 2, 28, 12);
    expect(notificationDeadline({ noticedAt: beforeSummer }) - beforeSummer).toBe(72 * hour);
  });

  it('run until somebody has decided against it or notified, and run out to the millisecond', () => {
    const deadline = noticedAt + 72 * hour;
    expect(notificationState(fresh, deadline)).toEqual({ state: 'running', deadline, leftMs: 0 });
    expect(notificationState(fresh, deadline + 1)).toEqual({ state: 'overdue', deadline, leftMs: -1 });
    expect(notificationState(authority({ decision: 'notify' }), noticedAt).state).toBe('running');
    expect(notificationState(authority({ decision: 'no' }), deadline + hour).state).toBe('none');
    const sent = (sentAt: number) => notificationState(authority({ decision: 'notify', sentAt }), deadline + hour);
    expect(sent(deadline)).toEqual({ state: 'sent', late: false });
    expect(sent(deadline + 1)).toEqual({ state: 'sent', late: true });
  });

  it('are reminded of for the open incident that ends first', () => {
    const earlier = { ...fresh, noticedAt: noticedAt - hour };
    const all = [stored('b', fresh), stored('a', earlier), stored('c', authority({ decision: 'no' }))];
    expect(mostUrgent(all, noticedAt)).toMatchObject({ stored: { id: 'a' }, leftMs: 71 * hour });
    expect(mostUrgent([stored('a', fresh, noticedAt)], noticedAt)).toBeNull();
    expect(mostUrgent([stored('a', authority({ decision: 'notify', sentAt: noticedAt }))], noticedAt)).toBeNull();
  });
});

describe('what an incident says of time', () => {
  it.each([
    ['known in the future', { noticedAt: noticedAt + hour }, ['noticed-ahead']],
    ['happened after it was known', { happenedAt: noticedAt + 1 }, ['happened-after']],
    ['notified before it was known', authority({ sentAt: noticedAt - 1 }), ['sent-before']],
    ['notified in the future', authority({ sentAt: noticedAt + hour }), ['sent-before']],
    ['told in the future', { people: { ...fresh.people, toldAt: noticedAt + hour } }, ['told-before']],
  ] satisfies [string, Partial<Incident>, string[]][])('%s is a contradiction', (_, change, problems) => {
    expect(problemsInTime(fresh, noticedAt)).toEqual([]);
    expect(problemsInTime({ ...fresh, ...change }, noticedAt)).toEqual(problems);
  });
});

describe('what closes an incident (Art. 33 (5) GDPR)', () => {
  const whole: Incident = {
    ...fresh,
    ...{ consequences: 'None likely', remedies: 'Locked from afar', risk: 'unlikely', riskReason: 'Encrypted' },
    authority: { ...fresh.authority, decision: 'no', reason: 'Encrypted' },
    people: { ...fresh.people, decision: 'no', ground: 'encrypted', reason: 'Encrypted' },
  };
  const told: Incident = {
    ...whole,
    risk: 'high',
    authority: { ...fresh.authority, decision: 'notify', sentAt: noticedAt + hour },
    people: { ...fresh.people, decision: 'tell', toldAt: noticedAt + hour },
  };

  it('is everything that documents it', () => {
    expect(gapsOf(whole)).toEqual([]);
    expect(gapsOf(told)).toEqual([]);
    expect(gapsOf(fresh)).toEqual(['consequences', 'remedies', 'risk', 'risk-reason', 'authority', 'people']);
  });

  it.each([
    [{ ...whole, risk: 'risk' }, ['authority']],
    [{ ...whole, risk: 'high' }, ['authority']],
    [{ ...whole, authority: { ...whole.authority, reason: '' } }, ['authority-reason']],
    [{ ...whole, people: { ...whole.people, ground: null } }, ['people-ground']],
    [{ ...told, people: { ...whole.people, ground: 'no-high-risk' } }, ['people-ground']],
    [{ ...whole, people: { ...whole.people, reason: '' } }, ['people-reason']],
    [{ ...told, authority: { ...told.authority, sentAt: null } }, ['authority-sent']],
    [{ ...told, authority: { ...told.authority, sentAt: noticedAt + 72 * hour + 1 } }, ['late-reason']],
    [{ ...told, people: { ...told.people, toldAt: null } }, ['people-told']],
  ] satisfies [Incident, string[]][])('case %#: what is missing is named', (incident, gaps) => {
    expect(gapsOf(incident)).toEqual(gaps);
  });
});

describe('what speaks for and against a risk', () => {
  const hints = (change: Partial<Incident>, protection: 'keychain' | 'passphrase' = 'passphrase', hasBackup = true) =>
    riskHints({ ...fresh, ...change }, { protection, hasBackup }).map(({ point, weighs }) => `${weighs} ${point}`);

  it('a passphrase speaks against one where a device is gone, a keychain does not', () => {
    expect(hints({})).toEqual(['less sealed-passphrase', 'more copies-here-only']);
    expect(hints({}, 'keychain')).toEqual(['more sealed-keychain', 'more copies-here-only']);
  });

  it('encryption on the disk is no argument where somebody was inside, or has a copy', () => {
    for (const kind of ['malware', 'recipient', 'recording', 'intruder', 'loss', 'other'] as const) {
      expect(hints({ kind }).join(' ')).not.toContain('less sealed');
    }
    expect(hints({ kind: 'loss' }, 'passphrase', false)).toEqual(['more no-copies']);
  });

  it('special data and many people weigh', () => {
    const affected = { ...fresh.affected, sensitive: true, people: 100 };
    expect(hints({ kind: 'other', affected })).toEqual(['more sensitive', 'more many']);
  });
});
