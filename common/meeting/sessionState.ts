import type { z } from 'zod';
import type { RecordingPlan } from '../consent/plan';
import type { ErrorCode } from '../errors';
import type { PasscodeRefusal } from '../protocol/messages';
import type { IceState } from './iceServers';
import type { MeetingNotice, NoticeBefore } from '../privacy/notice';
import type { inviteSchema, Knock, NoticeFacts, NoticeVersion, Participant, Role } from './models';
import type { NearbyVisibility } from './nearby';
import type { RegisteredAnswer } from './registration';
import type { Standing } from '../verification/standing';
import type { PeerTrust } from '../verification/trust';

export type Invite = Readonly<z.infer<typeof inviteSchema>>;

/** What somebody with a valid invite sees before knocking: who invites and the notice, nothing of the meeting itself. */
export interface Invitation extends Standing {
  readonly hostName: string;
  readonly hostKey: string;
  readonly notice: NoticeFacts;
  readonly noticeVersion: NoticeVersion;
  /** What a knock acknowledges. */
  readonly noticeHash: string;
  /** When this person acknowledged exactly this notice before, in milliseconds since 1970; null: it is to be read first. */
  readonly noticeKnown: number | null;
  /** What they were told before, where it was another. */
  readonly noticeBefore: NoticeBefore | null;
  /** It became another while they were at the door. */
  readonly noticeRenewed: boolean;
  /** The recording the host means to ask for: it can be answered now and is confirmed inside. */
  readonly plan: RecordingPlan | null;
  readonly passcodeNeeded: boolean;
  readonly expiresAt: number;
  /** The host sees this computer's address: one is connected to theirs directly. */
  readonly addressShown: boolean;
}

/** A peer connection that should exist. A higher `generation` means: throw the old one away and connect anew. */
export interface DesiredConnection {
  readonly peerId: string;
  readonly generation: number;
  readonly initiator: boolean;
}

export interface MeetingState {
  readonly meetingId: string;
  readonly title: string;
  readonly role: Role;
  readonly selfId: string;
  readonly startedAt: number;
  /** Host and co-hosts. Replaced when somebody is removed: the one they hold is refused from then on. */
  readonly invite: Invite | null;
  readonly locked: boolean;
  /** What must be known besides the invite, to be told on another way; host and co-hosts, else null. */
  readonly passcode: string | null;
  /** Whether it shows itself in the local network; null for guests. */
  readonly nearby: NearbyVisibility | null;
  /** The recording that was announced with the invite, if any. */
  readonly plan: RecordingPlan | null;
  /** What those at the door filled in, by knock; host only, else empty. */
  readonly atDoor: Readonly<Record<string, readonly RegisteredAnswer[]>>;
  /** Everybody in the meeting, oneself included, in order of joining. */
  readonly participants: readonly Participant[];
  /** Host and co-hosts, else empty. */
  readonly lobby: readonly Knock[];
  readonly connections: readonly DesiredConnection[];
  /** `lost`: the host cannot be reached at the moment; the meeting goes on between those who can reach each other. */
  readonly hostLink: 'connected' | 'lost';
  /** Of everybody else in the meeting. */
  readonly trust: readonly PeerTrust[];
  readonly ice: IceState;
  readonly notice: MeetingNotice;
}

/** A meeting that this installation was in when it ended without leaving it. */
export interface ReturnableMeeting {
  readonly title: string;
  readonly role: 'host' | 'guest';
}

export type EndReason = 'left' | 'ended-by-me' | 'ended-by-host' | 'removed' | 'host-vanished' | 'place-gone';

/** The one description of where this installation is. main owns it and pushes each change whole. */
export type SessionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting' }
  | {
      readonly phase: 'preview';
      readonly invitation: Invitation;
      /** Why the last knock did not count. */
      readonly passcodeRefused: PasscodeRefusal | null;
    }
  | {
      readonly phase: 'waiting';
      readonly invitation: Invitation;
      readonly name: string;
      /** What oneself filled in for the host. */
      readonly told: readonly RegisteredAnswer[];
    }
  | { readonly phase: 'meeting'; readonly meeting: MeetingState }
  | {
      readonly phase: 'ended';
      readonly reason: EndReason;
      readonly title: string;
      readonly durationMs: number;
    }
  | { readonly phase: 'failed'; readonly code: ErrorCode };
