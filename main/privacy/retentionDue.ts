import type { MeetingSummary } from '../../common/meeting/models';
import type { Registration } from '../../common/meeting/registration';
import type { StoredIncident } from '../../common/privacy/incident';
import { deleteAfter, dueParts, type KeptParts } from '../../common/recording/retention';
import type { StoredReceipt, StoredRecording, StoredRequest } from '../vault/repositories';

const day = 24 * 60 * 60 * 1000;

interface DatedRecording extends Pick<
  StoredRecording,
  'id' | 'phase' | 'startedAt' | 'retentionDays' | 'clipRetentionDays'
> {
  readonly kept: KeptParts;
}

/**
 * The recordings of which something is due at `now` (milliseconds since 1970): their own number of days is over, or that
 * of their consent clips. What is held (by ID) stays; one that
 * is still being written or finalized waits for the next round.
 */
export function dueRecordings(
  recordings: readonly DatedRecording[],
  held: ReadonlySet<string>,
  now: number,
): readonly string[] {
  return recordings
    .filter(({ phase }) => phase === 'ready' || phase === 'recovered')
    .filter((one) => !held.has(one.id) && dueParts(one, one.kept, now) !== 'nothing')
    .map(({ id }) => id);
}

/** The meetings whose days are over, with their chat, unless held. */
export function dueMeetings(
  meetings: readonly Pick<MeetingSummary, 'meetingId' | 'deleteAfter' | 'hold'>[],
  now: number,
): readonly string[] {
  return meetings.filter((one) => one.hold === null && one.deleteAfter <= now).map(({ meetingId }) => meetingId);
}

/** What was filled in at the door and is over, by the days that were promised then. It stays with a meeting on hold. */
export function dueRegistrations<Dated extends Pick<Registration, 'meetingId' | 'deleteAfter'>>(
  registrations: readonly Dated[],
  held: ReadonlySet<string>,
  now: number,
): readonly Dated[] {
  return registrations.filter((one) => one.deleteAfter <= now && !held.has(one.meetingId));
}

type DatedReceipt = Pick<StoredReceipt, 'recordingId' | 'participantId' | 'request' | 'answer' | 'takenAt'>;

/**
 * When a receipt goes: at the end of the calendar year, by the local calendar, so many years after the last day on which
 * something of what it proves happened (the answer came in, or a withdrawal; the end of the recording that was agreed to), by this
 * computer's own clock: a date in somebody else's document must neither keep it nor let it go. That is
 * how claims become time-barred (§§ 195, 199 (1) BGB), and the receipt is there to meet one (Art. 7 (1) GDPR).
 */
export function receiptDueAt(
  { request, answer, takenAt }: Omit<DatedReceipt, 'recordingId' | 'participantId'>,
  years: number,
): number {
  const agreed = Object.values(answer.decisions).includes(true);
  const last = Math.max(
    takenAt,
    // At the host's this is the own clock; a guest's copy is not kept for a later day than it was taken in.
    ...(agreed ? [deleteAfter(Math.min(request.requestedAt, takenAt), request.retentionDays)] : []),
  );
  return endOfYearAfter(last, years);
}

/** When the documentation of a breach goes: so many years after the end of the year in which it was closed; null while it is open. */
export function incidentDueAt({ closedAt }: Pick<StoredIncident, 'closedAt'>, years: number): number | null {
  return closedAt === null ? null : endOfYearAfter(closedAt, years);
}

function endOfYearAfter(at: number, years: number): number {
  return new Date(new Date(at).getFullYear() + years + 1, 0, 1).getTime();
}

/** When an answered request goes: as a receipt does, so many years after the end of the year in which it was answered. */
export function requestDueAt(closedAt: number, years: number): number {
  return new Date(new Date(closedAt).getFullYear() + years + 1, 0, 1).getTime();
}

/** The requests whose time is up, by ID. One that is open stays, however old it is. */
export function dueRequests(
  requests: readonly Pick<StoredRequest, 'id' | 'closedAt'>[],
  years: number,
  now: number,
): readonly string[] {
  return requests
    .filter(({ closedAt }) => closedAt !== null && requestDueAt(closedAt, years) <= now)
    .map(({ id }) => id);
}

/** The receipts whose time is up. That of a recording which is still here stays with it, however old it is. */
export function dueReceipts<Receipt extends DatedReceipt>(
  receipts: readonly Receipt[],
  options: { readonly years: number; readonly isRecordingHere: (recordingId: string) => boolean; readonly now: number },
): readonly Receipt[] {
  const { years, isRecordingHere, now } = options;
  return receipts.filter((receipt) => receiptDueAt(receipt, years) <= now && !isRecordingHere(receipt.recordingId));
}

/** When a person is forgotten, or an entry of the log: so many days after it was noted. */
export function dueAfterDays(at: number, days: number): number {
  return at + days * day;
}
