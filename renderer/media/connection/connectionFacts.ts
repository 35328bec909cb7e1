import type { ConnectionEnd, ConnectionFacts } from '../../stores/mediaStore';

/** What of `RTCStats` is read here; which of it is there differs between versions of Chromium. */
interface StatsEntry {
  readonly id: string;
  readonly type: string;
  readonly [name: string]: unknown;
}

/**
 * Reads from the statistics of a peer connection which way its packets go and how they are encrypted
 * (W3C webrtc-stats: transport, candidate-pair, local-candidate, remote-candidate). Null while no pair is selected.
 */
export function connectionFacts(report: Iterable<StatsEntry>): ConnectionFacts | null {
  const entries = new Map([...report].map((entry) => [entry.id, entry]));
  const of = (type: string) => [...entries.values()].filter((entry) => entry.type === type);
  const [transport] = of('transport');
  const selected = entries.get(text(transport?.['selectedCandidatePairId']) ?? '');
  if (transport === undefined || selected === undefined) return null;

  const local = entries.get(text(selected['localCandidateId']) ?? '');
  const remote = entries.get(text(selected['remoteCandidateId']) ?? '');
  const server = local?.['candidateType'] === 'relay' ? serverOf(local) : null;
  const isRelayed = local?.['candidateType'] === 'relay' || remote?.['candidateType'] === 'relay';
  const protocol = text(local?.['relayProtocol']) ?? text(local?.['protocol']) ?? 'udp';

  const reached = of('candidate-pair')
    .filter((pair) => pair === selected || pair['state'] === 'succeeded')
    .flatMap((pair) => {
      const through = entries.get(text(pair['localCandidateId']) ?? '');
      const isServer = through?.['candidateType'] === 'relay';
      const end = isServer ? serverOf(through) : endOf(entries.get(text(pair['remoteCandidateId']) ?? ''));
      return end === null ? [] : [{ ...end, isServer }];
    });
  return {
    route: isRelayed ? 'relayed' : 'direct',
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    server,
    own: endOf(local),
    peer: endOf(remote),
    dtlsVersion: dtlsVersions[text(transport['tlsVersion'])?.toUpperCase() ?? ''] ?? null,
    dtlsCipher: text(transport['dtlsCipher']),
    srtpCipher: text(transport['srtpCipher']),
    reached: [...new Map(reached.map((end) => [`${end.address} ${end.port} ${end.isServer}`, end])).values()],
  };
}

/** As on the wire (RFC 6347, RFC 9147): one's complement of the version. */
const dtlsVersions: Readonly<Record<string, string>> = { FEFF: 'DTLS 1.0', FEFD: 'DTLS 1.2', FEFC: 'DTLS 1.3' };

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function endOf(candidate: StatsEntry | undefined): ConnectionEnd | null {
  const address = text(candidate?.['address']) ?? text(candidate?.['ip']);
  const port = candidate?.['port'];
  return address === null || typeof port !== 'number' || port < 1 ? null : { address, port };
}

/** `turn:192.0.2.1:3478?transport=udp`: the server that this relay candidate is at. */
function serverOf(candidate: StatsEntry): ConnectionEnd | null {
  const match = /^turns?:(?:\[([0-9a-fA-F:.]+)\]|([^:?]+))(?::(\d{1,5}))?(?:\?|$)/u.exec(text(candidate['url']) ?? '');
  const address = match?.[1] ?? match?.[2];
  return address === undefined ? null : { address, port: Number(match?.[3] ?? 3478) };
}
