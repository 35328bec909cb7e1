export interface TextPart {
  readonly text: string;
  readonly hit: boolean;
}

/** Splits a text into parts that begin a searched word and the rest. Case and order of the words do not matter. */
export function markHits(text: string, query: string): readonly TextPart[] {
  const words = query
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
  if (words.length === 0) return [{ text, hit: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, hit: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
