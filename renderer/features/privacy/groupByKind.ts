import { personalKinds, type HeldItem, type PersonalKind } from '../../../common/privacy/heldData';

export interface KindGroup {
  readonly kind: PersonalKind;
  /** Lines, tracks, meetings: the sum of its items. */
  readonly count: number;
  readonly since: number;
  /** When the last of it goes; null while something is on hold. */
  readonly until: number | null;
  /** Newest first. */
  readonly items: readonly HeldItem[];
}

/** What is kept of a person by kind, only kinds of which there is something. */
export function groupByKind(items: readonly HeldItem[]): readonly KindGroup[] {
  return personalKinds.flatMap((kind): readonly KindGroup[] => {
    const ofKind = items.filter((item) => item.kind === kind);
    if (ofKind.length === 0) return [];
    const ends = ofKind.map(({ until }) => until);
    return [
      {
        kind,
        count: ofKind.reduce((sum, { count }) => sum + count, 0),
        since: Math.min(...ofKind.map(({ since }) => since)),
        until: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
        items: [...ofKind].reverse(),
      },
    ];
  });
}
