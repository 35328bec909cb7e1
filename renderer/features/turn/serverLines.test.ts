import { expect, it } from 'vitest';
import { readServerLines } from './serverLines';

it('reads servers line by line, each once', () => {
  expect(readServerLines('')).toEqual([]);
  expect(
    readServerLines(' \n stun:a.example.org\n\nTURN:a.example.org \nturn:a.example.org:3478?transport=udp'),
  ).toEqual(['stun:a.example.org:3478', 'turn:a.example.org:3478?transport=udp']);
});

it('says which line is wrong, and why', () => {
  expect(readServerLines('stun:a.example.org\nturns:b.example.org:443')).toEqual({
    fault: 'tls',
    line: 'turns:b.example.org:443',
  });
  expect(readServerLines('http://a.example.org')).toEqual({ fault: 'malformed', line: 'http://a.example.org' });
  expect(readServerLines([1, 2, 3, 4, 5].map((one) => `stun:s${one}.example.org`).join('\n'))).toMatchObject({
    fault: 'too-many',
    line: 'stun:s5.example.org',
  });
});
