/** Milliseconds since 1970, UTC. */
export type Clock = () => number;

/** Where every delay of a session comes from, so that tests decide when time passes. */
export interface Timers {
  /** Runs once after `milliseconds`; the returned function cancels, also when it has already run. */
  after(milliseconds: number, run: () => void): () => void;
}

/** Real time. */
export const systemTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
