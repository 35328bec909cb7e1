import { useEffect, useState } from 'react';
import type { NearbyMeetings } from '../../../common/meeting/nearby';
import { useBridge } from '../../app/AppContext';

const nothing: NearbyMeetings = { state: 'looking', meetings: [] };

/** Has main look for meetings in the local network for as long as this is on the screen; `again` begins anew. */
export function useNearbyMeetings(): NearbyMeetings & { readonly again: () => void } {
  const bridge = useBridge();
  const [nearby, setNearby] = useState(nothing);

  useEffect(() => {
    const unsubscribe = bridge.on('nearby.changed', setNearby);
    void bridge['nearby.look']();
    return () => {
      unsubscribe();
      void bridge['nearby.stop']();
    };
  }, [bridge]);

  return { ...nearby, again: () => void bridge['nearby.look']() };
}
