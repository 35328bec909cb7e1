/** Chromium's, not yet in TypeScript's DOM: https://www.w3.org/TR/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(init: { readonly track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

/**
 * Calls `onFrame` once, when the track delivers its first picture; returns the way to stop waiting. Unlike
 * `requestVideoFrameCallback` it does not wait for the window to be visible.
 */
export function onFirstFrame(track: MediaStreamTrack, onFrame: () => void): () => void {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  let waiting = true;
  const stop = (): void => {
    if (!waiting) return;
    waiting = false;
    void reader.cancel().catch(() => undefined);
  };
  const wait = async (): Promise<void> => {
    const { value } = await reader.read();
    value?.close();
    if (!waiting || value === undefined) return;
    stop();
    onFrame();
  };
  void wait().catch(() => undefined);
  return stop;
}
