import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIceServer, iceServerSchema, iceServersSchema, maxIceServers, parseIceServer } from './iceServers';

const canonical = (text: string) => {
  const server = parseIceServer(text);
  return typeof server === 'string' ? server : formatIceServer(server);
};

describe('a STUN or TURN server', () => {
  it.each([
    ['stun:stun.example.org', 'stun:stun.example.org:3478'],
    [' STUN:Stun.Example.org:19302 ', 'stun:stun.example.org:19302'],
    ['turn:turn.example.org', 'turn:turn.example.org:3478?transport=udp'],
    ['turn:192.0.2.7:443?transport=tcp', 'turn:192.0.2.7:443?transport=tcp'],
    ['turn:[2001:db8::7]:3478?transport=udp', 'turn:[2001:db8::7]:3478?transport=udp'],
    ['turn:[2001:db8::7]', 'turn:[2001:db8::7]:3478?transport=udp'],
  ])('%s is %s', (typed, written) => {
    expect(canonical(typed)).toBe(written);
    expect(canonical(written)).toBe(written);
    expect(iceServerSchema.safeParse(written).success).toBe(true);
  });

  it.each([
    '',
    'turn.example.org',
    'http://turn.example.org',
    'turn://turn.example.org',
    'turn:user@turn.example.org',
    'turn:turn.example.org:0',
    'turn:turn.example.org:65536',
    'turn:turn.example.org:03478',
    'turn:turn.example.org?transport=sctp',
    'turn:turn.example.org?transport=udp&x=1',
    'stun:stun.example.org?transport=udp',
    'turn:[2001:db8::7%eth0]',
    'turn:[:::]',
    'turn:1.2.3',
    'turn:0x7f.1',
    'turn:-a.example.org',
    'turn:a..example.org',
    'turn:tür.example.org',
    'turn:a b',
  ])('%j is none', (typed) => expect(parseIceServer(typed)).toBe('malformed'));

  it.each(['turns:turn.example.org', 'turns:turn.example.org:443?transport=tcp', 'stuns:stun.example.org'])(
    '%s is told apart: TLS needs the name that the page does not get',
    (typed) => expect(parseIceServer(typed)).toBe('tls'),
  );

  it('comes over the wire in one way of writing only', () => {
    for (const text of [
      'turn:turn.example.org',
      'TURN:turn.example.org:3478?transport=udp',
      'turns:a.example.org:5349',
    ]) {
      expect(iceServerSchema.safeParse(text).success).toBe(false);
    }
    const many = Array.from({ length: maxIceServers + 1 }, (_, index) => `stun:s${index}.example.org:3478`);
    expect(iceServersSchema.safeParse(many).success).toBe(false);
    expect(iceServersSchema.safeParse(many.slice(1)).success).toBe(true);
  });

  it('reads whatever it wrote, and nothing makes it throw', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webAuthority().map((place) => `turn:${place}`),
        ),
        (text) => {
          const server = parseIceServer(text);
          expect(typeof server === 'string' ? server : parseIceServer(formatIceServer(server))).toEqual(server);
        },
      ),
    );
  });
});
