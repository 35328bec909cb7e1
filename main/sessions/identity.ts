import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { Signer, VerifySignature } from '../../common/meeting/meetingChannel';
import { signedText } from '../../common/protocol/canonical';
import type { StoredIdentity } from '../vault/repositories';

/** Fills in where tests want their own randomness. */
export type RandomBytes = (size: number) => Uint8Array;

/** The fixed DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410, section 4); the 32 bytes of the key follow. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The encodings of the points whose order divides 8, without their sign bit. Under such a key one signature fits many
 * messages (that of only zeros, one message in four): who chose it could disown what was signed, or be said to have
 * signed anything. Node's verification accepts them, as RFC 8032 allows; libsodium refuses the same seven.
 */
const smallOrderKeys: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isSmallOrder(rawKey: Buffer): boolean {
  const unsigned = Buffer.from(rawKey);
  unsigned.writeUInt8(unsigned.readUInt8(31) & 0x7f, 31);
  return smallOrderKeys.has(unsigned.toString('hex'));
}

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
 * signatures, keys of small order and values without a canonical form included; never throws.
 */
export const verifySignature: VerifySignature = (publicKey, context, value, signature) => {
  const rawKey = decodeExact(publicKey, 32);
  const rawSignature = decodeExact(signature, 64);
  if (rawKey === null || rawSignature === null || isSmallOrder(rawKey)) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiHead, rawKey]), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(signedText(context, value), 'utf8'), key, rawSignature);
  } catch {
    return false;
  }
};
