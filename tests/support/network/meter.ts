import type { Page } from '@playwright/test';

/** What a window has received from everybody, as seen by nothing but the browser's own interfaces. Times: ms since 1970. */
export interface Reading {
  /** When each picture of somebody else was shown. */
  readonly frames: readonly number[];
  /** Samples of sound handed to the speaker, and those of them that had to be made up. By connection, in order of making. */
  readonly sound: readonly { readonly samples: number; readonly concealed: number }[];
  /** When something was last clicked. */
  readonly clickedAt: number;
}

interface Meter {
  read(): Promise<Reading>;
}

type Metered = typeof globalThis & { networkMeter: Meter };

/** Has the page note what it receives; before its first meeting, and again after it was loaded anew. */
export async function installMeter(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    const connections: RTCPeerConnection[] = [];
    const remote = new WeakSet<MediaStreamTrack>();
    let clickedAt = 0;

    class MeteredConnection extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
        this.addEventListener('track', ({ track }) => remote.add(track));
      }
    }
    globalThis.RTCPeerConnection = MeteredConnection;

    const watched = new WeakSet<HTMLVideoElement>();
    const watch = (element: HTMLVideoElement): void => {
      if (watched.has(element)) return;
      watched.add(element);
      const handleFrame = (): void => {
        const stream = element.srcObject;
        if (stream instanceof MediaStream && stream.getVideoTracks().some((track) => remote.has(track))) {
          frames.push(Date.now());
        }
        element.requestVideoFrameCallback(handleFrame);
      };
      element.requestVideoFrameCallback(handleFrame);
    };
    const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')!;
    Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
      ...source,
      set(this: HTMLMediaElement, value: MediaProvider | null) {
        source.set!.call(this, value);
        if (this instanceof HTMLVideoElement) watch(this);
      },
    });
    addEventListener('click', () => (clickedAt = Date.now()), { capture: true });

    const soundOf = async (connection: RTCPeerConnection) => {
      const sum = { samples: 0, concealed: 0 };
      (await connection.getStats()).forEach((report: Record<string, unknown>) => {
        if (report['type'] !== 'inbound-rtp' || report['kind'] !== 'audio') return;
        sum.samples += Number(report['totalSamplesReceived'] ?? 0);
        sum.concealed += Number(report['concealedSamples'] ?? 0);
      });
      return sum;
    };
    (globalThis as Metered).networkMeter = {
      read: async () => ({ frames: [...frames], sound: await Promise.all(connections.map(soundOf)), clickedAt }),
    };
  });
}

export function readMeter(page: Page): Promise<Reading> {
  return page.evaluate(() => (globalThis as Metered).networkMeter.read());
}
