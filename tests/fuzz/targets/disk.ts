import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preferencesFrom, preferencesSchema } from '../../../common/preferences';
import { factLinesSchema } from '../../../common/privacy/assessment';
import { parseChatText } from '../../../common/recording/chatLine';
import { encodeChatLine, parseChatLines } from '../../../main/recording/chatLines';
import { decodeSealedHeader, encodeSealedHeader } from '../../../main/vault/sealed/sealedHeader';
import { SealedFileError } from '../../../main/vault/sealed/sealedFileError';
import { SealedReader } from '../../../main/vault/sealed/sealedReader';
import { SealedWriter } from '../../../main/vault/sealed/sealedWriter';
import { keyFileNames, readKeyFile } from '../../../main/vault/keyFile';
import { kdfSchema } from '../../../main/vault/passphrase';
import { memoryFile } from '../memoryFile';
import type { Random } from '../generate/random';
import { Broken, allowed, allowedLater, bytesTarget, schemaTarget, textTarget, fromJson, type Target } from '../target';

const key = Buffer.alloc(32, 7);
const isSealedFileError = (error: unknown) => error instanceof SealedFileError;
const plain = Buffer.from('What was said in the room stays in the room. '.repeat(30));

/** A live recording of several segments. */
let sealed: Uint8Array = Buffer.alloc(0);
async function makeSealed(): Promise<void> {
  const file = memoryFile();
  const writer = await SealedWriter.create('', key, { open: file.open, fileId: Buffer.alloc(16, 9) });
  for (let at = 0; at < plain.length; at += 300) await writer.append(plain.subarray(at, at + 300));
  await writer.finish();
  sealed = file.bytes();
}

/** Whatever comes out was written in this place of this file: nothing that was changed is ever handed out. */
async function readSealed(bytes: Buffer): Promise<boolean> {
  const read = await allowedLater(async () => {
    const reader = await SealedReader.open('', key, { open: memoryFile(bytes).open });
    try {
      return await reader.read(0, reader.size);
    } finally {
      await reader.close();
    }
  }, isSealedFileError);
  if (read !== undefined && !plain.subarray(0, read.length).equals(read)) throw new Broken('forged bytes came out');
  return read !== undefined;
}

function keyFile(random: Random): string {
  const part = (bytes: number) => random.bytes(bytes).toString('base64url');
  const sealedKey = random.oneIn(2)
    ? { protection: 'keychain', sealed: part(40) }
    : {
        protection: 'passphrase',
        kdf: { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 4 },
        ...{ salt: part(16), nonce: part(12), wrapped: part(48) },
      };
  const checksum = createHash('sha256').update(JSON.stringify(sealedKey)).digest('base64url');
  return JSON.stringify({ format: 'konklave-key', version: 1, key: sealedKey, checksum });
}

const folder = mkdtempSync(join(tmpdir(), 'konklave-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export const diskTargets: readonly Target[] = [
  bytesTarget({
    name: 'head of a sealed file',
    covers: ['main/vault/sealed/sealedHeader.ts#decodeSealedHeader'],
    samples: (random) =>
      encodeSealedHeader({ segmentBytes: random.pick([0, 1, 65_536, 1_048_576]), fileId: random.bytes(16) }),
    parse: (bytes) => {
      const header = allowed(() => decodeSealedHeader(bytes), isSealedFileError);
      if (header !== undefined && !encodeSealedHeader(header).equals(bytes))
        throw new Broken('two spellings of one head');
      return header !== undefined;
    },
  }),
  { ...bytesTarget({ name: 'sealed file', samples: () => sealed, parse: readSealed, cost: 15 }), prepare: makeSealed },
  textTarget({
    name: 'key file',
    covers: ['main/vault/keyFile.ts#readKeyFile'],
    samples: keyFile,
    parse: (text) => {
      for (const name of keyFileNames) writeFileSync(join(folder, name), text);
      return readKeyFile(folder);
    },
    cost: 40,
  }),
  schemaTarget({
    name: 'parameters of the passphrase',
    covers: ['main/vault/passphrase.ts#kdfSchema'],
    schema: kdfSchema,
  }),
  textTarget({
    name: 'lines of a recorded chat',
    covers: ['main/recording/chatLines.ts#parseChatLines', 'common/recording/chatLine.ts#parseChatText'],
    samples: () =>
      Buffer.from(encodeChatLine({ name: 'Anna', text: 'Hallo', offsetMs: 5 }))
        .toString('utf8')
        .repeat(3),
    parse: (text) => parseChatLines(Buffer.from(text, 'utf8')).length + parseChatText(text).length,
    taken: (count) => count > 0,
    // Documented: throws what is not written so; the library shows such a file as damaged.
    throws: (error) => error instanceof SyntaxError || (error instanceof Error && error.name.includes('ZodError')),
  }),
  textTarget({
    name: 'preferences',
    covers: ['common/preferences.ts#preferencesFrom'],
    samples: () =>
      '{"language":"de","theme":"dark","relay":"relay.example.org:4443","relayOnly":true,"withdrawalsSeenUntil":5}',
    parse: (text) => preferencesFrom(fromJson(text)),
    taken: (preferences) => preferencesSchema.safeParse(preferences).success && preferences.language === 'de',
  }),
  schemaTarget({ name: 'values of preferences', schema: preferencesSchema }),
  schemaTarget({ name: 'settings beside an assessment', schema: factLinesSchema }),
];
