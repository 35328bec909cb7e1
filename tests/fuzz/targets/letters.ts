import { letterSchema } from '../../../common/consent/letters';
import { receiptProofSchema } from '../../../common/consent/receiptDocument';
import { DomainError } from '../../../common/errors';
import { receiptFile } from '../../../main/privacy/receipts/receiptFile';
import { verifyReceipt } from '../../../main/privacy/receipts/verifyReceipt';
import { armoured } from '../../../main/documents/armour';
import { letterText, readLetters } from '../../../main/recording/letters/readLetters';
import { verifyProofLetter } from '../../../main/recording/letters/verifyProofLetter';
import { verifySignature } from '../../../main/sessions/identity';
import { Random } from '../generate/random';
import { valueOf } from '../generate/valueOf';
import { Broken, schemaTarget, textTarget, type Target } from '../target';

/** Some texts, made once: values that the schema takes are one in a few of those that are made up. */
function pool(make: (random: Random) => string | null): (random: Random) => string {
  let made: string[] | null = null;
  return (random) => {
    made ??= Array.from({ length: 400 }, (_, index) => make(new Random(index))).filter((text) => text !== null);
    return random.pick(made);
  };
}

const letters = pool((random) => {
  const { data } = letterSchema.safeParse(valueOf(letterSchema, random));
  return data === undefined ? null : letterText(data);
});

const receipts = pool((random) => {
  const { data } = receiptProofSchema.safeParse(valueOf(receiptProofSchema, random));
  try {
    return data === undefined ? null : receiptFile(data);
  } catch {
    // A time that no date can hold.
    return null;
  }
});

function read(text: string): boolean {
  const found = readLetters(text);
  if (found.length === 0 || found.length > 20) throw new Broken('none, or too many');
  for (const letter of found) {
    if (letter instanceof DomainError) continue;
    if (letterText(letter) === '') throw new Broken('has no text');
    if (letter.type === 'erasure-proof') verifyProofLetter(letterText(letter), verifySignature);
  }
  return found.some((letter) => !(letter instanceof DomainError));
}

export const letterTargets: readonly Target[] = [
  schemaTarget({ name: 'letter', schema: letterSchema, handle: (letter) => void letterText(letter), cost: 4 }),
  textTarget({
    name: 'file of a letter',
    covers: [
      'main/recording/letters/readLetters.ts#readLetters',
      'main/recording/letters/verifyProofLetter.ts#verifyProofLetter',
    ],
    samples: letters,
    parse: read,
    taken: (value) => value,
    cost: 8,
  }),
  textTarget({
    name: 'e-mail with letters',
    samples: (random) =>
      `Dear Hanna,\n> ${armoured(letters(random)).replaceAll('\n', '\n> ')}\n`.repeat(random.pick([1, 1, 3])),
    parse: read,
    taken: (value) => value,
    cost: 8,
  }),
  schemaTarget({ name: 'proof in a receipt', schema: receiptProofSchema, cost: 4 }),
  textTarget({
    name: 'receipt file',
    covers: ['main/privacy/receipts/verifyReceipt.ts#verifyReceipt'],
    samples: receipts,
    parse: (text) => {
      const verdict = verifyReceipt(Buffer.from(text, 'utf8'), verifySignature);
      if (verdict.valid) throw new Broken('signatures were made up');
      return !verdict.failures.includes('not-a-receipt');
    },
    taken: (value) => value,
    cost: 8,
  }),
];
