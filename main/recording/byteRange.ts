/** The answer to a Range header (RFC 9110, section 14): the whole, a part (`end` is exclusive), or nothing of it. */
export type ByteRange =
  | { readonly type: 'whole' }
  | { readonly type: 'part'; readonly start: number; readonly end: number }
  | { readonly type: 'unsatisfiable' };

/**
 * Reads a Range header for something of `size` bytes. As the RFC allows, what is not understood, other units and several
 * ranges at once, is ignored and the whole is sent.
 */
export function parseByteRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(/\s/g, '') ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (!match || (first === '' && last === '')) return { type: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? { type: 'unsatisfiable' } : { type: 'part', start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return { type: 'whole' };
  if (start >= size) return { type: 'unsatisfiable' };
  return { type: 'part', start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}
