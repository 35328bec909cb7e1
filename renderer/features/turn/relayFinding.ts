import type { MeetingState } from '../../../common/meeting/sessionState';
import type { RelayTrouble } from '../../stores/mediaStore';

/** `none`: the meeting has no TURN server this person could use; `notFound`: its name was looked up in vain. */
export type RelayFinding = RelayTrouble | 'none' | 'notFound';

/**
 * What there is to say about TURN in a meeting: to whom hides their address, for them nothing goes without; to the host, who
 * can mend it; to the others only while somebody is not connected.
 */
export function relayFinding(
  { ice, role, participants }: Pick<MeetingState, 'ice' | 'role' | 'participants'>,
  trouble: RelayTrouble | null,
  allConnected: boolean,
): RelayFinding | null {
  if (participants.length < 2 && ice.notFound.length === 0 && (ice.hasRelay || !ice.relayOnly)) return null;
  if (!ice.relayOnly && role !== 'host' && allConnected) return null;
  if (trouble !== null) return trouble;
  if (ice.notFound.length > 0) return 'notFound';
  return ice.relayOnly && !ice.hasRelay ? 'none' : null;
}
