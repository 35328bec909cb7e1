import { createHmac } from 'node:crypto';
import type { Objector } from '../../common/privacy/objections';

/**
 * The keyed hashes (HMAC-SHA-256, base64url) by which somebody is found in a list of objections, one for each thing that is
 * known of them. E-mail addresses and names are the same however they are spelled: case (ß is ss), width, spaces and
 * invisible characters do not count. Without the salt of the vault nobody can try out guesses.
 */
export function objectionMarks(salt: Uint8Array, { identityKey, email, name }: Objector): readonly string[] {
  const mark = (what: string, value: string) =>
    createHmac('sha256', salt).update(`konklave/1/objection\n${what}\n${value}`, 'utf8').digest('base64url');
  return [
    ...(identityKey === undefined ? [] : [mark('key', identityKey)]),
    ...(email === undefined ? [] : [mark('email', folded(email).replaceAll(' ', ''))]),
    ...(name === undefined ? [] : [mark('name', folded(name))]),
  ];
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}
