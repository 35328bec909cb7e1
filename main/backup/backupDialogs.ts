import type { BrowserWindow, Dialog } from 'electron';
import path from 'node:path';
import type { Language } from '../../common/meeting/models';
import { nativeTexts } from '../app/texts';

/** Where a backup goes to and comes from. The window never learns a path. */
export interface BackupPorts {
  /** Asks where to save; null when the person cancels. */
  chooseTarget(suggestedName: string, language: Language): Promise<string | null>;
  /** Asks which file to restore; null when the person cancels. */
  chooseSource(language: Language): Promise<string | null>;
}

export interface BackupDialogsOptions {
  readonly dialog: Dialog;
  /** Where documents of this user are, absolute. */
  readonly folder: () => string;
  readonly window: () => BrowserWindow | null;
  /** Then what is chosen counts as cancelled. */
  readonly isLocked: () => boolean;
}

/** The system's own dialogs, in front of our window. */
export function backupDialogs({ dialog, folder, window, isLocked }: BackupDialogsOptions): BackupPorts {
  return {
    chooseTarget: async (suggestedName, language) => {
      const { saveBackup, backupFilter } = nativeTexts[language];
      const options = {
        title: saveBackup,
        defaultPath: path.join(folder(), suggestedName),
        filters: [{ name: backupFilter, extensions: ['age'] }],
      };
      const parent = window();
      const choice = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
      return choice.canceled || !choice.filePath || isLocked() ? null : choice.filePath;
    },
    chooseSource: async (language) => {
      const { readBackup, backupFilter, allFiles } = nativeTexts[language];
      const options = {
        title: readBackup,
        properties: ['openFile' as const],
        filters: [
          { name: backupFilter, extensions: ['age'] },
          { name: allFiles, extensions: ['*'] },
        ],
      };
      const parent = window();
      const choice = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      return choice.canceled || isLocked() ? null : (choice.filePaths[0] ?? null);
    },
  };
}
