import type { ClipTap, CreateClipTap, DesiredClip } from './clipTap';
import type { TapFacts } from './desiredTaps';

/**
 * Whose consent clip is to be begun right now: everybody's who has said yes to it, of whom this recording has none yet, and
 * who can be heard or seen. Whoever is silent and unseen has nothing to say it with; their clip begins when that changes.
 */
export function desiredClips(facts: TapFacts): readonly DesiredClip[] {
  const { recording } = facts;
  if (recording === null) return [];
  const { recordingId } = recording.request;
  return recording.consents.flatMap(({ participantId, clip }) => {
    const begun = recording.clips.some((one) => one.participantId === participantId);
    if (clip !== 'yes' || begun) return [];
    const tracks = tracksThatAreOn(facts, participantId);
    return tracks.length === 0 ? [] : [{ recordingId, participantId, tracks }];
  });
}

/** Makes each person's consent clip once (host only). main enforces the consent and the length where the files are. */
export class ClipTaps {
  private readonly running = new Map<string, { readonly desired: DesiredClip; readonly tap: ClipTap }>();
  /** Begun by this window, told by main or not yet. */
  private readonly begun = new Set<string>();
  private facts: TapFacts | null = null;
  private gap = false;

  constructor(private readonly createTap: CreateClipTap) {}

  handleFacts(facts: TapFacts): void {
    this.facts = facts;
    for (const { desired, tap } of this.running.values()) this.endIfOver(desired, tap, facts);
    // While nobody's sound is recorded a clip could not be heard.
    if (this.gap) return;
    for (const desired of desiredClips(facts)) this.begin(desired);
  }

  /** While it is on, clips pause, and none begins. */
  handleGap(on: boolean): void {
    if (on === this.gap) return;
    this.gap = on;
    for (const { tap } of this.running.values()) tap.setGap(on);
    if (this.facts !== null) this.handleFacts(this.facts);
  }

  /** The meeting is over: what was recorded so far is written. */
  dispose(): void {
    this.facts = null;
    for (const { tap } of this.running.values()) tap.finish();
  }

  private begin(desired: DesiredClip): void {
    const key = keyOf(desired);
    if (this.begun.has(key)) return;
    let tap: ClipTap;
    try {
      tap = this.createTap(desired);
    } catch {
      // A track ended in this very moment: with the next change there is another try.
      return;
    }
    this.begun.add(key);
    this.running.set(key, { desired, tap });
    void tap.ended.then(() => this.running.delete(key));
  }

  private endIfOver({ recordingId, participantId }: DesiredClip, tap: ClipTap, facts: TapFacts): void {
    const { recording, participants } = facts;
    if (recording?.request.recordingId !== recordingId) tap.finish();
    else if (recording.consents.find((one) => one.participantId === participantId)?.clip !== 'yes') tap.abort();
    else if (!participants.some(({ id }) => id === participantId)) tap.finish();
  }
}

function keyOf({ recordingId, participantId }: DesiredClip): string {
  return `${recordingId}/${participantId}`;
}

function tracksThatAreOn(facts: TapFacts, participantId: string): readonly MediaStreamTrack[] {
  const { local, participants, streams } = facts;
  const live = (track: MediaStreamTrack | null | undefined) =>
    track !== null && track !== undefined && track.readyState === 'live' ? [track] : [];
  // The own devices say it first hand.
  if (participantId === facts.selfId) {
    return [...live(local.audio?.enabled === true ? local.audio : null), ...live(local.video)];
  }
  const media = participants.find(({ id }) => id === participantId)?.media;
  const stream = streams.get(participantId);
  const of = (kind: 'audio' | 'video') => live(stream?.getTracks().find((track) => track.kind === kind));
  return [...(media?.microphone === true ? of('audio') : []), ...(media?.camera === true ? of('video') : [])];
}
