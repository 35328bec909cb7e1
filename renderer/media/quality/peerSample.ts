/** What the statistics of one connection say at one moment; sums count from its beginning. */
export interface PeerSample {
  readonly atMs: number;
  readonly roundTripMs: number | null;
  /** What congestion control believes the way out carries, in bits per second. */
  readonly outgoingBps: number | null;
  /** What the other end says did not arrive lately, 0 to 1. */
  readonly lostThere: { readonly audio: number | null; readonly video: number | null };
  readonly audio: {
    readonly received: number;
    readonly lost: number;
    readonly samples: number;
    /** Made up because nothing came in time; silence that was made up is not heard. */
    readonly concealed: number;
  };
  readonly video: { readonly received: number; readonly lost: number; readonly frames: number };
}

type Entry = Readonly<Record<string, unknown>>;

/** Reads a report of `RTCPeerConnection.getStats` (https://www.w3.org/TR/webrtc-stats/); what is missing counts as none. */
export function readPeerSample(entries: Iterable<unknown>, atMs: number): PeerSample {
  const found = [...entries].filter((one): one is Entry => typeof one === 'object' && one !== null);
  const of = (type: string, kind: 'audio' | 'video'): Entry | undefined =>
    found.find((one) => one['type'] === type && one['kind'] === kind);
  const transport = found.find((one) => one['type'] === 'transport');
  const pair = found.find((one) => one['id'] === transport?.['selectedCandidatePairId']);
  const [audio, video] = [of('inbound-rtp', 'audio'), of('inbound-rtp', 'video')];
  const [audioThere, videoThere] = [of('remote-inbound-rtp', 'audio'), of('remote-inbound-rtp', 'video')];
  const seconds = numberIn(pair, 'currentRoundTripTime') ?? numberIn(audioThere, 'roundTripTime');
  return {
    atMs,
    roundTripMs: seconds === null ? null : seconds * 1000,
    outgoingBps: numberIn(pair, 'availableOutgoingBitrate'),
    lostThere: { audio: numberIn(audioThere, 'fractionLost'), video: numberIn(videoThere, 'fractionLost') },
    audio: {
      received: numberIn(audio, 'packetsReceived') ?? 0,
      lost: numberIn(audio, 'packetsLost') ?? 0,
      samples: numberIn(audio, 'totalSamplesReceived') ?? 0,
      concealed: Math.max(
        0,
        (numberIn(audio, 'concealedSamples') ?? 0) - (numberIn(audio, 'silentConcealedSamples') ?? 0),
      ),
    },
    video: {
      received: numberIn(video, 'packetsReceived') ?? 0,
      lost: numberIn(video, 'packetsLost') ?? 0,
      frames: numberIn(video, 'framesDecoded') ?? 0,
    },
  };
}

function numberIn(entry: Entry | undefined, name: string): number | null {
  const value = entry?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
