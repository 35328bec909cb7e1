import { createHash } from 'node:crypto';
import { canonical } from '../../common/protocol/canonical';

/** SHA-256 of the canonical form (RFC 8785) of a document, as base64url without padding. */
export function documentHash(document: unknown): string {
  return textHash(canonical(document));
}

/** SHA-256 of a text in UTF-8, as base64url without padding. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}
