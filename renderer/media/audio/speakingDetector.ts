/** Above this somebody speaks, below this they may be pausing: between them nothing changes. */
const startLevel = 0.35;
const stayLevel = 0.25;
const pauseMs = 800;

interface Speaker {
  readonly level: number;
  readonly heardAt: number;
}

/**
 * Who is speaking, from levels read about ten times a second: the loudest first, and without flickering between words.
 * Nothing is kept of anybody but the last level (R15).
 */
export class SpeakingDetector {
  private speakers: ReadonlyMap<string, Speaker> = new Map();

  update(levels: ReadonlyMap<string, number>, now: number): readonly string[] {
    const next = new Map<string, Speaker>();
    for (const [id, level] of levels) {
      const before = this.speakers.get(id);
      if (level >= (before === undefined ? startLevel : stayLevel)) next.set(id, { level, heardAt: now });
      else if (before !== undefined && now - before.heardAt < pauseMs) next.set(id, { level, heardAt: before.heardAt });
    }
    this.speakers = next;
    return [...next].sort(([, a], [, b]) => b.level - a.level).map(([id]) => id);
  }
}
