export interface TextPart {
  readonly text: string;
  readonly hit: boolean;
  /** Where it begins in the text. */
  readonly at: number;
}

/** Splits a text into parts that begin a searched word and the rest. Case and order of the words do not matter. */
export function markHits(text: string, query: string): readonly TextPart[] {
  const words = query
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
  if (words.length === 0) return [{ text, hit: false, at: 0 }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'giu');
  let at = 0;
  return text
    .split(pattern)
    .map((part, index) => {
      const begin = at;
      at += part.length;
      return { text: part, hit: index % 2 === 1, at: begin };
    })
    .filter((part) => part.text !== '');
}
