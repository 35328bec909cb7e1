import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armoured, blocksIn } from './armour';

const whole = fc.string({ unit: 'binary', minLength: 1, maxLength: 400 });
const sample = armoured('{"format":"konklave-letter","purpose":"Straße"}'.repeat(20));

/** What mail programs and people do to a text on its way. */
const journeys: Record<string, (block: string) => string> = {
  quoted: (block) => block.replaceAll(/^/gm, '> '),
  'quoted three times': (block) => block.replaceAll(/^/gm, '>> > '),
  'quoted and then wrapped anew': (block) => block.replaceAll(/^/gm, '> ').replaceAll(/(.{60})(.+)/g, '$1\n$2'),
  'with CRLF': (block) => block.replaceAll('\n', '\r\n'),
  'with CR alone': (block) => block.replaceAll('\n', '\r'),
  'with trailing spaces': (block) => block.replaceAll('\n', '  \t\n'),
  'with non-breaking spaces': (block) => block.replaceAll(' ', '\u00a0').replaceAll('\n', '\u00a0\n\u00a0'),
  'on one line': (block) => block.replaceAll('\n', ' '),
  'with empty lines between': (block) => block.replaceAll('\n', '\n\n'),
  'with other dashes': (block) => block.replaceAll('--', '\u2014').replaceAll('-', '\u2013'),
  'with dashes escaped': (block) => block.replaceAll(/^-/gm, '- -'),
  'with invisible characters': (block) =>
    `\ufeff${block.replaceAll('\n', '\u200b\n\u2060').replaceAll('K', '\u00adK')}`,
  'indented and barred': (block) => block.replaceAll(/^/gm, '   | '),
  'with text around it': (block) => `Dear Hanna,\n\nwhat I wrote:\n${block}\n-- \nGustav\nBEGIN of something`,
  'glued to the text around it': (block) => `see: ${block} thanks`,
};

describe('a block', () => {
  test('has lines of at most 72 characters, in ASCII, without = that mail programs escape', () => {
    const lines = sample.split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatch(/^[\w+/ -]{1,72}$/);
    expect(lines[0]).toBe('-----BEGIN KONKLAVE LETTER-----');
    expect(lines.at(-1)).toBe('-----END KONKLAVE LETTER-----');
  });

  test.each(Object.keys(journeys))('is read again %s', (journey) => {
    fc.assert(
      fc.property(whole, (original) => {
        expect(blocksIn(journeys[journey]!(armoured(original)))).toEqual([{ state: 'whole', text: original }]);
      }),
    );
  });

  test('is read again after several journeys one after the other', () => {
    fc.assert(
      fc.property(whole, fc.subarray(Object.keys(journeys), { maxLength: 3 }), (original, ways) => {
        const mail = ways
          .filter((way) => !way.includes('wrapped') && !way.includes('text around'))
          .reduce((block, way) => journeys[way]!(block), armoured(original));
        expect(blocksIn(mail)).toContainEqual({ state: 'whole', text: original });
      }),
    );
  });

  test('stands beside others in the order of the text', () => {
    const reply = `${armoured('new')}\n\nGustav wrote:\n${armoured('old').replaceAll(/^/gm, '> ')}`;
    expect(blocksIn(reply)).toEqual([
      { state: 'whole', text: 'new' },
      { state: 'whole', text: 'old' },
    ]);
  });
});

describe('what went wrong on the way is noticed', () => {
  const body = sample.split('\n').slice(1, -1).join('\n');
  const at = (offset: number) => sample.indexOf(body) + offset;

  test('one character changed anywhere', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.constantFrom(...'AZaz09+/!?ä='), (offset, character) => {
        const changed = sample.slice(0, at(offset)) + character + sample.slice(at(offset) + 1);
        if (changed === sample || body[offset] === '\n') return;
        expect(blocksIn(changed)).toEqual([{ state: 'mangled' }]);
      }),
      { numRuns: 500 },
    );
  });

  test('a line missing, twice, or moved', () => {
    const lines = sample.split('\n');
    for (let line = 1; line < lines.length - 1; line += 1) {
      const [before, after] = [lines.slice(0, line), lines.slice(line + 1)];
      const twice = [...before, lines[line], lines[line], ...after];
      expect(blocksIn([...before, ...after].join('\n'))).toEqual([{ state: 'mangled' }]);
      expect(blocksIn(twice.join('\n'))).toEqual([{ state: 'mangled' }]);
    }
    const [begin, first, second, ...rest] = lines;
    expect(blocksIn([begin, second, first, ...rest].join('\n'))).toEqual([{ state: 'mangled' }]);
  });

  test('cut off anywhere', () => {
    for (let length = sample.indexOf('\n'); length < sample.length - '-----'.length - 1; length += 7) {
      expect(blocksIn(sample.slice(0, length))).toEqual([{ state: 'cut' }]);
    }
    expect(blocksIn('-----BEGIN KONKLAVE LETTER-----\n-----END KONKLAVE LETTER-----')).toEqual([{ state: 'mangled' }]);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('BEGIN KONKLAVE LETTER', 'END KONKLAVE LETTER', '-----', '\n> ', sample, sample.slice(0, 90)),
  );
  test('is read without an error, and never more than 20 blocks', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(blocksIn(pieces.join(' ')).length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 300 },
    );
  });

  test('of the largest size takes a moment, whatever it is made of', () => {
    const size = 512 * 1024;
    for (const hostile of ['BEGIN ', 'BEGIN KONKLAVE ', 'BEGIN KONKLAVE LETTER ', '> ', ' ', 'BEGIN\u00a0', 'A']) {
      const began = performance.now();
      blocksIn(hostile.repeat(size / hostile.length));
      blocksIn(`BEGIN KONKLAVE LETTER ${hostile.repeat(size / hostile.length)} END KONKLAVE LETTER`);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});
