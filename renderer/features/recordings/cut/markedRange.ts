import type { Cut } from '../../../../common/recording/models';

/** Less cannot be marked. */
const shortestCutMs = 100;
const usualMs = 10_000;
const pageMs = 10_000;
const stepMs = 1_000;
const fineMs = 100;

export type RangeEdge = 'fromMs' | 'toMs';

/** What is marked at first: ten seconds from here on, or the last ones. */
export function firstRange(positionMs: number, durationMs: number): Cut {
  const end = wholeTenths(durationMs);
  const fromMs = Math.max(0, Math.min(wholeTenths(positionMs), end - Math.min(usualMs, end)));
  return { fromMs, toMs: Math.min(end, fromMs + usualMs) };
}

/** Moves one edge. It stays on the time line and on its side of the other. */
export function moveEdge(range: Cut, edge: RangeEdge, toMs: number, durationMs: number): Cut {
  const at = Math.round(toMs / fineMs) * fineMs;
  return edge === 'fromMs'
    ? { ...range, fromMs: Math.max(0, Math.min(at, range.toMs - shortestCutMs)) }
    : { ...range, toMs: Math.min(wholeTenths(durationMs, Math.ceil), Math.max(at, range.fromMs + shortestCutMs)) };
}

/** Where a key moves an edge to, or null when it is not one for that. With shift by a tenth of a second. */
export function edgeKey(key: string, shift: boolean, atMs: number, durationMs: number): number | null {
  const step = shift ? fineMs : stepMs;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: atMs - step,
    ArrowDown: atMs - step,
    ArrowRight: atMs + step,
    ArrowUp: atMs + step,
    PageDown: atMs - pageMs,
    PageUp: atMs + pageMs,
    Home: 0,
    End: durationMs,
  };
  return moves[key] ?? null;
}

/** What main is asked for: whole milliseconds that do not reach beyond the end. */
export function wholeRange({ fromMs, toMs }: Cut, durationMs: number): Cut {
  return { fromMs: Math.round(fromMs), toMs: Math.min(Math.round(toMs), Math.floor(durationMs)) };
}

function wholeTenths(ms: number, round: (value: number) => number = Math.floor): number {
  return round(ms / fineMs) * fineMs;
}
