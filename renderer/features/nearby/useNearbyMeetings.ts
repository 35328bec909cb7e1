import { useEffect, useState } from 'react';
import type { NearbyMeetings } from '../../../common/meeting/nearby';
import { useBridge, useRun } from '../../app/AppContext';

const nothing: NearbyMeetings = { state: 'looking', meetings: [] };

/** Has main look for meetings in the local network for as long as `isLooking`; `again` begins anew. */
export function useNearbyMeetings(isLooking: boolean): NearbyMeetings & { readonly again: () => void } {
  const bridge = useBridge();
  const run = useRun();
  const [nearby, setNearby] = useState(nothing);

  useEffect(() => {
    if (!isLooking) return;
    const unsubscribe = bridge.on('nearby.changed', setNearby);
    void run(bridge['nearby.look']());
    return () => {
      unsubscribe();
      setNearby(nothing);
      void run(bridge['nearby.stop']());
    };
  }, [isLooking, bridge, run]);

  return { ...nearby, again: () => void run(bridge['nearby.look']()) };
}
