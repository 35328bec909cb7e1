/**
 * When a recording is due for deletion, in milliseconds since 1970: its retention counts from the moment it was asked
 * for, so that the date can be named when people are asked.
 */
export function deleteAfter(startedAt: number, retentionDays: number): number {
  return startedAt + retentionDays * 24 * 60 * 60 * 1000;
}
