import { test as base, type Person, type PersonOptions } from '../person';
import { command } from './command';
import { Lab } from './lab';
import type { Place } from './place';

export { expect } from '../person';

/** A person whose computer has a network of its own. */
export interface Resident {
  readonly person: Person;
  readonly place: Place;
}

interface Fixtures {
  lab: Lab;
  /** Starts an app for this person in a place of the lab, and sets its vault up. */
  resident: (name: string, options?: PersonOptions) => Promise<Resident>;
  /** The router passes nothing on from place to place any more: they can reach what runs there, and not each other. */
  separate: () => Promise<void>;
}

/** For tests of which the whole run is in the lab: `npm run test:network`, tests/network/network.config.ts. */
export const test = base.extend<Fixtures>({
  lab: async ({}, use) => {
    const lab = await Lab.open();
    await use(lab);
    await lab.close();
  },
  // Asks for the lab first, which is so closed last.
  resident: async ({ lab, person }, use) => {
    await use(async (name, options = {}) => {
      const place = await lab.place();
      return { place, person: await person(name, { ...options, launcher: place.launcher }) };
    });
  },
  separate: async ({}, use) => {
    const none = 'add table inet apart; delete table inet apart';
    const drop = 'chain forward { type filter hook forward priority 0; policy drop; }';
    await use(async () => void (await command(['nft', `${none}; table inet apart { ${drop}; }`])));
    await command(['nft', none]);
  },
});
