import type { FactLines } from './assessment';
import type { PrivacyFacts } from './facts';

/** What is counted says nothing about what is set: it changes with every meeting. */
const counted = 'held.';

const leftOut: ReadonlySet<string> = new Set<keyof PrivacyFacts>(['backedUpAt', 'noticeVersion', 'leftRegistration']);

/**
 * All that is set and switched on, as lines to keep and to compare. When the newest backup was made is left
 * out, and what follows from the rest: the number of the notice, what is still kept of a form that was switched off.
 */
export function factLines(
  facts: PrivacyFacts,
  held: { readonly people: number; readonly recordings: number },
): FactLines {
  const lines: Record<string, string> = {};
  const add = (path: string, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      lines[path] = JSON.stringify(value ?? null);
    else for (const [key, inner] of Object.entries(value)) add(`${path}.${key}`, inner);
  };
  for (const [key, value] of Object.entries(facts)) if (!leftOut.has(key)) add(key, value);
  add('hasBackup', facts.backedUpAt !== null);
  add('held', held);
  return lines;
}

/** One setting that is not as it was; null: it did not exist. Both as JSON. */
export interface ChangedFact {
  readonly path: string;
  readonly before: string | null;
  readonly now: string | null;
}

/** What is set otherwise than it was, in the order of the paths. */
export function changedFacts(before: FactLines, now: FactLines): readonly ChangedFact[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return paths
    .filter((path) => !path.startsWith(counted) && before[path] !== now[path])
    .map((path) => ({ path, before: before[path] ?? null, now: now[path] ?? null }));
}

/** What a line says; null when it is not there, or says nothing. Never throws. */
export function factValue(lines: FactLines, path: string): unknown {
  try {
    return JSON.parse(lines[path] ?? 'null');
  } catch {
    return null;
  }
}
