import { parseChatText, type ChatLine } from '../../common/recording/chatLine';
import { SealedReader } from '../vault/sealed/sealedReader';

export type { ChatLine };

/** One recorded chat line as it stands in its file: JSON and a line break. */
export function encodeChatLine(line: ChatLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
}

/** The lines of a sealed chat file, also of one that was not finished. Throws SealedFileError or the system's error. */
export async function readChatLines(path: string, trackKey: Uint8Array): Promise<readonly ChatLine[]> {
  const reader = await SealedReader.open(path, trackKey);
  try {
    return parseChatLines(await reader.read(0, reader.size));
  } finally {
    await reader.close();
  }
}

/** The lines of a chat file, unsealed. Throws when they are not what `encodeChatLine` writes. */
export function parseChatLines(bytes: Uint8Array): readonly ChatLine[] {
  return parseChatText(Buffer.from(bytes).toString('utf8'));
}
