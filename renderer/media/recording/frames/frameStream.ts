import { passingFrame, type RuntimeFrame } from './passingFrame';
import type { FrameCodec } from './frameStretch';
import type { FrameTake } from './frameTake';

interface Listener {
  readonly take: FrameTake;
  readonly codecs: ReadonlyMap<number, FrameCodec>;
}

/** The frames of one receiver or sender on their way through the worker. */
export class FrameStream {
  private listener: Listener | null = null;
  private ended = false;

  constructor(
    private readonly askForKeyFrame: () => void,
    private readonly now: () => number,
  ) {}

  /** Lets every frame through at once, whatever becomes of recording; resolves when there are no more. */
  async run(readable: ReadableStream<RuntimeFrame>, writable: WritableStream<RuntimeFrame>): Promise<void> {
    const [reader, writer] = [readable.getReader(), writable.getWriter()];
    const forget = (): void => undefined;
    writer.closed.catch(forget);
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        if (this.listener !== null) this.show(this.listener, value);
        writer.write(value).catch(forget);
      }
    } catch {
      // The connection was closed under it.
    }
    this.ended = true;
    this.listener?.take.end('gone', this.now());
  }

  listen(take: FrameTake, codecs: ReadonlyMap<number, FrameCodec>): void {
    this.listener = { take, codecs };
    if (this.ended) take.end('gone', this.now());
    else this.refresh();
  }

  forget(take: FrameTake): void {
    if (this.listener?.take === take) this.listener = null;
  }

  /** Asks for a key frame when one is due. */
  refresh(): void {
    if (this.listener?.take.wantsKeyFrame(this.now()) === true) this.askForKeyFrame();
  }

  private show({ take, codecs }: Listener, frame: RuntimeFrame): void {
    try {
      take.handleFrame(passingFrame(frame, codecs), this.now());
    } catch {
      this.listener = null;
      take.end('unsuitable', this.now());
    }
  }
}
