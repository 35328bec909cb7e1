import type { HeldItem, HeldPerson } from '../../common/privacy/heldData';
import { keptUntil } from '../../common/recording/retention';
import { keptParts } from '../vault/keptParts';
import type { HeldRow, Vault } from '../vault/repositories';
import { dueAfterDays, receiptDueAt, requestDueAt } from './retentionDue';

const everything = 1_000_000;

/**
 * Everybody this vault holds something about, oneself included, and what, since when and until when. In the order in
 * which they came; the newest last.
 */
export function heldPeople(vault: Vault): readonly HeldPerson[] {
  const until = endings(vault);
  const own = vault.profile.get().identityKey;
  const restricted = vault.restrictions.keys();
  const known = new Map(vault.people.list().map((one) => [one.identityKey, one]));
  const rowsOf = new Map<string, HeldRow[]>();
  for (const row of vault.held.all()) {
    const rows = rowsOf.get(row.identityKey);
    if (rows === undefined) rowsOf.set(row.identityKey, [row]);
    else rows.push(row);
  }
  return [...rowsOf].map(([identityKey, rows]): HeldPerson => {
    const contact = known.get(identityKey);
    const met = rows.map((row) => row.name).filter((one) => one !== null);
    const others = [contact?.verifiedAs, contact?.acceptedAs].filter((one) => typeof one === 'string');
    const names = [...new Set([...others, ...met])];
    const name = contact?.name ?? names.at(-1) ?? '';
    return {
      identityKey,
      name,
      otherNames: names.filter((one) => one !== name),
      isSelf: identityKey === own,
      isRestricted: restricted.has(identityKey),
      items: rows.map((row): HeldItem => {
        const { kind, id, title, since, count } = row;
        return { kind, id, title, since, count, until: restricted.has(identityKey) ? null : until(row) };
      }),
    };
  });
}

/** When something goes by itself, by the rules that the rounds of retention follow. */
function endings(vault: Vault): (row: HeldRow) => number | null {
  const periods = vault.retention.periods();
  const held = new Set(vault.holds.list().map(({ kind, id }) => `${kind} ${id}`));
  const meetings = new Map(vault.meetings.recent(everything).map((one) => [one.meetingId, one.deleteAfter]));
  const recordings = new Map(
    vault.recordings.list().map((one) => [one.id, keptUntil(one, keptParts(vault.recordings, one.id))]),
  );
  const registrations = new Map(
    vault.registrations.all().map((one) => [`${one.meetingId} ${one.identityKey}`, one.deleteAfter]),
  );
  const receipts = new Map(
    vault.receipts.all().flatMap((receipt) =>
      // One's own stands with whoever asked, too.
      [receipt.identityKey, receipt.request.controllerKey].map((key) => [
        `${receipt.recordingId} ${key}`,
        receiptDueAt(receipt, periods.receipt),
      ]),
    ),
  );
  const requests = new Map(
    [...vault.personRequests.list(), ...vault.ownRequests.list()].map((one) => [
      one.id,
      // One that is open stays longer.
      requestDueAt(one.closedAt ?? one.at, periods.request),
    ]),
  );
  return ({ kind, id, identityKey, since }) => {
    switch (kind) {
      case 'contact':
        return dueAfterDays(since, periods.contact);
      case 'meeting':
      case 'chat':
        return held.has(`chat ${id}`) ? null : (meetings.get(id ?? '') ?? null);
      case 'registration':
        if (held.has(`chat ${id}`)) return null;
        // What oneself told a host goes with the meeting.
        return registrations.get(`${id} ${identityKey}`) ?? meetings.get(id ?? '') ?? null;
      case 'recording':
        return held.has(`recording ${id}`) ? null : (recordings.get(id ?? '') ?? null);
      case 'consent':
        // Not before the recording it belongs to.
        if (held.has(`recording ${id}`)) return null;
        return Math.max(receipts.get(`${id} ${identityKey}`) ?? 0, recordings.get(id ?? '') ?? 0);
      case 'request':
        return requests.get(id ?? '') ?? null;
    }
  };
}
