import { useEffect, useState } from 'react';
import type { StoredIncident } from '../../../../common/privacy/incident';
import { useBridge } from '../../../app/AppContext';

/** What is written down about breaches: null until read; read again with each change. */
export function useIncidents(): readonly StoredIncident[] | null {
  const bridge = useBridge();
  const [incidents, setIncidents] = useState<readonly StoredIncident[] | null>(null);
  useEffect(() => {
    let stopped = false;
    const read = () =>
      void bridge['incidents.list']().then((result) => {
        if (!stopped && result.ok) setIncidents(result.value);
      });
    read();
    const unsubscribe = bridge.on('incidents.changed', read);
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [bridge]);
  return incidents;
}
