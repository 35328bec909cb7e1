import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, openFixture, vaultFixture } from '../testing/vaultFixture';
import type { Vault } from '../repositories';
import { chatQuery } from './chatQuery';

async function openVaultWithMeeting(): Promise<{ vault: Vault; say(text: string, sentAt?: number): string }> {
  const { vault } = await openFixture(vaultFixture());
  const meetingId = newId();
  vault.meetings.start({ meetingId, title: 'Team', role: 'host', hostName: 'Ada', hostKey: 'k', startedAt: 1 });
  const say = (text: string, sentAt = 1) => {
    const id = newId();
    vault.chat.add({ id, meetingId, senderId: null, senderName: 'Ada', senderKey: 'k', mine: true, text, sentAt });
    return id;
  };
  return { vault, say };
}

test.each([
  ['', '""'],
  ['  \n\t ', '""'],
  ['!!! -- """ ()', '""'],
  ['\u0301', '""'],
  ['hello', '"hello"*'],
  ['Grüße an "alle"', '"Grüße"* AND "an"* AND "alle"*'],
  ['NEAR(a b, 2) OR text:x*', '"NEAR"* AND "a"* AND "b"* AND "2"* AND "OR"* AND "text"* AND "x"*'],
])('%j becomes %j', (typed, query) => {
  expect(chatQuery(typed)).toBe(query);
});

test('words beyond the sixteenth are ignored', () => {
  expect(chatQuery('w '.repeat(500)).split(' AND ')).toHaveLength(16);
});

test('whatever is typed, the search answers', async () => {
  const { vault, say } = await openVaultWithMeeting();
  say('hello world');
  expect(vault.chat.search('!?')).toEqual([]);
  const syntax = fc.constantFrom(
    '"',
    "'",
    '*',
    '(',
    ')',
    ':',
    '^',
    '-',
    '+',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    '\0',
    '\ud800',
    '{',
    ' ',
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.oneof(syntax, fc.string({ maxLength: 3 }))).map((parts) => parts.join('')),
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(typed, (text) => {
      expect(Array.isArray(vault.chat.search(text))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('every beginning of every word finds the text', async () => {
  const { vault, say } = await openVaultWithMeeting();
  const letters = fc.constantFrom(...'abcxyzäöüßéñÅłжЯλ09');
  const word = fc.array(letters, { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
  const cases = fc.array(word, { minLength: 1, maxLength: 6 }).chain((words) =>
    fc.record({
      words: fc.constant(words),
      typed: fc.tuple(...words.map((one) => fc.nat(one.length - 1).map((cut) => [...one].slice(0, cut + 1).join('')))),
    }),
  );
  let clock = 1_000;
  fc.assert(
    fc.property(cases, ({ words, typed }) => {
      // Newer than everything before, so that a hundred older hits cannot hide it.
      const id = say(words.join(', '), (clock += 1));
      expect(vault.chat.search(typed.join(' ')).map(({ message }) => message.id)).toContain(id);
    }),
    { numRuns: 200 },
  );
});
