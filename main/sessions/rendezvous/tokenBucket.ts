import type { Rate } from '../policy';
import type { Clock } from '../timing';

/** Limits how much may happen: takes an amount and says whether there was enough left. A clock set back refills nothing. */
export function createTokenBucket(rate: Rate, clock: Clock): (amount: number) => boolean {
  let tokens = rate.burst;
  let at = clock();
  return (amount) => {
    const now = clock();
    tokens = Math.min(rate.burst, tokens + (Math.max(0, now - at) / 1_000) * rate.perSecond);
    at = now;
    if (amount > tokens) return false;
    tokens -= amount;
    return true;
  };
}
