import { keptUntil } from '../../common/recording/retention';
import {
  logShown,
  upcomingShown,
  type HeldItem,
  type RetentionKind,
  type RetentionOfKind,
  type RetentionOverview,
  type UpcomingDeletion,
} from '../../common/retention';
import { keptParts } from '../vault/keptParts';
import type { Vault } from '../vault/repositories';
import { dueAfterDays, incidentDueAt, receiptDueAt, requestDueAt } from './retentionDue';

const everything = 1_000_000;

/** What is kept, how long, what goes next and when; computed from what the rounds of retention go by. */
export function retentionOverview(vault: Vault, resumesAt: number | null): RetentionOverview {
  const periods = vault.retention.periods();
  const recordings = vault.recordings.list();
  const meetings = vault.meetings.recent(everything);
  const receipts = vault.receipts.all();
  const people = vault.people.list();
  const requests = [...vault.personRequests.list(), ...vault.ownRequests.list()];
  const registrations = vault.registrations.all();
  const incidents = vault.incidents.list();
  const kept = new Map(recordings.map((one) => [one.id, keptUntil(one, keptParts(vault.recordings, one.id))]));
  const holds = heldItems(vault);
  // What may only be stored has no date until that is lifted.
  const restricted = vault.restrictions.keys();
  const isFree = ({ identityKey }: { readonly identityKey: string }) => !restricted.has(identityKey);
  const isHeld = (kind: HeldItem['kind'], id: string) => holds.some((one) => one.kind === kind && one.id === id);

  const ofKind = (kind: RetentionKind, count: number, dated: readonly UpcomingDeletion[]): RetentionOfKind => ({
    period: periods[kind],
    count,
    upcoming: [...dated].sort((a, b) => a.at - b.at).slice(0, upcomingShown),
  });
  const seenAt = vault.retention.clock()?.seenAt;
  return {
    kinds: {
      recording: ofKind(
        'recording',
        recordings.length,
        recordings
          .filter(({ id }) => !isHeld('recording', id))
          .map(({ id, title }) => ({ id, title, at: kept.get(id) ?? 0 })),
      ),
      chat: ofKind(
        'chat',
        meetings.length,
        meetings
          .filter(({ hold }) => hold === null)
          .map(({ meetingId, title, deleteAfter: at }) => ({ id: meetingId, title, at })),
      ),
      registration: ofKind(
        'registration',
        registrations.length,
        registrations
          .filter((one) => isFree(one) && !isHeld('chat', one.meetingId))
          .map(({ title, deleteAfter: at }) => ({ id: null, title, at })),
      ),
      receipt: ofKind(
        'receipt',
        receipts.length,
        receipts
          .filter((receipt) => isFree(receipt) && !isHeld('recording', receipt.recordingId))
          .map((receipt) => ({
            ...{ id: null, title: receipt.name },
            // Not before the recording it belongs to.
            at: Math.max(receiptDueAt(receipt, periods.receipt), kept.get(receipt.recordingId) ?? 0),
          })),
      ),
      contact: ofKind(
        'contact',
        people.length,
        people
          .filter(isFree)
          .map(({ name, metAt }) => ({ id: null, title: name, at: dueAfterDays(metAt, periods.contact) })),
      ),
      request: ofKind(
        'request',
        requests.length,
        requests.flatMap(({ name, closedAt }) =>
          closedAt === null ? [] : [{ id: null, title: name, at: requestDueAt(closedAt, periods.request) }],
        ),
      ),
      log: ofKind(
        'log',
        vault.deletionLog.count(),
        vault.deletionLog
          .oldest(upcomingShown)
          .map((at) => ({ id: null, title: null, at: dueAfterDays(at, periods.log) })),
      ),
      incident: ofKind(
        'incident',
        incidents.length,
        incidents.flatMap((one) => {
          const at = incidentDueAt(one, periods.incident);
          return at === null ? [] : [{ id: null, title: null, at }];
        }),
      ),
    },
    holds,
    log: vault.deletionLog.newest(logShown),
    leap: resumesAt === null || seenAt === undefined ? null : { lastSeen: seenAt, resumesAt },
  };
}

/** What is on hold, with its name. A hold whose recording or meeting is gone all the same is not shown. */
function heldItems(vault: Vault): readonly HeldItem[] {
  const meetings = new Map(vault.meetings.recent(everything).map((one) => [one.meetingId, one]));
  return vault.holds.list().flatMap((hold): HeldItem[] => {
    switch (hold.kind) {
      case 'recording': {
        const found = vault.recordings.get(hold.id);
        if (found === null) return [];
        return [{ ...hold, title: found.title, deleteAfter: keptUntil(found, keptParts(vault.recordings, hold.id)) }];
      }
      case 'chat': {
        const found = meetings.get(hold.id);
        return found === undefined ? [] : [{ ...hold, title: found.title, deleteAfter: found.deleteAfter }];
      }
    }
  });
}
