import { readArchive } from '../../../main/backup/backupArchive';
import { dataKeyFile, parseDataKey, parseManifest } from '../../../main/backup/backupManifest';
import { entriesOf, manifestOf, sealedName, soundFiles, tarOf } from '../../../main/backup/testing/craftedBackup';
import { Broken, allowedLater, bytesTarget, textTarget, type Target } from '../target';

const files = { ...soundFiles, 'vault.db': 'rows', [sealedName]: Buffer.alloc(700, 9) };

/** With headers of every kind that the library reads, and without. */
let archives: readonly Uint8Array[] = [Buffer.alloc(0)];
async function makeArchives(): Promise<void> {
  const long = entriesOf(files).map((entry) => ({ ...entry, header: { ...entry.header, pax: { comment: 'a' } } }));
  archives = [await tarOf(entriesOf(files)), await tarOf(long)];
}

/** Whatever is taken is what the manifest lists, in its order and sizes. */
async function readBytes(bytes: Buffer): Promise<boolean> {
  const taken: string[] = [];
  const content = async function* () {
    for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  };
  const manifest = await allowedLater(
    () =>
      readArchive(content(), () => async (file, pieces) => {
        let size = 0;
        for await (const piece of pieces) size += piece.byteLength;
        taken.push(`${file.name} ${size}`);
      }),
    () => false,
  );
  if (manifest === undefined) return false;
  const listed = manifest.files.map((file) => `${file.name} ${file.bytes}`);
  if (listed.join() !== taken.join()) throw new Broken('another file came out than is listed');
  return true;
}

export const backupTargets: readonly Target[] = [
  {
    ...bytesTarget({
      name: 'archive in a backup',
      covers: ['main/backup/backupArchive.ts#readArchive'],
      samples: (random) => random.pick([...archives]),
      parse: readBytes,
      cost: 20,
    }),
    prepare: makeArchives,
  },
  textTarget({
    name: 'manifest of a backup',
    covers: ['main/backup/backupManifest.ts#parseManifest'],
    samples: () => JSON.stringify(manifestOf(files)),
    parse: parseManifest,
  }),
  textTarget({
    name: 'key in a backup',
    covers: ['main/backup/backupManifest.ts#parseDataKey'],
    samples: (random) => dataKeyFile(random.bytes(32)),
    parse: parseDataKey,
    taken: (key) => key.byteLength === 32,
  }),
];
