import type { PeerMeasure } from './peerMeasure';
import { offRung, videoTarget } from './videoTarget';

/** Where the picture to one peer stands. Counts are in measurements, one every two seconds. */
export interface LadderState {
  readonly rung: number;
  readonly tight: number;
  readonly calm: number;
  /** How long calm has to last for a step up; longer after each step that was too much. */
  readonly patience: number;
  /** Measurements since the last step up. */
  readonly sinceUp: number;
  /** The loss of the last ten seconds or so: what is reported of one moment is a lottery. */
  readonly loss: number;
  /** Set while it is tried whether it helps that the picture is off: how it was before, and the losses since. */
  readonly trial: { readonly loss: number; readonly roundTripMs: number; readonly since: readonly number[] } | null;
  /** For so long it is known that sound is no better without a picture, at this loss. */
  readonly useless: { readonly loss: number; readonly left: number } | null;
}

export const newLadder: LadderState = {
  rung: 0,
  tight: 0,
  calm: 0,
  patience: 5,
  sinceUp: 1_000,
  loss: 0,
  trial: null,
  useless: null,
};

const lossTight = 0.08;
const lossCalm = 0.03;
const roundTripTightMs = 700;
const roundTripCalmMs = 400;
const tightFor = 2;
const mostPatience = 30;
/** A step up that was too much shows within so many measurements. */
const regretWithin = 6;
const trialFor = 4;
const uselessFor = 60;

/**
 * One step of adapting the picture to what a connection carries: down after 4 seconds of trouble, up after at least 10 seconds of
 * calm, and more carefully each time that was too much. Sound is never touched. Below the last rung the picture goes off, on trial: where
 * sound gets no better (loss that is not congestion) it comes back and stays for two minutes.
 */
export function stepLadder(state: LadderState, measure: PeerMeasure, peers: number): LadderState {
  const loss = 0.7 * state.loss + 0.3 * measure.lostThere;
  const next = { ...state, loss, sinceUp: state.sinceUp + 1, useless: stillUseless(state.useless, loss) };
  if (state.trial !== null) return tryOff({ ...next, trial: state.trial }, measure);
  if (isTight(measure, state.rung, peers)) {
    const tight = state.tight + 1;
    return tight < tightFor ? { ...next, tight, calm: 0 } : stepDown({ ...next, calm: 0 }, measure);
  }
  if (!isCalm(measure)) return { ...next, tight: 0, calm: 0 };
  const calm = state.calm + 1;
  if (calm < state.patience || state.rung === 0) {
    const patience = state.rung === 0 && calm > 2 * state.patience ? newLadder.patience : state.patience;
    return { ...next, tight: 0, calm, patience };
  }
  return { ...next, rung: state.rung - 1, tight: 0, calm: 0, sinceUp: 0, trial: null };
}

function stepDown(state: LadderState, measure: PeerMeasure): LadderState {
  const patience = state.sinceUp <= regretWithin ? Math.min(mostPatience, state.patience * 2) : state.patience;
  const down = { ...state, tight: 0, patience };
  if (state.rung < offRung - 1) return { ...down, rung: state.rung + 1 };
  if (state.rung === offRung || state.useless !== null) return down;
  const { roundTripMs } = measure;
  return { ...down, rung: offRung, trial: { loss: state.loss, roundTripMs, since: [] } };
}

function tryOff(state: LadderState & { readonly trial: NonNullable<LadderState['trial']> }, measure: PeerMeasure) {
  const { trial } = state;
  const since = [...trial.since, measure.lostThere];
  if (since.length < trialFor) return { ...state, trial: { ...trial, since } };
  // What is reported first is still of the time before.
  const loss = since.slice(1).reduce((sum, one) => sum + one, 0) / (trialFor - 1);
  const helped =
    loss < 0.6 * trial.loss || (trial.roundTripMs >= roundTripTightMs && measure.roundTripMs < 0.6 * trial.roundTripMs);
  if (helped) return { ...state, trial: null, calm: 0 };
  const useless = { loss: Math.max(loss, trial.loss), left: uselessFor };
  return { ...state, rung: offRung - 1, trial: null, tight: 0, calm: 0, useless };
}

/** Not for ever, and not when it gets much worse than it was. */
function stillUseless(useless: LadderState['useless'], loss: number): LadderState['useless'] {
  if (useless === null || useless.left <= 1 || loss > 1.5 * useless.loss + 0.05) return null;
  return { ...useless, left: useless.left - 1 };
}

function isTight({ lostThere, roundTripMs, outgoingBps }: PeerMeasure, rung: number, peers: number): boolean {
  if (lostThere >= lossTight || roundTripMs >= roundTripTightMs) return true;
  const target = videoTarget(rung, peers);
  // Congestion control sends less by itself; a smaller picture looks better then than a coarse one.
  return target !== 'off' && rung < offRung - 1 && outgoingBps !== null && outgoingBps < 0.5 * target.maxBitrate;
}

function isCalm({ lostThere, roundTripMs }: PeerMeasure): boolean {
  return lostThere < lossCalm && roundTripMs < roundTripCalmMs;
}
