import type { QualityCause, QualityLevel } from '../../stores/mediaStore';
import type { PeerMeasure } from './peerMeasure';

interface Judged {
  readonly level: QualityLevel;
  /** Null when nothing is wrong. */
  readonly cause: QualityCause | null;
  readonly lostHere: number;
  readonly lostThere: number;
  readonly roundTripMs: number;
}

export interface QualityState {
  readonly shown: Judged;
  readonly recent: readonly PeerMeasure[];
  /** How many measurements in a row were better than what is shown. */
  readonly better: number;
}

const nothingWrong: Judged = { level: 'good', cause: null, lostHere: 0, lostThere: 0, roundTripMs: 0 };
export const newQuality: QualityState = { shown: nothingWrong, recent: [], better: 0 };

/** A single hiccup is nobody's business: what counts is the middle one of six seconds. */
const windowSize = 3;
/** And better has to last as long. */
const betterFor = 3;
const weakLoss = 0.03;
const badLoss = 0.1;
/** ITU-T G.114: up to 150 ms one way are fine; from 400 ms on people talk into each other. */
const weakRoundTripMs = 300;
const badRoundTripMs = 800;

/** Judges one more measurement; worse shows at once, better only when it lasts. */
export function judgeQuality(state: QualityState, measure: PeerMeasure): QualityState {
  const recent = [...state.recent, measure].slice(-windowSize);
  const now = judge(recent);
  if (rank(now.level) >= rank(state.shown.level)) return { shown: now, recent, better: 0 };
  const better = state.better + 1;
  return better < betterFor ? { shown: state.shown, recent, better } : { shown: now, recent, better: 0 };
}

/** Whose side it is, where that can be told: everybody weak at once is one's own, one of several is theirs. */
export function weakSide(levels: Readonly<Record<string, QualityLevel>>, peerId: string): 'own' | 'theirs' | null {
  const all = Object.values(levels);
  if (all.length < 2 || levels[peerId] === undefined || levels[peerId] === 'good') return null;
  if (all.every((level) => level !== 'good')) return 'own';
  return all.filter((level) => level !== 'good').length === 1 ? 'theirs' : null;
}

function judge(recent: readonly PeerMeasure[]): Judged {
  const lostHere = Math.max(middle(recent.map((one) => one.lostHere)), middle(recent.map((one) => one.concealed)));
  const lostThere = middle(recent.map((one) => one.lostThere));
  const roundTripMs = middle(recent.map((one) => one.roundTripMs));
  const [here, there] = [levelOf(lostHere, weakLoss, badLoss), levelOf(lostThere, weakLoss, badLoss)];
  const late = levelOf(roundTripMs, weakRoundTripMs, badRoundTripMs);
  const level = [here, there, late].reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
  const cause =
    level === 'good'
      ? null
      : here === level
        ? there === level
          ? 'both'
          : 'hearing'
        : there === level
          ? 'sending'
          : 'delay';
  return { level, cause, lostHere, lostThere, roundTripMs };
}

/** Of fewer than a window nothing is said. */
function middle(values: readonly number[]): number {
  return values.length < windowSize ? 0 : ([...values].sort((a, b) => a - b)[(windowSize - 1) / 2] ?? 0);
}

function levelOf(value: number, weak: number, bad: number): QualityLevel {
  return value >= bad ? 'bad' : value >= weak ? 'weak' : 'good';
}

function rank(level: QualityLevel): number {
  return level === 'good' ? 0 : level === 'weak' ? 1 : 2;
}
