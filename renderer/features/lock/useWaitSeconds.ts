import { useLock } from '../../app/AppContext';
import { useClock } from '../../app/useClock';

/** For how many seconds no try to unlock is taken; 0: one is. */
export function useWaitSeconds(): number {
  const waitUntil = useLock((state) => state.waitUntil);
  const now = useClock(500);
  return Math.max(0, Math.ceil((waitUntil - now) / 1_000));
}
