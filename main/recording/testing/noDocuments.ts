import type { DocumentPorts } from '../../documents/documents';

/** Somebody who cancels every dialog. */
export const noDocuments: DocumentPorts = {
  chooseTarget: async () => null,
  chooseSource: async () => null,
  chooseFolder: async () => null,
  copyText: async () => undefined,
};
