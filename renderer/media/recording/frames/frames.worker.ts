import type { FromFrameWorker, ToFrameWorker, TransformOptions } from './frameMessages';
import { FrameStream } from './frameStream';
import type { FrameCodec } from './frameStretch';
import { FrameTake } from './frameTake';
import type { RuntimeFrame } from './passingFrame';

/** https://www.w3.org/TR/webrtc-encoded-transform/#RTCRtpScriptTransformer-interface */
interface Transformer {
  readonly readable: ReadableStream<RuntimeFrame>;
  readonly writable: WritableStream<RuntimeFrame>;
  readonly options: TransformOptions;
  sendKeyFrameRequest?(): Promise<unknown>;
}

interface Taking {
  readonly take: FrameTake;
  readonly stream: number;
  readonly codecs: ReadonlyMap<number, FrameCodec>;
}

/** What a dedicated worker has; TypeScript's DOM knows windows only. */
interface WorkerScope {
  postMessage(message: FromFrameWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToFrameWorker>) => void): void;
  addEventListener(type: 'rtctransform', listener: (event: { readonly transformer: Transformer }) => void): void;
}

/** With the 300 ms that frames are held, a crash costs less than a second. */
const flushEveryMs = 500;

/** Entry file of the worker through which the encoded frames of a meeting pass, and where those to be kept are copied. */
function serve(scope: WorkerScope): void {
  const streams = new Map<number, FrameStream>();
  const takes = new Map<number, Taking>();
  const now = (): number => performance.now();
  const send = (message: FromFrameWorker, transfer: Transferable[] = []): void => {
    if (message.type === 'ended') drop(message.take);
    scope.postMessage(message, transfer);
  };
  let timer: ReturnType<typeof setInterval> | null = null;

  function drop(id: number): void {
    const entry = takes.get(id);
    if (entry === undefined) return;
    takes.delete(id);
    streams.get(entry.stream)?.forget(entry.take);
    if (takes.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  function flush(): void {
    for (const { take } of takes.values()) take.flush(now());
    for (const stream of streams.values()) stream.refresh();
  }

  async function pass(id: number, ask: () => void, from: Pick<Transformer, 'readable' | 'writable'>): Promise<void> {
    const stream = new FrameStream(ask, now);
    streams.set(id, stream);
    for (const one of takes.values()) if (one.stream === id) stream.listen(one.take, one.codecs);
    await stream.run(from.readable, from.writable);
    streams.delete(id);
  }

  function handle(message: ToFrameWorker): void {
    switch (message.type) {
      case 'stream': {
        const { stream } = message;
        void pass(stream, () => send({ type: 'keyFrame', stream }), message);
        return;
      }
      case 'take': {
        const take = new FrameTake(message.take, message.kind, send);
        const { stream, codecs } = message;
        if (message.gap) take.setGap(true);
        takes.set(message.take, { take, stream, codecs });
        timer ??= setInterval(flush, flushEveryMs);
        streams.get(stream)?.listen(take, codecs);
        return;
      }
      case 'gap':
        takes.get(message.take)?.take.setGap(message.on);
        return;
      case 'finish':
        takes.get(message.take)?.take.end(message.end, now());
        return;
      case 'abort':
        takes.get(message.take)?.take.abort();
        drop(message.take);
        return;
      case 'ping':
        send({ type: 'pong' });
    }
  }

  scope.addEventListener('message', ({ data }) => handle(data));
  scope.addEventListener('rtctransform', ({ transformer }) => {
    const { stream } = transformer.options;
    const ask = (): void => {
      // For what is sent the window has to. Refused before anything has come: it is asked for again.
      if (!transformer.options.receives || !transformer.sendKeyFrameRequest) send({ type: 'keyFrame', stream });
      else transformer.sendKeyFrameRequest().catch(() => undefined);
    };
    void pass(stream, ask, transformer);
  });
  send({ type: 'ready' });
}

serve(self as unknown as WorkerScope);
