import { randomBytes } from 'node:crypto';

/** The parameters of an invite link: `id` meeting, `at` address, `fp` certificate, `c` code, `k` key, `exp` expiry. */
export type LinkParameters = Partial<Record<'v' | 'id' | 'fp' | 'c' | 'k' | 'exp', string>> & {
  readonly at?: readonly string[];
};

/** The same link with other values: what a typing error, an attacker or time makes of it. */
export function changedLink(link: string, { at, ...others }: LinkParameters): string {
  const parameters = new URLSearchParams(link.slice(link.indexOf('?')));
  for (const [name, value] of Object.entries(others)) parameters.set(name, value);
  if (at !== undefined) {
    parameters.delete('at');
    for (const address of at) parameters.append('at', address);
  }
  return `konklave://join?${String(parameters).replaceAll('%3A', ':')}`;
}

/** The addresses a link names. */
export function addressesIn(link: string): string[] {
  return new URLSearchParams(link.slice(link.indexOf('?'))).getAll('at');
}

/** A link that is well formed and leads to this address. */
export function madeUpLink({ fp = randomKey(), at = ['127.0.0.1:1'] }: Pick<LinkParameters, 'fp' | 'at'> = {}): string {
  const empty = 'konklave://join?';
  return changedLink(empty, {
    ...{ v: '3', id: randomBytes(16).toString('base64url'), fp, c: '01234567', k: randomKey() },
    ...{ exp: String(Math.floor(Date.now() / 1000) + 600), at },
  });
}

/** 32 random bytes, as fingerprints and keys are written. */
export function randomKey(): string {
  return randomBytes(32).toString('base64url');
}
