import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Signer, VerifySignature } from '../../../common/meeting/meetingChannel';
import { signedText } from '../../../common/protocol/canonical';

/** A new Ed25519 identity. */
export function testSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64url'),
    sign: (context, value) =>
      sign(null, Buffer.from(signedText(context, value), 'utf8'), privateKey).toString('base64url'),
  };
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

export const testVerify: VerifySignature = (publicKey, context, value, signature) =>
  verify(
    null,
    Buffer.from(signedText(context, value), 'utf8'),
    { key: Buffer.concat([spkiHead, Buffer.from(publicKey, 'base64url')]), format: 'der', type: 'spki' },
    Buffer.from(signature, 'base64url'),
  );
