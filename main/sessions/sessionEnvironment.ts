import type { WithdrawalPort } from '../../common/consent/withdrawalPort';
import type { ContactNotes } from '../../common/contacts';
import type { Events } from '../../common/ipc/events';
import type { MeetingFeature } from '../../common/meeting/meetingChannel';
import type { RequestPort } from '../../common/privacy/requestPort';
import type { Vault } from '../vault/repositories';
import type { IceServersSetting } from './ice/credentialDesk';
import type { LookupName } from './ice/lookupName';
import type { RandomBytes } from './identity';
import type { HostAddress, NetworkInterfaces } from './invites/address';
import type { OpenLocalNetworks } from './nearby/localNetworks';
import type { KeptSeats } from './keptSeat';
import type { MeetingNetwork } from './network';
import type { SessionPolicy } from './policy';
import type { Clock, Timers } from './timing';

/** The events that sessions tell the renderer. */
export type SessionEventName =
  | 'session.changed'
  | 'retention.changed'
  | 'session.muteRequested'
  | 'session.turnedAway'
  | 'mesh.signal'
  | 'mesh.carry'
  | 'chat.added';
type EmitSessionEvent = <Name extends SessionEventName>(name: Name, payload: Events[Name]) => void;

/** What every part of a session stands on. */
export interface SessionEnvironment {
  /** Throws DomainError('vault/locked') unless the vault is open. */
  readonly vault: () => Vault;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: RandomBytes;
  readonly networkInterfaces: NetworkInterfaces;
  readonly network: MeetingNetwork;
  readonly keptSeats: KeptSeats;
  readonly policy: SessionPolicy;
  /** In the order in which they learn of a meeting; the reverse when it ends. */
  readonly features: readonly MeetingFeature[];
  /** Retention periods for the notice that guests see before they knock. */
  readonly retention: () => {
    readonly chatRetentionDays: number;
    readonly recordingRetentionDays: number;
    readonly registrationRetentionDays: number;
  };
  /** Carries withdrawals to a host without having been admitted; null where nothing is recorded. */
  readonly withdrawals: WithdrawalPort | null;
  /** Carries requests about somebody's data; null where none are kept. */
  readonly requests: () => RequestPort | null;
  /** The team's own relay, when they have set one up. */
  readonly relay: () => HostAddress | null;
  /** The team's own STUN and TURN servers, for meetings that are hosted here. Throws as `vault` does. */
  readonly iceServers: () => IceServersSetting;
  /** Whether this computer's address is to be hidden from the others, where nothing else is chosen. */
  readonly relayOnly: () => boolean;
  /** Whether people who work for the host take part in its meetings: guests are told. */
  readonly employees: () => boolean;
  readonly lookupName: LookupName;
  /** Every address that is dialled, listened at, or comes in is told here; it is neither stored nor logged. */
  readonly contacts: ContactNotes;
  /** The way into the local networks, for a host who allows it. */
  readonly localNetworks: OpenLocalNetworks;
  readonly emit: EmitSessionEvent;
  /** Gets what a feature or a listener threw; the meeting goes on. */
  readonly report: (error: unknown) => void;
}
