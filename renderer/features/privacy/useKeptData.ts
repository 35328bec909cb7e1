import { useEffect, useState } from 'react';
import type { Result } from '../../../common/errors';
import type { Bridge } from '../../../common/ipc/bridge';
import { useBridge, useRun, useServices } from '../../app/AppContext';

/**
 * What main answers about what is kept: null until read, and read again when what is kept changes. `ask` must be the same
 * function each time.
 */
export function useKeptData<Value>(ask: (bridge: Bridge) => Promise<Result<Value>>): Value | null {
  const bridge = useBridge();
  const run = useRun();
  const { library } = useServices().stores;
  const [value, setValue] = useState<Value | null>(null);
  useEffect(() => {
    let stopped = false;
    const read = () =>
      void run(ask(bridge)).then((result) => {
        if (!stopped && result.ok) setValue(result.value);
      });
    read();
    const unsubscribe = library.subscribe((now, before) => {
      if (now.retention !== before.retention) read();
    });
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [ask, bridge, library, run]);
  return value;
}
