import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { Signer, VerifySignature } from '../../common/meeting/meetingChannel';
import { signedText } from '../../common/protocol/canonical';
import type { StoredIdentity } from '../vault/repositories';

/** Fills in where tests want their own randomness. */
export type RandomBytes = (size: number) => Uint8Array;

/** The fixed DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410, section 4); the 32 bytes of the key follow. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** 16 random bytes as base64url: names meetings, participants, knocks and messages. */
export function randomId(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(16)).toString('base64url');
}

/** 32 random bytes as base64url. */
export function randomNonce(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** The bytes of canonical base64url text of exactly `length` bytes, else null: stray bits and padding are refused. */
export function decodeExact(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : null;
}

/** SHA-256 of the bytes as base64url. */
export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/**
 * Signs with this installation's identity key: Ed25519 (RFC 8032) over `"konklave/1/<context>\n" + canonical(value)`.
 * Throws when the stored key cannot be read or the value has no canonical form.
 */
export function createSigner(identity: StoredIdentity): Signer {
  const key = createPrivateKey({ key: Buffer.from(identity.privateKey), format: 'der', type: 'pkcs8' });
  return {
    publicKey: identity.publicKey,
    sign: (context, value) => sign(null, Buffer.from(signedText(context, value), 'utf8'), key).toString('base64url'),
  };
}

/**
 * True exactly when `signature` is that key's over this context and value. False for anything else, malformed keys and
 * signatures and values without a canonical form included; never throws.
 */
export const verifySignature: VerifySignature = (publicKey, context, value, signature) => {
  const rawKey = decodeExact(publicKey, 32);
  const rawSignature = decodeExact(signature, 64);
  if (rawKey === null || rawSignature === null) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiHead, rawKey]), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(signedText(context, value), 'utf8'), key, rawSignature);
  } catch {
    return false;
  }
};
