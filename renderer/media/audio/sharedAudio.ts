/** The one AudioContext, alive only while somebody uses it. */
export class SharedAudio {
  private context: AudioContext | null = null;
  private users = 0;

  /** Call `release` exactly once. */
  use(): { readonly context: AudioContext; readonly release: () => void } {
    this.context ??= new AudioContext({ latencyHint: 'interactive' });
    const context = this.context;
    this.users += 1;
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    let used = true;
    const release = (): void => {
      if (!used) return;
      used = false;
      this.users -= 1;
      if (this.users > 0 || this.context === null) return;
      this.context = null;
      void context.close().catch(() => undefined);
    };
    return { context, release };
  }
}
