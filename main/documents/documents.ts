import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import type { DocumentFormat } from '../../common/privacy/documentContent';

/** What is handed over as a file: it chooses the words of the dialog and the file's ending. */
export type DocumentKind =
  | 'withdrawal'
  | 'erasure-proof'
  | 'data-request'
  | 'data-answer'
  | 'receipt'
  | 'kantara'
  | 'access'
  | 'person-erasure'
  | DocumentFormat;

/** Where documents go to and come from. The window never learns a path. */
export interface DocumentPorts {
  /** Asks where to save; null when the person cancels. */
  chooseTarget(suggestedName: string, kind: DocumentKind, language: Language): Promise<string | null>;
  /** Asks which file to read; null when the person cancels. */
  chooseSource(language: Language): Promise<string | null>;
  /** Asks for a folder; null when the person cancels. */
  chooseFolder(language: Language): Promise<string | null>;
  copyText(text: string): Promise<void>;
}

/**
 * Writes a small text, in UTF-8, or bytes into a file a person chose, replacing what is there; only the owner may read it. Until it is whole it
 * has another name, so that no half document stays. Throws `document/not-written`.
 */
export async function saveDocument(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await write(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new DomainError('document/not-written', error);
  }
}

/** The same into a file that must not exist yet: false when there is one, which stays as it is. */
export async function createDocument(path: string, text: string): Promise<boolean> {
  try {
    await write(path, text);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new DomainError('document/not-written', error);
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
