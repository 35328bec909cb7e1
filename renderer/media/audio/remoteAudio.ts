interface Player {
  readonly element: HTMLAudioElement;
  readonly track: MediaStreamTrack;
}

/**
 * Plays what the others say, each through an own element: for the choice of speaker, and because Chromium lets remote
 * sound into WebAudio only while an element plays it (https://crbug.com/933677).
 */
export class RemoteAudio {
  private readonly players = new Map<string, Player>();
  private speakerId = '';
  private silenced = false;

  constructor(private readonly onSpeakerLost: () => void) {}

  handleTracks(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [id, player] of this.players) {
      if (tracks.get(id) === player.track) continue;
      stop(player);
      this.players.delete(id);
    }
    for (const [id, track] of tracks) {
      if (this.players.has(id)) continue;
      const element = new Audio();
      element.muted = this.silenced;
      element.srcObject = new MediaStream([track]);
      this.players.set(id, { element, track });
      void this.start(element);
    }
  }

  /** What is silent here is still played, so that it is measured and recorded as before. */
  setSilenced(silenced: boolean): void {
    if (silenced === this.silenced) return;
    this.silenced = silenced;
    for (const { element } of this.players.values()) element.muted = silenced;
  }

  selectSpeaker(deviceId: string): void {
    const speakerId = deviceId === 'default' ? '' : deviceId;
    if (speakerId === this.speakerId) return;
    this.speakerId = speakerId;
    for (const { element } of this.players.values()) void this.applySpeaker(element, speakerId);
  }

  private async start(element: HTMLAudioElement): Promise<void> {
    if (this.speakerId !== '') await this.applySpeaker(element, this.speakerId);
    // Rejects when it is stopped before it has begun.
    await element.play().catch(() => undefined);
  }

  private async applySpeaker(element: HTMLAudioElement, speakerId: string): Promise<void> {
    try {
      await element.setSinkId(speakerId);
    } catch {
      if (speakerId === '' || speakerId !== this.speakerId) return;
      this.selectSpeaker('');
      this.onSpeakerLost();
    }
  }

  dispose(): void {
    this.handleTracks(new Map());
  }
}

function stop({ element }: Player): void {
  element.pause();
  element.srcObject = null;
}
