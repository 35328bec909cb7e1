import type { BrowserWindow, Clipboard, Dialog, OpenDialogOptions } from 'electron';
import path from 'node:path';
import type { Language } from '../../common/meeting/models';
import { documentEndings } from './documentFileName';
import type { DocumentKind, DocumentPorts } from './documents';
import { nativeTexts } from '../app/texts';

export interface DocumentDialogsOptions {
  readonly dialog: Dialog;
  readonly clipboard: Clipboard;
  /** Where documents of this user are, absolute. */
  readonly folder: () => string;
  readonly window: () => BrowserWindow | null;
}

/** The system's own dialogs, in front of our window. */
export function documentDialogs({ dialog, clipboard, folder, window }: DocumentDialogsOptions): DocumentPorts {
  async function choose(options: OpenDialogOptions): Promise<string | null> {
    const parent = window();
    const { canceled, filePaths } = await (parent
      ? dialog.showOpenDialog(parent, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  }

  return {
    chooseTarget: async (suggestedName, kind, language) => {
      const [title, filter] = wordsOf(kind, language);
      const options = {
        title,
        defaultPath: path.join(folder(), suggestedName),
        filters: [{ name: filter, extensions: [documentEndings[kind]] }],
      };
      const parent = window();
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options));
      return canceled || !filePath ? null : filePath;
    },
    chooseSource: (language) => {
      const { readLetter, letterFilter, allFiles } = nativeTexts[language];
      return choose({
        title: readLetter,
        properties: ['openFile'],
        filters: [
          { name: letterFilter, extensions: ['json', 'txt', 'eml'] },
          { name: allFiles, extensions: ['*'] },
        ],
      });
    },
    chooseFolder: (language) =>
      choose({ title: nativeTexts[language].saveReceipts, properties: ['openDirectory', 'createDirectory'] }),
    copyText: async (text) => {
      await clipboard.writeText(text);
    },
  };
}

/** The title of the dialog, and the name of the kind of file. */
function wordsOf(kind: DocumentKind, language: Language): readonly [string, string] {
  const texts = nativeTexts[language];
  switch (kind) {
    case 'withdrawal':
      return [texts.saveWithdrawal, texts.letterFilter];
    case 'erasure-proof':
      return [texts.saveProof, texts.letterFilter];
    case 'data-request':
      return [texts.saveRequest, texts.letterFilter];
    case 'data-answer':
      return [texts.saveAnswer, texts.letterFilter];
    case 'receipt':
      return [texts.saveReceipt, texts.receiptFilter];
    case 'kantara':
      return [texts.saveReceipt, texts.kantaraFilter];
    case 'access':
      return [texts.saveAccess, texts.archiveFilter];
    case 'pdf':
    case 'html':
    case 'csv':
    case 'json':
      return [texts.saveDocument, kind.toUpperCase()];
    case 'person-erasure':
      return [texts.savePersonErasure, texts.proofFilter];
  }
}
