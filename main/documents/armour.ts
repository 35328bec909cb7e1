import { createHash } from 'node:crypto';

/** Well below the 76 of RFC 2045 and the 78 of RFC 5322, so that one or two levels of quoting still fit. */
const lineLength = 72;
const checksumBytes = 8;
/** A conversation that quotes itself holds a few; whoever puts in more wants to keep this busy. */
const maxBlocks = 20;

const beginning = '-----BEGIN KONKLAVE LETTER-----';
const end = '-----END KONKLAVE LETTER-----';

/** Dashes are not looked for: mail programs make others of them. */
const marker = /\b(BEGIN|END)[\s>|]{1,40}KONKLAVE[\s>|]{1,40}LETTER\b/g;
/** What mail programs put in: white space of every kind, quoting, and the dashes of the markers. */
const padding = /[\s>|\-\u2010-\u2015]/g;
/** Soft hyphens, zero-width spaces and joiners, direction marks, the byte order mark. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

export type Block =
  | { readonly state: 'whole'; readonly text: string }
  /** The end is missing. */
  | { readonly state: 'cut' }
  /** Something in it was changed. */
  | { readonly state: 'mangled' };

/**
 * A text as a block that survives mail programs: base64 (RFC 4648) without padding of its UTF-8 bytes and the first 8 bytes
 * of their SHA-256, wrapped at 72. The checksum tells a mangled paste; it protects from nobody, for that there are
 * signatures.
 */
export function armoured(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const body = Buffer.concat([bytes, checksum(bytes)])
    .toString('base64')
    .replaceAll('=', '');
  const lines = body.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [beginning, ...lines, end].join('\n');
}

/**
 * The blocks in a text, whatever is around them: quoted, wrapped anew, with CRLF, trailing or non-breaking spaces. In
 * the order in which they stand, at most 20. Never throws.
 */
export function blocksIn(text: string): readonly Block[] {
  const plain = text.replaceAll(invisible, '');
  const marks = [...plain.matchAll(marker)].slice(0, 2 * maxBlocks);
  return marks.flatMap((mark, index): Block[] => {
    if (mark[1] !== 'BEGIN') return [];
    const next = marks[index + 1];
    if (next?.[1] !== 'END') return [{ state: 'cut' }];
    return [unarmoured(plain.slice(mark.index + mark[0].length, next.index))];
  });
}

function unarmoured(inside: string): Block {
  const body = inside.replaceAll(padding, '');
  if (!/^[A-Za-z0-9+/]+$/.test(body)) return { state: 'mangled' };
  const all = Buffer.from(body, 'base64');
  const [bytes, sum] = [all.subarray(0, -checksumBytes), all.subarray(-checksumBytes)];
  if (all.length <= checksumBytes || !checksum(bytes).equals(sum)) return { state: 'mangled' };
  if (all.toString('base64').replaceAll('=', '') !== body) return { state: 'mangled' };
  try {
    return { state: 'whole', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { state: 'mangled' };
  }
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, checksumBytes);
}
