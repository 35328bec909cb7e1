import type { Incident, StoredIncident } from './incident';

const hour = 60 * 60 * 1000;
/** Clocks of two computers differ, and people round up. */
const tolerance = 5 * 60 * 1000;

/**
 * Until when the authority has to be told (Art. 33 (1) GDPR): 72 hours from knowing of it, to the minute, whatever day it
 * is. Regulation 1182/71 would not count the hour that has begun; who keeps to this is in time by either count.
 */
export function notificationDeadline({ noticedAt }: Pick<Incident, 'noticedAt'>): number {
  return noticedAt + 72 * hour;
}

/**
 * How the notification to the authority stands: decided against; sent; or still to be sent, or to be decided about, until
 * the deadline. Nobody has decided yet counts as still to be sent.
 */
export type NotificationState =
  | { readonly state: 'none' }
  | { readonly state: 'sent'; readonly late: boolean }
  | { readonly state: 'running' | 'overdue'; readonly deadline: number; readonly leftMs: number };

export function notificationState(incident: Incident, now: number): NotificationState {
  const deadline = notificationDeadline(incident);
  const { decision, sentAt } = incident.authority;
  if (decision === 'no') return { state: 'none' };
  if (sentAt !== null) return { state: 'sent', late: sentAt > deadline };
  return { state: now > deadline ? 'overdue' : 'running', deadline, leftMs: deadline - now };
}

/**
 * What does not fit or is still missing. Those of `times` are contradictions and are never stored; the others keep an
 * incident from being closed, for the documentation would have a hole (Art. 33 (5) GDPR).
 */
export const timeProblems = ['noticed-ahead', 'happened-after', 'sent-before', 'told-before'] as const;
export const gapProblems = [
  'consequences',
  'remedies',
  'risk',
  'risk-reason',
  'authority',
  'authority-reason',
  'authority-sent',
  'late-reason',
  'people',
  'people-ground',
  'people-reason',
  'people-told',
] as const;
export type TimeProblem = (typeof timeProblems)[number];
export type GapProblem = (typeof gapProblems)[number];

/** Dates that contradict each other, or lie ahead of `now`. */
export function problemsInTime({ noticedAt, happenedAt, authority, people }: Incident, now: number): TimeProblem[] {
  const isAhead = (at: number) => at > now + tolerance;
  const found: [TimeProblem, boolean][] = [
    ['noticed-ahead', isAhead(noticedAt)],
    ['happened-after', happenedAt !== null && happenedAt > noticedAt],
    ['sent-before', authority.sentAt !== null && (authority.sentAt < noticedAt || isAhead(authority.sentAt))],
    ['told-before', people.toldAt !== null && (people.toldAt < noticedAt || isAhead(people.toldAt))],
  ];
  return found.filter(([, isThere]) => isThere).map(([problem]) => problem);
}

/** What keeps the incident from being closed, in the order of the form. */
export function gapsOf(incident: Incident): GapProblem[] {
  const { consequences, remedies, risk, riskReason, authority, people } = incident;
  const notifies = authority.decision === 'notify';
  const late = authority.sentAt !== null && authority.sentAt > notificationDeadline(incident);
  const found: [GapProblem, boolean][] = [
    ['consequences', consequences === ''],
    ['remedies', remedies === ''],
    ['risk', risk === null],
    ['risk-reason', riskReason === ''],
    // With a risk there is nothing to decide: Art. 33 (1) knows one exception only.
    ['authority', authority.decision === null || (authority.decision === 'no' && risk !== null && risk !== 'unlikely')],
    ['authority-reason', authority.decision === 'no' && authority.reason === ''],
    ['authority-sent', notifies && authority.sentAt === null],
    ['late-reason', notifies && late && authority.lateReason === ''],
    ['people', people.decision === null],
    [
      'people-ground',
      people.decision === 'no' && (people.ground === null || (people.ground === 'no-high-risk' && risk === 'high')),
    ],
    ['people-reason', people.decision === 'no' && people.reason === ''],
    ['people-told', people.decision === 'tell' && people.toldAt === null],
  ];
  return found.filter(([, isThere]) => isThere).map(([problem]) => problem);
}

/** The open incident whose deadline ends first, with how it stands; null when nothing is to be sent or decided. */
export function mostUrgent(
  incidents: readonly StoredIncident[],
  now: number,
): { readonly stored: StoredIncident; readonly deadline: number; readonly leftMs: number } | null {
  const waiting = incidents.flatMap((stored) => {
    const state = notificationState(stored.incident, now);
    if (stored.closedAt !== null || (state.state !== 'running' && state.state !== 'overdue')) return [];
    return [{ stored, deadline: state.deadline, leftMs: state.leftMs }];
  });
  return waiting.sort((a, b) => a.deadline - b.deadline)[0] ?? null;
}
