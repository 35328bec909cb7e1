import type { EventName, Events } from '../../common/ipc/events';
import { hiddenRecording, hiddenSession } from './lockedView';

type Hide = { readonly [Name in EventName]?: (payload: Events[Name]) => Events[Name] };

const asItIs = <Payload>(payload: Payload): Payload => payload;

/**
 * What a locked app tells its window, and how: its own state, and what the media of a running meeting need. Every event that is
 * not here is not told; the window reads everything anew after unlocking.
 */
const told: Hide = {
  'lock.changed': asItIs,
  'vault.changed': asItIs,
  'preferences.changed': asItIs,
  'session.changed': hiddenSession,
  'recording.changed': hiddenRecording,
  'mesh.signal': asItIs,
  'mesh.carry': asItIs,
  'network.changed': asItIs,
  'session.muteRequested': () => ({ byName: '' }),
};

/** What a locked app tells of an event; null: it does not tell of it. */
export function lockedEvent<Name extends EventName>(
  name: Name,
  payload: Events[Name],
): { readonly payload: Events[Name] } | null {
  const hide = told[name];
  return hide === undefined ? null : { payload: hide(payload) };
}
