import { lookup } from 'node:dns/promises';

/** The addresses of a name; rejects or is empty when it is not found. */
export type LookupName = (name: string) => Promise<readonly string[]>;

/** As the system looks it up. The page looks up nothing: it gets addresses. */
export const systemLookup: LookupName = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);
