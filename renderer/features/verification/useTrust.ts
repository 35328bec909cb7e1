import type { PeerTrust } from '../../../common/verification/trust';
import { useSession } from '../../app/AppContext';

/** What main knows of who is at the other end; undefined for oneself and for who is not there. */
export function useTrust(participantId: string): PeerTrust | undefined {
  return useSession(({ session }) =>
    session.phase === 'meeting' ? session.meeting.trust.find((one) => one.participantId === participantId) : undefined,
  );
}
