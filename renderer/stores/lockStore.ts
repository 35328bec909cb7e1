import { createStore } from 'zustand/vanilla';
import type { LockState } from '../../common/lock';

export interface LockStoreState {
  readonly lock: LockState;
  /** Until when no try is taken, in milliseconds since 1970. */
  readonly waitUntil: number;
}

export function createLockStore() {
  return createStore<LockStoreState>(() => ({
    lock: { locked: false, secret: null, keychain: false, waitMs: 0 },
    waitUntil: 0,
  }));
}
