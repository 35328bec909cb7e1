import { isIPv6 } from 'node:net';
import type { SignalData } from '../../common/protocol/bodies';

const most = 64;

/** RFC 8839, section 5.1: foundation, component, transport, priority, address, port, `typ`, and what follows. */
const candidateLine =
  /candidate:\S{1,32} \d{1,5} (udp|tcp) \d{1,10} ([0-9a-z.:-]{1,253}) (\d{1,5}) typ [a-z]+([^\r\n]*)/giu;

/**
 * Where a peer's signal says that it can be reached, as `address:port`: to each of these a peer connection sends its
 * checks. Never throws; what is no candidate is left out.
 */
export function candidateAddresses(signal: SignalData): readonly string[] {
  const text = textOf(signal);
  const found = new Set<string>();
  for (const [, transport = '', address = '', port = '', rest = ''] of text.matchAll(candidateLine)) {
    // A TCP candidate that only dials itself has no port to be dialled at.
    if (transport.toLowerCase() === 'tcp' && rest.includes('tcptype active')) continue;
    if (Number(port) < 1 || Number(port) > 65_535) continue;
    found.add(isIPv6(address) ? `[${address.toLowerCase()}]:${port}` : `${address.toLowerCase()}:${port}`);
    if (found.size === most) break;
  }
  return [...found];
}

function textOf(signal: SignalData): string {
  if (signal.type === 'candidate') return signal.candidate.candidate;
  return signal.type === 'offer' || signal.type === 'answer' ? signal.sdp : '';
}
