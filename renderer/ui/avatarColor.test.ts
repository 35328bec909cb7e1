import { describe, expect, it } from 'vitest';
import { avatarColor, avatarColors, initials } from './avatarColor';

describe('initials', () => {
  it.each([
    ['Anna Weber', 'AW'],
    ['Anna Maria von der Heide', 'AH'],
    ['ben', 'B'],
    ['  Öztürk  ', 'Ö'],
    ['Dr. Ingo (Gast)', 'DG'],
    ['😀 Tom', 'T'],
    ['…', '?'],
    ['', '?'],
  ])('of %j are %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('avatarColor', () => {
  it('is stable and within the palette', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `person-${index * 7919}`);
    const colors = ids.map(avatarColor);
    expect(colors).toEqual(ids.map(avatarColor));
    expect(new Set(colors).size).toBe(avatarColors);
    expect(Math.max(...colors)).toBeLessThan(avatarColors);
  });
});
