import { createStore } from 'zustand/vanilla';
import type { Profile, VaultState } from '../../common/vaultState';

export interface VaultStoreState {
  readonly vault: VaultState;
  /** Null until the vault is open. */
  readonly profile: Profile | null;
}

export function createVaultStore() {
  return createStore<VaultStoreState>(() => ({ vault: { phase: 'starting' }, profile: null }));
}
