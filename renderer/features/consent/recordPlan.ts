import {
  kindsSchema,
  offeredKinds,
  recordingKinds,
  type ConsentPolicy,
  type Decisions,
  type RecordingKind,
} from '../../../common/consent/models';
import type { RecordingPlan } from '../../../common/consent/plan';
import { limits } from '../../../common/meeting/limits';
import { purposeSchema } from '../../../common/meeting/models';

/** What the host has chosen so far for a recording. */
export interface RecordPlan {
  /** A text of the library by its ID, `own` for one's own words, null as long as nothing is chosen. */
  readonly purpose: string | null;
  readonly ownPurpose: string;
  /** Without the clip. */
  readonly kinds: readonly RecordingKind[];
  readonly policy: ConsentPolicy;
  readonly retentionDays: number;
  readonly answerSeconds: number;
  readonly clip: boolean;
  readonly clipRetentionDays: number;
  readonly pauseForDecliners: boolean;
  /** What the host agrees to have recorded of themself: only what was switched on. */
  readonly own: Decisions;
}

export const ownWords = 'own';
export const clipRetentionChoices: readonly number[] = [30, 90, 180, 365];
export const answerSecondsChoices: readonly number[] = [60, 120, 300, 600];

export function emptyPlan(retentionDays: number): RecordPlan {
  return {
    purpose: null,
    ownPurpose: '',
    kinds: offeredKinds,
    policy: 'those-who-agree',
    retentionDays,
    answerSeconds: limits.answerSeconds.default,
    clip: false,
    clipRetentionDays: limits.clipRetentionDays,
    pauseForDecliners: false,
    own: {},
  };
}

/** What was announced with the invite, so that who has answered it need only confirm. */
export function planAsAnnounced({ purpose, retentionDays, terms }: RecordingPlan): RecordPlan {
  return {
    purpose: terms.template?.id ?? ownWords,
    ownPurpose: terms.template === null ? purpose : '',
    kinds: terms.kinds.filter((kind) => kind !== 'clip'),
    policy: terms.policy,
    retentionDays,
    answerSeconds: terms.answerSeconds,
    clip: terms.kinds.includes('clip'),
    clipRetentionDays: terms.clipRetentionDays ?? limits.clipRetentionDays,
    pauseForDecliners: terms.pauseForDecliners,
    own: {},
  };
}

/** Everything everybody is asked for, in the fixed order. */
export function askedKinds({ kinds, clip }: RecordPlan): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => (kind === 'clip' ? clip : kinds.includes(kind)));
}

/** Adds a kind or takes it away; the last one stays, as there has to be something to ask for. */
export function withKind(plan: RecordPlan, kind: RecordingKind, on: boolean): RecordPlan {
  const kinds = recordingKinds.filter((one) => (one === kind ? on : plan.kinds.includes(one)));
  return kinds.length === 0 ? plan : { ...plan, kinds };
}

/** Whether a pause of the others' sound makes sense: only where somebody may be in the meeting without being recorded. */
export function canPause({ policy, kinds }: RecordPlan): boolean {
  return policy === 'those-who-agree' && kinds.includes('audio');
}

export function isPurposeMissing({ purpose, ownPurpose }: RecordPlan): boolean {
  return purpose === null || (purpose === ownWords && !purposeSchema.safeParse(ownPurpose).success);
}

/** What to ask everybody for. `purpose`: the chosen text, in the host's language, or the host's own words. */
export function termsOfPlan(plan: RecordPlan, purpose: string) {
  return {
    purpose,
    templateId: plan.purpose === ownWords ? null : plan.purpose,
    retentionDays: plan.retentionDays,
    kinds: kindsSchema.parse(askedKinds(plan)),
    policy: plan.policy,
    answerSeconds: plan.answerSeconds,
    clipRetentionDays: plan.clip ? plan.clipRetentionDays : null,
    pauseForDecliners: plan.pauseForDecliners && canPause(plan),
  };
}

/** The host's own answer: to exactly the kinds that are asked for, nothing that was not switched on. */
export function ownDecisions(plan: RecordPlan): Decisions {
  return Object.fromEntries(askedKinds(plan).map((kind) => [kind, plan.own[kind] === true]));
}
