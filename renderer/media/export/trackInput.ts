import { Input, UrlSource, WEBM } from 'mediabunny';

/** Opens a track for reading by ranges, a little at a time. */
export function openTrackInput(url: string): Input {
  const source = new UrlSource(url, {
    maxCacheSize: 8 * 1_024 * 1_024,
    parallelism: 1,
    // The file is on this machine: what fails twice is gone (erased meanwhile), not slow.
    getRetryDelay: (attempts) => (attempts < 2 ? 0.2 : null),
    // Shows in the next read.
    handleUnhandledError: () => undefined,
  });
  return new Input({ formats: [WEBM], source });
}
