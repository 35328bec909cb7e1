import { recordingKinds, type Decisions, type RecordingKind } from './models';

/** One withdrawal: `waiting` until whoever recorded has confirmed that what it names is destroyed. */
export interface OwnWithdrawal {
  readonly kinds: readonly RecordingKind[];
  readonly withdrawnAt: number;
  readonly state: 'waiting' | 'done';
}

/** One answer this installation gave when it was asked for consent, and what became of it. Times in ms since 1970. */
export interface OwnConsent {
  readonly recordingId: string;
  /** Tells two answers to the same recording apart: who left and came back was asked again. */
  readonly participantId: string;
  /** Null when the meeting is not remembered any more. */
  readonly meetingTitle: string | null;
  /** Who asked and is responsible; `self`: this installation. */
  readonly controller: {
    readonly name: string;
    readonly contact: string;
    readonly identityKey: string;
    readonly self: boolean;
  };
  readonly purpose: string;
  readonly requestedAt: number;
  readonly answeredAt: number;
  /** The end of the retention that was promised, and whether it has passed. */
  readonly deleteAfter: number;
  readonly expired: boolean;
  /** As it was shown, in the language in which it was shown. */
  readonly noticeText: string;
  readonly decisions: Decisions;
  readonly withdrawals: readonly OwnWithdrawal[];
  /** Whether a recording of one's own is still here; null for somebody else's: only they know. */
  readonly kept: boolean | null;
}

/** How one kind stands: agreed to, declined, or taken back and (not) yet confirmed as destroyed. */
export type OwnConsentStatus = 'yes' | 'no' | 'waiting' | 'done';

/** How each kind of one answer stands. A withdrawal that names a kind twice counts as done once one of them is. */
export function ownStanding(
  consent: Pick<OwnConsent, 'decisions' | 'withdrawals'>,
): Readonly<Record<RecordingKind, OwnConsentStatus>> {
  const of = (kind: RecordingKind): OwnConsentStatus => {
    if (!consent.decisions[kind]) return 'no';
    const states = consent.withdrawals.filter(({ kinds }) => kinds.includes(kind)).map(({ state }) => state);
    if (states.length === 0) return 'yes';
    return states.includes('done') ? 'done' : 'waiting';
  };
  return { audio: of('audio'), video: of('video'), chat: of('chat') };
}

/** The kinds that stand so, in the fixed order audio, video, chat. */
export function kindsWith(
  standing: Readonly<Record<RecordingKind, OwnConsentStatus>>,
  status: OwnConsentStatus,
): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => standing[kind] === status);
}
