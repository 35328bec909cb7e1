import { describe, expect, it } from 'vitest';
import type { HeldPerson, PersonalKind } from '../../../common/privacy/heldData';
import { filterPeople } from './peopleFilter';

const person = (name: string, kinds: readonly PersonalKind[], changes: Partial<HeldPerson> = {}): HeldPerson => ({
  ...{ identityKey: name, name, otherNames: [], isSelf: false, isRestricted: false },
  items: kinds.map((kind) => ({ kind, id: null, title: null, since: 0, until: null, count: 1 })),
  ...changes,
});
const people = [
  person('Zoë Müller', ['contact', 'chat']),
  person('anna', ['contact']),
  person('Me', ['meeting'], { isSelf: true }),
  person('Ben', ['recording'], { otherNames: ['Benjamin Roß'] }),
];
const names = (query: string, kind: PersonalKind | 'all' = 'all') =>
  filterPeople(people, { query, kind }, 'de-DE').map(({ name }) => name);

describe('the list of people', () => {
  it('begins with oneself and goes on by name', () => {
    expect(names('')).toEqual(['Me', 'anna', 'Ben', 'Zoë Müller']);
  });

  it('finds any part of any name, whatever its case and accents', () => {
    expect(names(' zoe')).toEqual(['Zoë Müller']);
    expect(names('MULL')).toEqual(['Zoë Müller']);
    expect(names('jamin')).toEqual(['Ben']);
    expect(names('nobody')).toEqual([]);
  });

  it('shows whoever has something of a kind', () => {
    expect(names('', 'chat')).toEqual(['Zoë Müller']);
    expect(names('', 'contact')).toEqual(['anna', 'Zoë Müller']);
  });
});
