import { vi } from 'vitest';
import type { BodyType } from '../../../common/protocol/bodies';
import { MeetingRoom } from '../meetingRoom';

/** Every body that a room of this process has found to be in order and acts upon, and which room. */
export interface Deliveries {
  readonly mock: {
    readonly contexts: readonly MeetingRoom[];
    readonly calls: readonly Parameters<MeetingRoom['deliver']>[];
  };
}

const actedUpon: ReadonlySet<BodyType> = new Set([
  'chat',
  'moderate',
  'mediaState',
  'muteRequest',
  'participantRemoved',
] as const);

/**
 * Watches how far bodies get. Only those that a test waits for are acted upon: what the others do once they are let
 * through, and that most of these samples are refused for what is in them, is tested where it is done.
 */
export function spyOnDeliveries(): Deliveries {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its room below
  const original = MeetingRoom.prototype.deliver;
  return vi.spyOn(MeetingRoom.prototype, 'deliver').mockImplementation(function (this: MeetingRoom, from, envelope) {
    if (actedUpon.has(envelope.header.body.type)) original.call(this, from, envelope);
  }) as unknown as Deliveries;
}
