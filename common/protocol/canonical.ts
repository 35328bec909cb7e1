import canonicalize from 'canonicalize';

/**
 * The canonical form of a JSON value (RFC 8785): the same bytes for the same value, whatever made it. Object members
 * that are `undefined` are left out.
 *
 * Throws when the value has none: a number that is not finite, half a surrogate pair, a cycle, `undefined` itself.
 */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('no canonical form');
  return text;
}

/**
 * What is signed for a value: a context that no other kind of document shares, then the canonical form, so that a
 * signature given for one purpose is never valid for another. Throws like {@link canonical}.
 */
export function signedText(context: string, value: unknown): string {
  return `konklave/1/${context}\n${canonical(value)}`;
}
