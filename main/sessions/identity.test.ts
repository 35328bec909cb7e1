import fc from 'fast-check';
import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigner, decodeExact, randomId, verifySignature } from './identity';
import { newIdentity } from './testing/memoryVault';

/** RFC 8032, section 7.1, test 1. */
const rfcIdentity = {
  publicKey: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString(
    'base64url',
  ),
  privateKey: createPrivateKey({
    key: Buffer.from(
      '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'hex',
    ),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'der', type: 'pkcs8' }),
};

describe('an identity', () => {
  const signer = createSigner(newIdentity());
  const other = createSigner(newIdentity());

  it('signs a value for one context', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const signature = signer.sign('envelope', value);
        expect(verifySignature(signer.publicKey, 'envelope', value, signature)).toBe(true);
        expect(verifySignature(signer.publicKey, 'knock', value, signature)).toBe(false);
        expect(verifySignature(other.publicKey, 'envelope', value, signature)).toBe(false);
        expect(verifySignature(signer.publicKey, 'envelope', [value], signature)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('makes the same signature as every other implementation', () => {
    const rfc = createSigner(rfcIdentity);
    const signature = rfc.sign('test', { b: [1, 'ä'], a: null });
    expect(verifySignature(rfcIdentity.publicKey, 'test', { a: null, b: [1, 'ä'] }, signature)).toBe(true);
    expect(signature).toMatchInlineSnapshot(
      `"5mwN2cWiHjdY24HxoDyW0WMRn1SGFCR8HqJ9gGMTYEUHQzlt40i70234WQ9D4Q3dM-V-yedZC84_L_Wp-S5LAw"`,
    );
  });

  it('never throws on what others send', () => {
    const signature = signer.sign('envelope', {});
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.anything(), (key, context, text, value) => {
        expect(verifySignature(key, context, value, text)).toBe(false);
        expect(verifySignature(key, context, value, signature)).toBe(false);
        expect(verifySignature(signer.publicKey, context, value, text)).toBe(false);
      }),
    );
    let deep: unknown = [];
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(verifySignature(signer.publicKey, 'envelope', deep, signature)).toBe(false);
  });

  it('takes no key under which a signature means nothing', () => {
    const points = [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      `ec${'ff'.repeat(30)}7f`,
      `ed${'ff'.repeat(30)}7f`,
      `ee${'ff'.repeat(30)}7f`,
    ].map((hex) => Buffer.from(hex, 'hex'));
    const bothSigns = points.flatMap((point) => [
      point,
      Buffer.concat([point.subarray(0, 31), Buffer.from([(point[31] ?? 0) | 0x80])]),
    ]);
    for (const key of bothSigns) {
      for (const commitment of bothSigns) {
        const signature = Buffer.concat([commitment, Buffer.alloc(32)]).toString('base64url');
        const accepted = Array.from({ length: 16 }, (_, message) =>
          verifySignature(key.toString('base64url'), 'knock', message, signature),
        );
        expect(accepted).not.toContain(true);
      }
    }
  });

  it('reads only canonical base64url', () => {
    expect(decodeExact('AA', 1)).toEqual(Buffer.from([0]));
    for (const text of ['AB', 'AA==', 'A', 'AAA', 'A A', '']) expect(decodeExact(text, 1)).toBeNull();
    expect(randomId()).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });
});
