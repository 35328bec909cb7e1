import type { NearbyVisibility } from '../../../common/meeting/nearby';
import { useBridge, useRun } from '../../app/AppContext';
import { NearbySwitch } from './NearbySwitch';

/** The same for the meeting that is running. */
export function MeetingNearbySwitch({ visibility }: { visibility: NearbyVisibility }) {
  const bridge = useBridge();
  const run = useRun();
  return (
    <NearbySwitch
      isSelected={visibility !== 'off'}
      onChange={(visible) => void run(bridge['session.setNearby']({ visible }))}
      trouble={visibility === 'off' || visibility === 'on' ? null : visibility}
    />
  );
}
