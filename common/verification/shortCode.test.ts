import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictures } from './pictures';
import { codeText, commitmentText, renderShortCode, type CodeSubject } from './shortCode';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest();
const end = (letter: string, byte: string) => ({
  participantId: letter.repeat(22),
  identityKey: letter.repeat(43),
  fingerprint: Array.from({ length: 32 }, () => byte).join(':'),
});
const subject: CodeSubject = {
  meetingId: 'M'.repeat(22),
  generation: 2,
  initiator: end('A', '0A'),
  responder: end('B', '0B'),
};
const nonces = { initiator: 'x'.repeat(43), responder: 'y'.repeat(43) };

describe('the short code', () => {
  // The vector of docs/decisions/0024: another program that follows it comes to the same.
  it('is what the decision says', () => {
    expect(sha256(commitmentText(subject, nonces.initiator)).toString('base64url')).toMatchInlineSnapshot(
      `"0bJZbx8BxL6N7HbabP9gs14mVs9BNF3_vAu0WekYkxM"`,
    );
    expect(renderShortCode(sha256(codeText(subject, nonces)))).toMatchInlineSnapshot(`
      {
        "digits": "881041",
        "pictures": [
          "guitar",
          "car",
          "apple",
          "flower",
        ],
      }
    `);
  });

  it('takes pictures from the first 24 bits and digits from the next 40, and nothing else', () => {
    const digest = new Uint8Array(32).fill(0xff);
    digest.set([0b000000_01, 0b0000_0000, 0b11_111111], 0);
    digest.set([0, 0, 0, 0, 7], 3);
    expect(renderShortCode(digest)).toEqual({
      pictures: [pictures[0], pictures[16], pictures[3], pictures[63]],
      digits: '000007',
    });
    digest.set([0xff, 0xff, 0xff, 0xff, 0xff], 3);
    expect(renderShortCode(digest).digits).toBe(String((2 ** 40 - 1) % 1_000_000));
    expect(() => renderShortCode(new Uint8Array(31))).toThrow(RangeError);
  });

  it('always has four known pictures and six digits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
        const code = renderShortCode(digest);
        expect(code.digits).toMatch(/^[0-9]{6}$/);
        expect(code.pictures.every((one) => pictures.includes(one))).toBe(true);
      }),
    );
    expect(new Set(pictures).size).toBe(64);
  });

  it('covers everything both ends know: whatever differs, the texts do', () => {
    const changes: ((one: CodeSubject) => CodeSubject)[] = [
      (one) => ({ ...one, meetingId: 'N'.repeat(22) }),
      (one) => ({ ...one, generation: 3 }),
      (one) => ({ ...one, initiator: one.responder, responder: one.initiator }),
      ...(['initiator', 'responder'] as const).flatMap((side) =>
        (['participantId', 'identityKey', 'fingerprint'] as const).map((field) => (one: CodeSubject) => ({
          ...one,
          [side]: { ...one[side], [field]: `${one[side][field]}X` },
        })),
      ),
    ];
    const texts = [
      ...changes.map((change) => codeText(change(subject), nonces)),
      codeText(subject, { ...nonces, initiator: nonces.responder }),
      codeText(subject, { ...nonces, responder: nonces.initiator }),
      codeText(subject, nonces),
    ];
    expect(new Set(texts).size).toBe(texts.length);
    const commitments = [...changes.map((change) => change(subject)), subject].map((one) => commitmentText(one, 'n'));
    expect(new Set(commitments).size).toBe(commitments.length);
  });
});
