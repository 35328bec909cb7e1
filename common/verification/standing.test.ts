import { describe, expect, it } from 'vitest';
import { standingOf, unknownStanding, type KnownPerson } from './standing';

const known = (identityKey: string, name: string, at: number, more: Partial<KnownPerson> = {}): KnownPerson => ({
  ...{ identityKey, name, metAt: at, namedAt: at, verifiedAt: null, verifiedAs: null, acceptedAs: null },
  ...more,
});
const verified = (name: string) => ({ verifiedAt: 50, verifiedAs: name });

describe('standingOf', () => {
  it('knows nothing of a new key with a new name', () => {
    expect(standingOf([known('a', 'Anna', 1)], 'b', 'Ben')).toEqual(unknownStanding);
  });

  it('warns of a known name under a new key, the first time and every time', () => {
    const earlierKey = { name: 'Anna', lastMetAt: 1, wasVerified: false };
    const anna = known('a', 'Anna', 1);
    expect(standingOf([anna], 'x', 'ANNA')).toEqual({ knownAs: null, verifiedAt: null, earlierKey });
    expect(standingOf([anna, known('x', 'Anna', 9)], 'x', 'Anna')).toMatchObject({ knownAs: 'Anna', earlierKey });
    expect(standingOf([anna, known('x', 'Anna', 9)], 'a', 'Anna').earlierKey).toBeNull();
  });

  it('says whether the earlier one was verified, and prefers that one to name', () => {
    const people = [known('a', 'Anna', 1, verified('Anna')), known('b', 'Anna', 5)];
    expect(standingOf(people, 'x', 'Anna').earlierKey).toMatchObject({ lastMetAt: 1, wasVerified: true });
  });

  it('is calm once codes were compared, or once the person here said that they know', () => {
    const anna = known('a', 'Anna', 1);
    expect(standingOf([anna, known('x', 'Anna', 9, verified('Anna'))], 'x', 'Anna')).toEqual({
      ...{ knownAs: 'Anna', verifiedAt: 50, earlierKey: null },
    });
    const accepted = known('x', 'Anna', 9, { acceptedAs: 'Anna' });
    expect(standingOf([anna, accepted], 'x', 'Anna')).toMatchObject({ verifiedAt: null, earlierKey: null });
  });

  it('does not let somebody verified take the name of another', () => {
    const people = [
      known('a', 'Anna', 1, verified('Anna')),
      known('m', 'Max', 0, { ...verified('Max'), acceptedAs: 'Max' }),
    ];
    expect(standingOf(people, 'm', 'Anna')).toMatchObject({
      knownAs: 'Max',
      verifiedAt: null,
      earlierKey: { name: 'Anna' },
    });
    // Nor once it has been met under that name.
    const later = [people[0]!, { ...people[1]!, name: 'Anna', namedAt: 60 }];
    expect(standingOf(later, 'm', 'Anna')).toMatchObject({ verifiedAt: null, earlierKey: { name: 'Anna' } });
  });
});
