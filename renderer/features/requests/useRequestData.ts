import { useEffect, useState } from 'react';
import type { Result } from '../../../common/errors';
import type { Bridge } from '../../../common/ipc/bridge';
import { useBridge } from '../../app/AppContext';

/**
 * What main answers about requests: null until read, and read again when one is another. `ask` must be the same function
 * each time.
 */
export function useRequestData<Value>(ask: (bridge: Bridge) => Promise<Result<Value>>): Value | null {
  const bridge = useBridge();
  const [value, setValue] = useState<Value | null>(null);
  useEffect(() => {
    let stopped = false;
    const read = () =>
      void ask(bridge).then((result) => {
        if (!stopped && result.ok) setValue(result.value);
      });
    read();
    const unsubscribe = bridge.on('requests.changed', read);
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [ask, bridge]);
  return value;
}

export const askLog = (bridge: Bridge) => bridge['requests.list']();
export const askOwn = (bridge: Bridge) => bridge['requests.own']();
