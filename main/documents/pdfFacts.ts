import type { Language } from '../../common/meeting/models';

/** What a PDF says of itself, to readers of documents and to screen readers. */
export interface PdfFacts {
  readonly title: string;
  readonly language: Language;
  /** What made it, with its version. */
  readonly program: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/**
 * The same PDF with its title, its language and its date in it. Chromium writes none of these, and into the name of the
 * program which system this computer runs; that goes.
 */
export async function withPdfFacts(pdf: Uint8Array, facts: PdfFacts): Promise<Uint8Array> {
  // Only for those who save one: it is as large as all the rest of main.
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  document.setTitle(facts.title, { showInWindowTitleBar: true });
  document.setLanguage(facts.language);
  document.setCreator(facts.program);
  document.setProducer(facts.program);
  document.setCreationDate(new Date(facts.madeAt));
  document.setModificationDate(new Date(facts.madeAt));
  return document.save();
}
