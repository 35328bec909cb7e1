/**
 * When a recording is due for deletion, in milliseconds since 1970: its retention counts from the moment it was asked
 * for, so that the date can be named when people are asked.
 */
export function deleteAfter(startedAt: number, retentionDays: number): number {
  return startedAt + retentionDays * 24 * 60 * 60 * 1000;
}

/** What is kept of a recording: consent clips, and anything else. */
export interface KeptParts {
  readonly clips: boolean;
  readonly rest: boolean;
}

interface Dated {
  readonly startedAt: number;
  readonly retentionDays: number;
  /** Null: clips are not asked for, or go with the rest. */
  readonly clipRetentionDays: number | null;
}

/**
 * What of a recording is due at `now`. Consent clips are kept for a time of their own: when it is the longer one they
 * outlive the rest as proof, and when it is the shorter one they go first.
 */
export function dueParts(recording: Dated, kept: KeptParts, now: number): 'nothing' | 'clips' | 'rest' | 'everything' {
  const { startedAt, retentionDays, clipRetentionDays } = recording;
  const isRestDue = deleteAfter(startedAt, retentionDays) <= now;
  const areClipsDue = deleteAfter(startedAt, clipRetentionDays ?? retentionDays) <= now;
  if (isRestDue && (areClipsDue || !kept.clips)) return 'everything';
  if (isRestDue && kept.rest) return 'rest';
  return areClipsDue && kept.clips ? 'clips' : 'nothing';
}

/** Until when a recording is kept; of one of which only consent clips are left, until when these are. */
export function keptUntil({ startedAt, retentionDays, clipRetentionDays }: Dated, kept: KeptParts): number {
  const days = isOnlyClips(kept) ? (clipRetentionDays ?? retentionDays) : retentionDays;
  return deleteAfter(startedAt, days);
}

export function isOnlyClips({ clips, rest }: KeptParts): boolean {
  return clips && !rest;
}
