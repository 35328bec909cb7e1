import type { Participant } from '../../common/meeting/models';
import type { ToldNotice } from '../../common/privacy/notice';
import type { Envelope } from '../../common/protocol/bodies';
import type { Door } from './guest/returning';
import type { MeetingRoom } from './meetingRoom';

/** Where a participant hosts or has hosted, and what opens that door to this one. */
export interface KnownDoor {
  readonly door: Door;
  readonly hostKey: string;
  readonly token: string;
}

/** A participant's part in a running meeting: it goes from one session to the next when who hosts is another. */
export interface Seat {
  readonly room: MeetingRoom;
  readonly participants: readonly Participant[];
  readonly locked: boolean;
  readonly removedKeys: readonly string[];
  readonly passcode: string | null;
  /** What whoever is in this seat was told of their data, or told. */
  readonly notice: ToldNotice;
  /** How often who hosts has been another. */
  readonly term: number;
  readonly since: number;
  /** By participant ID. */
  readonly doors: ReadonlyMap<string, KnownDoor>;
  /** The old way to the others, while it lasts. */
  readonly oldWay: ((envelope: Envelope) => void) | null;
  readonly closed: () => Promise<void>;
}

/** The participants with another host; the one before stays as co-host. */
export function withHost(participants: readonly Participant[], hostId: string): readonly Participant[] {
  return participants.map((one) => {
    if (one.id === hostId) return { ...one, role: 'host' };
    return one.role === 'host' ? { ...one, role: 'co-host' } : one;
  });
}
