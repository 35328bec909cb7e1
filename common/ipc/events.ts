import type { BackupProgress } from '../backup';
import type { RecordingState } from '../consent/models';
import type { LockState } from '../lock';
import type { ChatMessage } from '../meeting/models';
import type { NearbyMeetings } from '../meeting/nearby';
import type { SessionState } from '../meeting/sessionState';
import type { Preferences } from '../preferences';
import type { SignalData } from '../protocol/bodies';
import type { VaultState } from '../vaultState';

/** What main tells the renderer without being asked. */
export interface Events {
  'vault.changed': VaultState;
  'lock.changed': LockState;
  'preferences.changed': Preferences;
  'session.changed': SessionState;
  /** What `nearby.look` has found so far. */
  'nearby.changed': NearbyMeetings;
  'mesh.signal': {
    readonly peerId: string;
    readonly generation: number;
    readonly signal: SignalData;
  };
  /** An address of this computer has come or gone during a meeting: what is being connected is best begun anew. */
  'network.changed': Record<string, never>;
  /** Send this over data channels: to one peer, or to all but some. `spread`: to all if that peer has none open. */
  'mesh.carry': {
    readonly to: string | null;
    readonly spread: boolean;
    readonly except: readonly string[];
    readonly text: string;
  };
  /** The host, or a co-host, asks this participant to switch the microphone off; the renderer does so and says who asked. */
  'session.muteRequested': { readonly byName: string };
  /** Host only: there was no room for somebody who knocked. Each is told of once, and not many at once. */
  'session.turnedAway': { readonly name: string };
  /** Every message of the running meeting; one's own too, with the ID that `chat.send` answers. */
  'chat.added': ChatMessage;
  'recording.changed': RecordingState | null;
  /** The library changed: read the list again. */
  'recordings.changed': Record<string, never>;
  /** How far the preparation of a cut is, 0 to 1. */
  'recordings.cutProgress': { readonly recordingId: string; readonly fraction: number };
  /** What is kept, or for how long, changed: read the overview, and the meetings, again. */
  'retention.changed': Record<string, never>;
  /** There is more, or other, in `contacts.list`. */
  'contacts.changed': Record<string, never>;
  /** What is written down about breaches changed: read the list again. */
  'incidents.changed': Record<string, never>;
  /** Something was noted in the audit log. */
  'privacy.auditChanged': Record<string, never>;
  /** What people asked, or what one asked, is another, or the time that is left for it. */
  'requests.changed': Record<string, never>;
  /** How far the archive about a person is, 0 to 1. */
  'privacy.accessProgress': { readonly fraction: number };
  /** How far a backup that is saved or restored is. */
  'backup.progress': BackupProgress;
  /** An invite link was opened while the app was running: take it with `app.takeLink`. */
  'app.linkArrived': Record<string, never>;
}
export type EventName = keyof Events;

export const eventNames = [
  'vault.changed',
  'lock.changed',
  'preferences.changed',
  'session.changed',
  'nearby.changed',
  'mesh.signal',
  'network.changed',
  'mesh.carry',
  'session.muteRequested',
  'session.turnedAway',
  'chat.added',
  'recording.changed',
  'recordings.changed',
  'recordings.cutProgress',
  'retention.changed',
  'contacts.changed',
  'incidents.changed',
  'privacy.auditChanged',
  'requests.changed',
  'privacy.accessProgress',
  'backup.progress',
  'app.linkArrived',
] as const satisfies readonly EventName[];
