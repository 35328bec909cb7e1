import { z } from 'zod';

const text = z.string().max(4_000);

/** In characters; the longest that the app writes has a hundredth of it. */
const mostText = 2_000_000;
/** In a table: more rows than that do not fit the text either. */
export const mostRows = 20_000;

/** What a document to hand over says, without any looks: it becomes a page, a PDF, or a table. */
export const documentContentSchema = z.object({
  title: z.string().min(1).max(200),
  lead: text,
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('heading'), text }),
        z.object({ type: z.literal('text'), text }),
        z.object({
          type: z.literal('table'),
          columns: z.array(text).min(1).max(12),
          rows: z.array(z.array(text).max(12)).max(mostRows),
        }),
      ]),
    )
    .max(200)
    .refine((blocks) => JSON.stringify(blocks).length <= mostText),
});
export type DocumentContent = z.infer<typeof documentContentSchema>;

export const privacyDocuments = ['notice', 'texts', 'record', 'measures', 'agreement'] as const;
export type PrivacyDocument = (typeof privacyDocuments)[number];
/** Documents about one breach, or about one assessment, and the log of requests. */
export const caseDocuments = ['notification', 'affected', 'incident', 'threshold', 'assessment', 'requests'] as const;
export type CaseDocument = (typeof caseDocuments)[number];
export const documentFormats = ['pdf', 'html', 'csv', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];
