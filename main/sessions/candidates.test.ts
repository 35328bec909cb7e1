import { expect, it } from 'vitest';
import { candidateAddresses } from './candidates';

const candidate = (line: string) =>
  candidateAddresses({ type: 'candidate', candidate: { candidate: line, sdpMid: '0', sdpMLineIndex: 0 } });

it('reads the address of a candidate', () => {
  expect(candidate('candidate:1 1 udp 2113937151 192.0.2.4 51472 typ host generation 0')).toEqual(['192.0.2.4:51472']);
  expect(candidate('candidate:1 1 UDP 2113937151 2001:DB8::4 51472 typ host')).toEqual(['[2001:db8::4]:51472']);
  expect(candidate('candidate:1 1 udp 1 0b7f.local 9 typ srflx raddr 10.0.0.1 rport 7')).toEqual(['0b7f.local:9']);
});

it('leaves out what nobody dials', () => {
  expect(candidate('candidate:1 1 tcp 1518280447 192.0.2.4 9 typ host tcptype active')).toEqual([]);
  expect(candidate('candidate:1 1 tcp 1518280447 192.0.2.4 4711 typ host tcptype passive')).toEqual(['192.0.2.4:4711']);
  for (const line of [
    '',
    'candidate:',
    'candidate:1 1 udp 1 192.0.2.4 0 typ host',
    'candidate:1 1 udp 1 a/b 5 typ host',
  ]) {
    expect(candidate(line)).toEqual([]);
  }
});

it('reads every candidate in a description, once each, and of a flood a bounded number', () => {
  const line = (port: number) => `a=candidate:1 1 udp 5 192.0.2.4 ${port} typ host\r\n`;
  const sdp = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n${line(5)}${line(5)}${line(6)}a=end-of-candidates\r\n`;
  expect(candidateAddresses({ type: 'offer', sdp })).toEqual(['192.0.2.4:5', '192.0.2.4:6']);
  const flood = Array.from({ length: 1_000 }, (_, port) => line(port + 1)).join('');
  expect(candidateAddresses({ type: 'answer', sdp: flood })).toHaveLength(64);
});

it('says nothing of other signals', () => {
  expect(candidateAddresses({ type: 'renegotiate', renegotiate: true })).toEqual([]);
});
