import type { DocumentPorts } from '../documents/documents';

/** The same dialogs; one that is answered after the app was locked counts as cancelled. */
export function lockedDialogs(ports: DocumentPorts, isLocked: () => boolean): DocumentPorts {
  const unlessLocked = async (choice: Promise<string | null>) => {
    const chosen = await choice;
    return isLocked() ? null : chosen;
  };
  return {
    ...ports,
    chooseTarget: (...asked) => unlessLocked(ports.chooseTarget(...asked)),
    chooseSource: (...asked) => unlessLocked(ports.chooseSource(...asked)),
    chooseFolder: (...asked) => unlessLocked(ports.chooseFolder(...asked)),
  };
}
