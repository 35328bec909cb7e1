import { createBackupStore } from './backupStore';
import { createChatStore } from './chatStore';
import { createLibraryStore } from './libraryStore';
import { createLockStore } from './lockStore';
import type { MediaStore } from './mediaStore';
import { createNavigationStore } from './navigationStore';
import { createPreferencesStore } from './preferencesStore';
import { createRecordingStore } from './recordingStore';
import { createSessionStore } from './sessionStore';
import { createToastStore } from './toastStore';
import { createVaultStore } from './vaultStore';

/** All state the UI draws. `media` is written by renderer/media, the rest by `connectStores` and by what the person does. */
export function createStores(media: MediaStore) {
  return {
    backup: createBackupStore(),
    vault: createVaultStore(),
    lock: createLockStore(),
    session: createSessionStore(),
    recording: createRecordingStore(),
    chat: createChatStore(),
    preferences: createPreferencesStore(),
    library: createLibraryStore(),
    navigation: createNavigationStore(),
    toasts: createToastStore((task, ms) => void setTimeout(task, ms)),
    media,
  };
}
export type Stores = ReturnType<typeof createStores>;
