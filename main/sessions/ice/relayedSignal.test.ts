import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalData } from '../../../common/protocol/bodies';
import { relayedSignal } from './relayedSignal';

const own = ['192.168.178.20', '203.0.113.77', 'fd00::20', '5f1c.local'];
const relay = 'candidate:3498147984 1 udp 41886207 198.51.100.4 49160 typ relay';
const lines = {
  host: `candidate:1 1 udp 2122260223 ${own[0]} 50000 typ host generation 0 ufrag Ab3d network-id 1`,
  hostName: `candidate:1 1 udp 2122260223 ${own[3]} 50000 typ host generation 0 ufrag Ab3d`,
  hostTcp: `candidate:1 1 tcp 1518280447 ${own[0]} 9 typ host tcptype active generation 0 ufrag Ab3d`,
  reflexive: `candidate:2 1 udp 1686052607 ${own[1]} 50000 typ srflx raddr ${own[0]} rport 50000 generation 0`,
  six: `candidate:1 1 udp 2122197247 ${own[2]} 50001 typ host generation 0`,
  peer: `candidate:9 1 udp 2 ${own[1]} 3 typ prflx`,
  related: `${relay} raddr ${own[1]} rport 50000 generation 0 ufrag Ab3d network-id 1 network-cost 10`,
  faked: `candidate:1 1 udp 2 ${own[0]} 3 typ host x y typ relay`,
  name: 'candidate:1 1 udp 2 my-laptop.example.org 3 typ relay',
  injected: `${relay} raddr 0.0.0.0 rport 0 ufrag ${own[0]}`,
};
const candidate = (line: string): SignalData => ({
  type: 'candidate',
  candidate: { candidate: line, sdpMid: '0', sdpMLineIndex: 0 },
});
const wordOf = (signal: SignalData | null) => JSON.stringify(signal);

describe('what leaves the computer of somebody who hides their address', () => {
  it.each(['host', 'hostName', 'hostTcp', 'reflexive', 'six', 'peer', 'faked', 'name'] as const)(
    'is no candidate of type %s',
    (kind) => expect(relayedSignal(candidate(lines[kind]))).toBeNull(),
  );

  it('is a relayed candidate, without what it is related to', () => {
    expect(relayedSignal(candidate(lines.related))).toEqual(
      candidate(
        'candidate:1 1 udp 41886207 198.51.100.4 49160 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag Ab3d',
      ),
    );
    expect(wordOf(relayedSignal(candidate(lines.injected)))).not.toContain(own[0]);
  });

  it('is a description in which no address of theirs is left', () => {
    const sdp = [
      'v=0',
      `o=- 4611731400430051336 2 IN IP4 ${own[0]}`,
      's=-',
      `c=IN IP4 ${own[1]}`,
      'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
      `c=IN IP6 ${own[2]}`,
      `a=rtcp:50001 IN IP4 ${own[1]}`,
      ...Object.values(lines).map((line) => `a=${line}`),
      'a=ice-ufrag:Ab3d',
      'a=fingerprint:sha-256 AA:BB',
      'a=mid:0',
      '',
    ].join('\r\n');
    const cleaned = relayedSignal({ type: 'offer', sdp });
    expect(cleaned).toEqual({
      type: 'offer',
      sdp: [
        'v=0',
        'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
        's=-',
        'c=IN IP4 0.0.0.0',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'c=IN IP4 0.0.0.0',
        'a=rtcp:9 IN IP4 0.0.0.0',
        'a=candidate:1 1 udp 41886207 198.51.100.4 49160 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag Ab3d',
        'a=candidate:1 1 udp 41886207 198.51.100.4 49160 typ relay raddr 0.0.0.0 rport 0 generation 0',
        'a=ice-ufrag:Ab3d',
        'a=fingerprint:sha-256 AA:BB',
        'a=mid:0',
        '',
      ].join('\r\n'),
    });
    // A bare line feed ends a line for a reader of SDP too.
    expect(wordOf(relayedSignal({ type: 'answer', sdp: sdp.replaceAll('\r\n', '\n') }))).not.toMatch(/192\.168|203\.0/);
  });

  it('holds none of their addresses, wherever in a candidate they stand', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...own,
        'candidate:1',
        '1',
        'udp',
        'typ',
        'host',
        'relay',
        'srflx',
        'raddr',
        'rport',
        'ufrag',
        '',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 16 }), (words) => {
        const line = `candidate:1 1 udp 5 198.51.100.4 49160 typ relay ${words.join(' ')}`;
        for (const signal of [candidate(line), { type: 'offer', sdp: `a=${line}` } as const]) {
          const text = wordOf(relayedSignal(signal)) ?? '';
          for (const address of own) expect(text).not.toContain(address);
        }
      }),
    );
  });
});
