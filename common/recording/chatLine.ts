import { z } from 'zod';

/** One recorded chat line; a file of them holds one as JSON in each line of text. */
const chatLineSchema = z.object({ name: z.string(), text: z.string(), offsetMs: z.number() });
export type ChatLine = z.infer<typeof chatLineSchema>;

/** The lines of a chat file, unsealed, as text. Throws when they are not what `encodeChatLine` writes. */
export function parseChatText(text: string): readonly ChatLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => chatLineSchema.parse(JSON.parse(line)));
}
