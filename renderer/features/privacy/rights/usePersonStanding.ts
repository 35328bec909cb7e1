import { useCallback } from 'react';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { PersonStanding } from '../../../../common/privacy/personStanding';
import { useKeptData } from '../useKeptData';

/** What of a person's wishes is in force; null until read, and read again when it changes. */
export function usePersonStanding(identityKey: string): PersonStanding | null {
  const ask = useCallback((bridge: Bridge) => bridge['rights.of']({ identityKey }), [identityKey]);
  return useKeptData(ask);
}
