import type { SessionPolicy } from '../policy';
import type { Clock } from '../timing';

/** Counts wrong codes by where they come from, in memory, for as long as a meeting. */
export interface WrongCodes {
  isBlocked(source: string): boolean;
  add(source: string): void;
  clear(): void;
}

const maxSources = 10_000;

/** After a few wrong codes a source is turned away for a while, longer each time, right codes included. */
export function createWrongCodes(policy: Pick<SessionPolicy, 'wrongCodeDelayMs'>, clock: Clock): WrongCodes {
  const sources = new Map<string, { readonly failures: number; readonly at: number }>();
  return {
    isBlocked(source) {
      const entry = sources.get(source);
      return entry !== undefined && clock() - entry.at < policy.wrongCodeDelayMs(entry.failures);
    },
    add(source) {
      const failures = (sources.get(source)?.failures ?? 0) + 1;
      sources.delete(source);
      sources.set(source, { failures, at: clock() });
      if (sources.size > maxSources) for (const oldest of [...sources.keys()].slice(0, 1)) sources.delete(oldest);
    },
    clear: () => sources.clear(),
  };
}

/** What counts as one source: an IPv4 address, or the /64 network an IPv6 address is in, which one person has whole. */
export function sourceOf(remoteAddress: string | undefined): string {
  const address = (remoteAddress ?? '').toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = tail.split(':').filter((group) => group !== '');
  while (address.includes('::') && groups.length + rest.length < 8) groups.push('0');
  return [...groups, ...rest].slice(0, 4).join(':');
}
