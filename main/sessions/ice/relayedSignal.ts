import { isIP } from 'node:net';
import type { SignalData } from '../../../common/protocol/bodies';

/** What Chromium writes where there is nothing to say. */
const nowhere = { c: 'c=IN IP4 0.0.0.0', rtcp: 'a=rtcp:9 IN IP4 0.0.0.0', origin: 'IN IP4 127.0.0.1' } as const;

/**
 * What of a signal may leave the computer of somebody who hides their address: of candidates only those at a TURN server,
 * without what they are related to; descriptions with none of their own addresses. Null: nothing of it may.
 */
export function relayedSignal(signal: SignalData): SignalData | null {
  switch (signal.type) {
    case 'candidate': {
      const candidate = relayedCandidate(signal.candidate.candidate);
      return candidate === null ? null : { ...signal, candidate: { ...signal.candidate, candidate } };
    }
    case 'offer':
    case 'answer':
      return { ...signal, sdp: relayedDescription(signal.sdp) };
    case 'renegotiate':
    case 'transceiverRequest':
      return signal;
  }
}

/**
 * A candidate line (RFC 8839, section 5.1) put together anew from the parts that a relayed one needs. Its foundation is
 * made of addresses, and its cost says what kind of network this is: neither is passed on.
 */
function relayedCandidate(line: string): string | null {
  const [foundation = '', component, transport, priority, address = '', port, typ, type, ...rest] = line.split(' ');
  if (!foundation.startsWith('candidate:') || typ !== 'typ' || type !== 'relay' || isIP(address) === 0) return null;
  const isNumber = (text: string | undefined) => text !== undefined && /^[0-9]{1,10}$/.test(text);
  if (![component, priority, port].every(isNumber) || transport?.toLowerCase() !== 'udp') return null;
  const at = rest.indexOf('ufrag');
  const ufrag = at < 0 ? undefined : rest[at + 1];
  const place = `candidate:1 ${component} udp ${priority} ${address} ${port} typ relay raddr 0.0.0.0 rport 0`;
  return `${place} generation 0${ufrag !== undefined && /^[A-Za-z0-9+/]{4,256}$/.test(ufrag) ? ` ufrag ${ufrag}` : ''}`;
}

function relayedDescription(sdp: string): string {
  const lines = sdp.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.startsWith('a=candidate:')) {
      const candidate = relayedCandidate(line.slice(2));
      return candidate === null ? [] : [`a=${candidate}`];
    }
    if (line.startsWith('c=')) return [nowhere.c];
    if (line.startsWith('a=rtcp:')) return [nowhere.rtcp];
    if (line.startsWith('o=')) return [line.replace(/IN IP[46] .*$/, nowhere.origin)];
    if (line.startsWith('m=')) return [line.replace(/^(m=[a-z]+) [0-9]+/, '$1 9')];
    return [line];
  });
  return lines.join('\r\n');
}
