import { canonical } from '../protocol/canonical';
import type { NoticeFacts, NoticeVersion } from '../meeting/models';

/** What people are told, which version of it that is, and the SHA-256 of the facts' canonical form by which they acknowledge it. */
export interface ToldNotice {
  readonly facts: NoticeFacts;
  readonly version: NoticeVersion;
  readonly hash: string;
}

/** What somebody was told before. */
export type NoticeBefore = Pick<ToldNotice, 'facts' | 'version'>;

/** What somebody has acknowledged of one host. */
export interface ReadNotice extends ToldNotice {
  /** Milliseconds since 1970. */
  readonly readAt: number;
}

/** How the notice stands in a running meeting. */
export interface MeetingNotice extends ToldNotice {
  /** Whether the person at this desktop has read it; the host, whose it is, always has. */
  readonly acknowledged: boolean;
  /** What they were told before, where it was another. */
  readonly before: NoticeBefore | null;
  /** Host only, else empty: who has not read it yet, by participant ID. */
  readonly missing: readonly string[];
}

/** Which facts of two notices are not the same, in the order in which a notice tells them. */
export function changedFacts(before: NoticeFacts, after: NoticeFacts): readonly (keyof NoticeFacts)[] {
  const facts = Object.keys(after) as (keyof NoticeFacts)[];
  return facts.filter((fact) => canonical([before[fact]]) !== canonical([after[fact]]));
}
