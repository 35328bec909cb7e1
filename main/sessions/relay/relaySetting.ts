import { parseTypedAddress, type HostAddress } from '../invites/address';

/** The relay that is set, or null: also for what cannot be an address after all. */
export function relaySetting(text: string): HostAddress | null {
  if (text === '') return null;
  try {
    return parseTypedAddress(text);
  } catch {
    return null;
  }
}
