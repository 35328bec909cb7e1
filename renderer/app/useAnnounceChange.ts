import { useEffect, useRef } from 'react';
import { useNotify } from './AppContext';

/** Says a text to screen readers whenever it becomes another one; what it is at first is on the screen anyway. */
export function useAnnounceChange(text: string): void {
  const { announce } = useNotify();
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current !== null && before.current !== text) announce(text);
    before.current = text;
  }, [announce, text]);
}
