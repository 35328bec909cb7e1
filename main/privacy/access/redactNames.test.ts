import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactNames } from './redactNames';

describe('names of third parties', () => {
  const redact = redactNames([['Anna Weber', 'Anni'], ['Jörg O’Neil']], ['Ben Weber']);

  it.each([
    ['Anna Weber sagt ja', '[Person 1] sagt ja'],
    ['ask ANNA, or Anni', 'ask [Person 1], or [Person 1]'],
    ['Annas Akte, Anna’s file', '[Person 1] Akte, [Person 1] file'],
    ['Jörg kommt', '[Person 2] kommt'],
    ['Jo\u0308rg kommt', '[Person 2] kommt'],
    ['mit Jörg O’Neil.', 'mit [Person 2].'],
    ['Annahme und Hannah', 'Annahme und Hannah'],
    ['Ben Weber und Weber', 'Ben Weber und Weber'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('is none where nobody else is known', () => {
    expect(redactNames([], ['Ben'])('Ben and Anna')).toBe('Ben and Anna');
  });

  it('leaves none of them, whatever they are called', () => {
    const name = fc.string({ minLength: 3, maxLength: 12, unit: fc.constantFrom(...'abcäöüé.*+?()[]\\-') });
    fc.assert(
      fc.property(name, name, (one, other) => {
        fc.pre(one.trim().length > 2 && /^[\p{L}]/u.test(one) && /[\p{L}]$/u.test(one));
        expect(redactNames([[one]], [])(`x ${one} y`).toLowerCase()).not.toContain(` ${one.normalize('NFC')} `);
        expect(() => redactNames([[one], [other]], [other])(`${one}${other}`)).not.toThrow();
      }),
    );
  });
});
