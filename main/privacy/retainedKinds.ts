import { keptParts } from '../vault/keptParts';
import type { Vault } from '../vault/repositories';
import type { RetainedKind } from './retention';
import {
  dueAfterDays,
  dueMeetings,
  dueReceipts,
  dueRecordings,
  dueRegistrations,
  dueRequests,
  incidentDueAt,
} from './retentionDue';

const everything = 1_000_000;

export interface RetainedKindsOptions {
  /** The open vault; throws when it is locked. */
  readonly vault: () => Vault;
  /** Deletes what is due of one: all of it, or its consent clips, or all that is none. */
  readonly deleteRecording: (recordingId: string) => Promise<void>;
  /** Deletes one with everything that belongs to it, as when a person asks for it. */
  readonly deleteMeeting: (meetingId: string) => void;
}

/** Every kind of data that expires, in the order in which it goes: receipts after the recordings they belong to. */
export function retainedKinds({
  vault,
  deleteRecording,
  deleteMeeting,
}: RetainedKindsOptions): readonly RetainedKind[] {
  const periods = () => vault().retention.periods();
  return [
    {
      name: 'recordings',
      due: (now) => {
        const held = new Set(
          vault()
            .holds.list()
            .filter(({ kind }) => kind === 'recording')
            .map(({ id }) => id),
        );
        const { recordings } = vault();
        const dated = recordings.list().map((one) => ({ ...one, kept: keptParts(recordings, one.id) }));
        return dueRecordings(dated, held, now).map((id) => () => deleteRecording(id));
      },
    },
    {
      name: 'meetings',
      due: (now) => dueMeetings(vault().meetings.recent(everything), now).map((id) => () => deleteMeeting(id)),
    },
    {
      name: 'registrations',
      due: (now) => {
        const held = new Set(
          vault()
            .holds.list()
            .filter(({ kind }) => kind === 'chat')
            .map(({ id }) => id),
        );
        const due = dueRegistrations(vault().registrations.all(), held, now);
        return [() => vault().registrations.expire(due)];
      },
    },
    {
      // All at once: each erasure renews the backups, and at the end of a year many go.
      name: 'receipts',
      due: (now) => {
        const { receipts, recordings } = vault();
        const isRecordingHere = (recordingId: string) => recordings.get(recordingId) !== null;
        const due = dueReceipts(receipts.all(), { years: periods().receipt, isRecordingHere, now });
        return [() => receipts.expire(due, now)];
      },
    },
    {
      name: 'contacts',
      due: (now) => {
        const { people } = vault();
        const due = people.list().filter(({ metAt }) => dueAfterDays(metAt, periods().contact) <= now);
        return [() => people.expire(due.map(({ identityKey }) => identityKey))];
      },
    },
    {
      name: 'requests',
      due: (now) => {
        const { personRequests, ownRequests } = vault();
        return [personRequests, ownRequests].map(
          (requests) => () => requests.expire(dueRequests(requests.list(), periods().request, now)),
        );
      },
    },
    {
      name: 'incidents',
      due: (now) => {
        const { incidents } = vault();
        const due = incidents.list().filter((one) => (incidentDueAt(one, periods().incident) ?? Infinity) <= now);
        return [
          () =>
            incidents.delete(
              due.map(({ id }) => id),
              'retention',
            ),
        ];
      },
    },
    {
      name: 'entries of the logs',
      due: (now) => [
        () => {
          const until = now - dueAfterDays(0, periods().log);
          vault().deletionLog.forgetUntil(until);
          vault().auditLog.forgetUntil(until);
          vault().savedBackup.forgetMarksUntil(until);
        },
      ],
    },
  ];
}
