import {
  recordingKinds,
  type AnswerOrigin,
  type Decisions,
  type ErasureProof,
  type RecordingKind,
  type WithdrawalScope,
} from './models';

/** One withdrawal: `waiting` until whoever recorded has confirmed that what it names is destroyed, or stopped. */
export interface OwnWithdrawal {
  readonly kinds: readonly RecordingKind[];
  readonly scope: WithdrawalScope;
  readonly withdrawnAt: number;
  readonly state: 'waiting' | 'done';
  /** What the host signed about it; null while waiting, for a recording of one's own, and from an older host. */
  readonly proof: ErasureProof | null;
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
  readonly given: AnswerOrigin;
  /** The end of the retention that was promised, and whether it has passed. */
  readonly deleteAfter: number;
  readonly expired: boolean;
  /** As it was shown, in the language in which it was shown. */
  readonly noticeText: string;
  readonly decisions: Decisions;
  readonly withdrawals: readonly OwnWithdrawal[];
  /** Whether both signatures are there; the host's comes with the next connection when it was lost. */
  readonly countersigned: boolean;
  /** Whether a recording of one's own is still here; null for somebody else's: only they know. */
  readonly kept: boolean | null;
}

/** How one kind stands: agreed to, declined, ended, or taken back and (not) yet confirmed as destroyed. */
export type OwnConsentStatus = 'yes' | 'no' | 'stopped' | 'waiting' | 'done';
export type OwnStanding = Readonly<Partial<Record<RecordingKind, OwnConsentStatus>>>;

/** How each kind that was asked for stands. A withdrawal that names a kind twice counts as done once one of them is. */
export function ownStanding(consent: Pick<OwnConsent, 'decisions' | 'withdrawals'>): OwnStanding {
  const of = (kind: RecordingKind): OwnConsentStatus => {
    if (consent.decisions[kind] !== true) return 'no';
    const named = consent.withdrawals.filter(({ kinds }) => kinds.includes(kind));
    const states = named.filter(({ scope }) => scope === 'everything').map(({ state }) => state);
    if (states.length === 0) return named.length === 0 ? 'yes' : 'stopped';
    return states.includes('done') ? 'done' : 'waiting';
  };
  return Object.fromEntries(askedKinds(consent).map((kind) => [kind, of(kind)]));
}

/** The kinds this answer was about, in the fixed order. */
export function askedKinds({ decisions }: Pick<OwnConsent, 'decisions'>): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => decisions[kind] !== undefined);
}

/** The kinds that stand so, in the fixed order. */
export function kindsWith(stands: OwnStanding, ...statuses: readonly OwnConsentStatus[]): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => {
    const status = stands[kind];
    return status !== undefined && statuses.includes(status);
  });
}
