/** From here on somebody is taken to be speaking: -48 dB below full scale, quieter than what counts as the active speaker. */
const speechLevel = 0.2;
/** Their voice comes back through the others' loudspeakers, microphones and buffers a little later. */
const hangoverMs = 700;

/**
 * Who of those whose voice is to stay out has just been speaking, from levels read many times a second. Opens with the
 * first loud reading, because a word that got in cannot be taken out again, and closes late. Nothing is kept of anybody but
 * when they were last heard (R15).
 */
export class DeclinerGate {
  private heard: ReadonlyMap<string, number> = new Map();

  update(levels: ReadonlyMap<string, number>, now: number): readonly string[] {
    const next = new Map<string, number>();
    for (const [id, level] of levels) {
      const before = this.heard.get(id);
      if (level >= speechLevel) next.set(id, now);
      else if (before !== undefined && now - before < hangoverMs) next.set(id, before);
    }
    this.heard = next;
    return [...next.keys()];
  }
}
