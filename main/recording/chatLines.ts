import { z } from 'zod';
import { SealedReader } from '../vault/sealed/sealedReader';

const lineSchema = z.object({ name: z.string(), text: z.string(), offsetMs: z.number() });
export type ChatLine = z.infer<typeof lineSchema>;

/** One recorded chat line as it stands in its file: JSON and a line break. */
export function encodeChatLine(line: ChatLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
}

/** The lines of a sealed chat file, also of one that was not finished. Throws SealedFileError or the system's error. */
export async function readChatLines(path: string, trackKey: Uint8Array): Promise<readonly ChatLine[]> {
  const reader = await SealedReader.open(path, trackKey);
  try {
    const text = Buffer.from(await reader.read(0, reader.size)).toString('utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => lineSchema.parse(JSON.parse(line)));
  } finally {
    await reader.close();
  }
}
