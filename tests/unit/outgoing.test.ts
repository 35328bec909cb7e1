import { expect, test } from 'vitest';
import { sentIn } from '../support/network/outgoing';

test.each([
  ['IP 10.77.0.1.40000 > 10.77.0.53.53: UDP, length 30', 'program', 'udp 10.77.0.53:53'],
  ['IP 10.77.0.1.40000 > 192.0.2.1.443: tcp 0', 'program', 'tcp 192.0.2.1:443'],
  ['IP6 fd77::1.5353 > ff02::fb.5353: UDP, length 45', 'program', 'udp ff02::fb:5353'],
  ['IP 10.77.0.1.5353 > 224.0.0.251.5353: UDP, length 45', 'program', 'udp 224.0.0.251:5353'],
  ['IP 10.77.0.1.5355 > 224.0.0.252.5355: UDP, length 24', 'program', 'udp 224.0.0.252:5355'],
  ['IP 10.77.0.1 > 224.0.0.22: igmp v3 report, 1 group record(s)', 'program', 'igmp 224.0.0.22'],
  ['IP 10.77.0.1 > 192.0.2.1: ICMP echo request, id 1, seq 1, length 64', 'program', 'icmp 192.0.2.1'],
  ['IP6 fd77::1 > 2001:db8::1: ICMP6, echo request, id 1, seq 1, length 64', 'program', 'icmp6 2001:db8::1'],
  ['IP6 fe80::1 > ff02::2: ICMP6, router solicitation, length 16', 'kernel', 'icmp6 ff02::2'],
  [
    'IP6 :: > ff02::1:ff00:1: ICMP6, neighbor solicitation, who has fe80::1, length 32',
    'kernel',
    'icmp6 ff02::1:ff00:1',
  ],
  [
    'IP6 :: > ff02::16: HBH ICMP6, multicast listener report v2, 1 group record(s), length 28',
    'kernel',
    'icmp6 ff02::16',
  ],
  ['ARP, Request who-has 10.77.0.2 tell 10.77.0.1, length 28', 'kernel', 'arp'],
  ['something nobody thought of', 'program', 'something nobody thought of'],
])('R16: a packet out is told: %s', (line, by, what) => {
  expect(sentIn(line)).toEqual({ by, what });
});
