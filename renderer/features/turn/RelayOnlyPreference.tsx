import { useBridge, usePreferences, useRun } from '../../app/AppContext';
import { RelayOnlySwitch } from './RelayOnlySwitch';

/** Whether the address is hidden in meetings to come, unless chosen otherwise at the door. */
export function RelayOnlyPreference() {
  const bridge = useBridge();
  const run = useRun();
  const relayOnly = usePreferences(({ preferences }) => preferences.relayOnly);
  return (
    <RelayOnlySwitch isSelected={relayOnly} onChange={(on) => void run(bridge['preferences.set']({ relayOnly: on }))} />
  );
}
