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
  /** Set while the picture is off: the loss before, to see whether it helped. */
  readonly trial: { readonly loss: number; readonly roundTripMs: number; readonly left: number } | null;
  /** For so long it is known that sound is no better without a picture. */
  readonly useless: number;
}

export const newLadder: LadderState = {
  rung: 0,
  tight: 0,
  calm: 0,
  patience: 5,
  sinceUp: 1_000,
  trial: null,
  useless: 0,
};

const lossTight = 0.08;
const lossCalm = 0.03;
const roundTripTightMs = 700;
const roundTripCalmMs = 400;
const tightFor = 2;
const mostPatience = 30;
/** A step up that was too much shows within so many measurements. */
const regretWithin = 6;
const trialFor = 3;
const uselessFor = 60;

/**
 * One step of adapting the picture to what a connection carries: down after 4 seconds of trouble, up after at least 10 seconds of
 * calm, and more carefully each time that was too much. Sound is never touched. Below the last rung the picture goes off, on trial: where
 * sound gets no better (loss that is not congestion) it comes back and stays for two minutes.
 */
export function stepLadder(state: LadderState, measure: PeerMeasure, peers: number): LadderState {
  const next = { ...state, sinceUp: state.sinceUp + 1, useless: Math.max(0, state.useless - 1) };
  if (state.trial !== null && state.trial.left > 0) return tryOff({ ...next, trial: state.trial }, measure);
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
  if (state.rung === offRung || state.useless > 0) return down;
  const { lostThere: loss, roundTripMs } = measure;
  return { ...down, rung: offRung, trial: { loss, roundTripMs, left: trialFor } };
}

function tryOff(state: LadderState & { readonly trial: NonNullable<LadderState['trial']> }, measure: PeerMeasure) {
  const left = state.trial.left - 1;
  if (left > 0) return { ...state, trial: { ...state.trial, left } };
  const helped =
    measure.lostThere < 0.6 * state.trial.loss ||
    (state.trial.roundTripMs >= roundTripTightMs && measure.roundTripMs < 0.6 * state.trial.roundTripMs);
  if (helped) return { ...state, trial: null, calm: 0 };
  return { ...state, rung: offRung - 1, trial: null, tight: 0, calm: 0, useless: uselessFor };
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
