const maximumTerms = 16;

/**
 * An FTS5 query that finds texts with all of the words somebody typed, each by its beginning; one that finds nothing
 * when there is no word in it. Every term is a quoted string of letters, digits and marks, so nothing typed is ever read
 * as query syntax (https://www.sqlite.org/fts5.html#fts5_strings). Words beyond the sixteenth are ignored.
 */
export function chatQuery(typed: string): string {
  const words = typed.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const terms = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, maximumTerms);
  // An empty phrase finds nothing; an empty query would be a syntax error.
  if (terms.length === 0) return '""';
  return terms.map((term) => `"${term}"*`).join(' AND ');
}
