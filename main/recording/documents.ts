export { documentHash, textHash } from '../vault/documentHash';

/** 16 random bytes as base64url without padding. */
export function newId(random: (size: number) => Uint8Array): string {
  return Buffer.from(random(16)).toString('base64url');
}
