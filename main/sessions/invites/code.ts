import { randomBytes } from 'node:crypto';
import { DomainError } from '../../../common/errors';
import { decodeExact, type RandomBytes } from '../identity';
import { decodeBase32, encodeBase32 } from './base32';

/**
 * How much of the certificate's SHA-256 the typed code carries. Passing as the host takes another certificate with the
 * same 80 bits while the invite lasts: 2^80 key generations.
 */
export const pinBytes = 10;
const secretBytes = 5;

/** What a typed code says: the start of the certificate's SHA-256, and the invite's secret. */
export interface TypedCode {
  readonly pin: Buffer;
  readonly secret: string;
}

/** 40 random bits as 8 base32 characters. They can only be tried against the host, which limits wrong attempts. */
export function randomSecret(random: RandomBytes = randomBytes): string {
  return encodeBase32(random(secretBytes));
}

/** What a typed code carries of a certificate's SHA-256 (base64url). Throws if it is none. */
export function pinOf(fingerprint: string): Buffer {
  const bytes = decodeExact(fingerprint, 32);
  if (bytes === null) throw new TypeError('not a SHA-256');
  return bytes.subarray(0, pinBytes);
}

/** 24 characters in groups of four. `fingerprint`: SHA-256 of the certificate, base64url. Throws if it is none. */
export function formatCode(fingerprint: string, secret: string): string {
  const text = encodeBase32(pinOf(fingerprint)) + secret;
  return text.match(/.{4}/g)?.join('-') ?? '';
}

/**
 * Reads a code typed by hand. Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
 * Throws DomainError('invite/malformed').
 */
export function parseCode(text: string): TypedCode {
  const typed = text.replace(/[\s\p{Pd}]/gu, '');
  if (!/^[0-9A-Za-z]{24}$/.test(typed)) throw new DomainError('invite/malformed');
  const plain = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  const pin = decodeBase32(plain.slice(0, 16));
  const secret = plain.slice(16);
  if (pin === null || decodeBase32(secret) === null) throw new DomainError('invite/malformed');
  return { pin, secret };
}
