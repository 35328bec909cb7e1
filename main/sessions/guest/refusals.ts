import type { ErrorCode } from '../../../common/errors';
import type { EndReason } from '../../../common/meeting/sessionState';
import type { Refusal } from '../../../common/protocol/messages';

/** Why somebody who was in the meeting is not in it any more, when the host refuses to have them back. */
export function endReason(reason: Refusal): EndReason {
  if (reason === 'denied') return 'removed';
  return reason === 'meeting-unknown' ? 'ended-by-host' : 'place-gone';
}

/** What a refusal at the door is called where it is shown. */
export function refusalCode(reason: Refusal): ErrorCode {
  // Only somebody who comes back is refused for its place.
  if (reason === 'place-gone') return 'join/meeting-unknown';
  return reason === 'expired' ? 'invite/expired' : `join/${reason}`;
}
