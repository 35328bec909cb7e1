import { basename } from 'node:path';
import type { Language } from '../../common/meeting/models';
import type {
  CaseDocument,
  DocumentContent,
  DocumentFormat,
  PrivacyDocument,
} from '../../common/privacy/documentContent';
import { documentPage, documentTable } from '../documents/documentPage';
import type { PdfFacts } from '../documents/pdfFacts';
import { saveDocument, type DocumentPorts } from '../documents/documents';
import { safeName } from '../documents/safeName';

export interface PrivacyDocumentsOptions {
  readonly documents: DocumentPorts;
  readonly now: () => number;
  readonly printToPdf: (html: string, facts: PdfFacts) => Promise<Uint8Array>;
  /** This program's name and version. */
  readonly program: string;
}

export interface DocumentToSave {
  readonly document: PrivacyDocument | CaseDocument;
  readonly content: DocumentContent;
  readonly format: DocumentFormat;
  readonly language: Language;
}

/** Documents about data protection as files: the window words them, from facts that main gave it. */
export class PrivacyDocuments {
  readonly #options: PrivacyDocumentsOptions;

  constructor(options: PrivacyDocumentsOptions) {
    this.#options = options;
  }

  /** Null when the person cancels. Throws `document/not-written`. */
  async save({ content, format, language }: DocumentToSave): Promise<{ readonly fileName: string } | null> {
    const { documents, now } = this.#options;
    const day = new Date(now()).toISOString().slice(0, 10);
    const name = `${safeName(content.title).replaceAll(' ', '-').slice(0, 80)}-${day}.${format}`;
    const path = await documents.chooseTarget(name, format, language);
    if (path === null) return null;
    await saveDocument(path, await this.#bytesOf(content, format, language));
    return { fileName: basename(path) };
  }

  async #bytesOf(content: DocumentContent, format: DocumentFormat, language: Language): Promise<string | Uint8Array> {
    const { printToPdf, program, now } = this.#options;
    switch (format) {
      case 'pdf':
        return printToPdf(documentPage(content, language), { title: content.title, language, program, madeAt: now() });
      case 'html':
        return documentPage(content, language);
      case 'csv':
        return documentTable(content);
      case 'json':
        return `${JSON.stringify({ createdAt: now(), ...content }, null, 2)}\n`;
    }
  }
}
