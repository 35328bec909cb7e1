import {
  recordingKinds,
  type ConsentStatus,
  type ConsentWithdrawal,
  type Decisions,
  type RecordingKind,
} from './models';

/** How each kind that was asked for stands. */
export type Standing = Readonly<Partial<Record<RecordingKind, Exclude<ConsentStatus, 'pending'>>>>;

/** The kinds somebody took back: for good (`withdrawn`), or from then on (`stopped`). */
export interface TakenBack {
  readonly withdrawn: readonly RecordingKind[];
  readonly stopped: readonly RecordingKind[];
}

export const nothingTakenBack: TakenBack = { withdrawn: [], stopped: [] };

/** What these withdrawals take back, each kind once, in the fixed order. */
export function takenBack(withdrawals: readonly Pick<ConsentWithdrawal, 'kinds' | 'scope'>[]): TakenBack {
  const named = (scope: 'everything' | 'future') =>
    new Set(withdrawals.filter((one) => (one.scope ?? 'everything') === scope).flatMap(({ kinds }) => kinds));
  const [withdrawn, stopped] = [named('everything'), named('future')];
  return {
    withdrawn: recordingKinds.filter((kind) => withdrawn.has(kind)),
    stopped: recordingKinds.filter((kind) => stopped.has(kind) && !withdrawn.has(kind)),
  };
}

/** How each kind of one person stands after an answer and what was taken back since. Taking back is final. */
export function standing(decisions: Decisions, { withdrawn, stopped }: TakenBack): Standing {
  const of = (kind: RecordingKind) => {
    if (decisions[kind] !== true) return 'no';
    if (withdrawn.includes(kind)) return 'withdrawn';
    return stopped.includes(kind) ? 'stopped' : 'yes';
  };
  return Object.fromEntries(
    recordingKinds.filter((kind) => decisions[kind] !== undefined).map((kind) => [kind, of(kind)]),
  );
}

/** The kinds that were agreed to and not taken back, in the fixed order. */
export function standingKinds(decisions: Decisions, taken: TakenBack): readonly RecordingKind[] {
  return kindsThat(standing(decisions, taken), 'yes');
}

/** The kinds that stand so, in the fixed order. */
export function kindsThat(stands: Standing, ...statuses: readonly ConsentStatus[]): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => {
    const status = stands[kind];
    return status !== undefined && statuses.includes(status);
  });
}
