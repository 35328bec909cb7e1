import { describe, expect, it } from 'vitest';
import { markHits } from './markHits';

const shown = (text: string, query: string) =>
  markHits(text, query)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

describe('markHits', () => {
  it.each([
    ['Der Vertrag und die Verträge', 'vertr', 'Der [Vertr]ag und die [Vertr]äge'],
    ['Konvertieren', 'vert', 'Konvertieren'],
    ['Über Äpfel', 'äp üb', '[Üb]er [Äp]fel'],
    ['a+b (c)', '+ (', 'a+b (c)'],
    ['nichts', '', 'nichts'],
  ])('%j searched for %j', (text, query, expected) => {
    expect(shown(text, query)).toBe(expected);
  });
});
