import { useEffect, useRef } from 'react';

/** Calls `save`, as it was given last, when the screen goes: nothing that was typed is lost by a click elsewhere. */
export function useSaveOnLeaving(save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => () => latest.current(), []);
}
