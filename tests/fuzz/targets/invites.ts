import { isDeepStrictEqual } from 'node:util';
import { formatIceServer, parseIceServer } from '../../../common/meeting/iceServers';
import { linkAmong } from '../../../main/app/deepLinks';
import { formatAddress, parseAddress, parseTypedAddress } from '../../../main/sessions/invites/address';
import { decodeBase32, encodeBase32 } from '../../../main/sessions/invites/base32';
import { formatCode, parseCode } from '../../../main/sessions/invites/code';
import { buildInviteLink, parseInviteLink } from '../../../main/sessions/invites/link';
import { parseMeetingNumber } from '../../../main/sessions/invites/meetingNumber';
import { decodeExact } from '../../../main/sessions/identity';
import { relaySetting } from '../../../main/sessions/relay/relaySetting';
import type { Random } from '../generate/random';
import { Broken, textTarget, type Target } from '../target';

const id = (random: Random, bytes: number) => random.bytes(bytes).toString('base64url');
const hosts = ['192.0.2.4', '2001:db8::1', 'relay.example.org', '127.0.0.1', 'a.b-c.example'];

function link(random: Random): string {
  const place = () => ({ host: random.pick(hosts), port: 1 + random.below(65_535) });
  return buildInviteLink({
    ...{
      meetingId: id(random, 16),
      fingerprint: id(random, 32),
      hostKey: id(random, 32),
      secret: encodeBase32(random.bytes(5)),
    },
    addresses: Array.from({ length: 1 + random.below(8) }, place),
    relay: random.oneIn(2) ? { address: place(), room: id(random, 32) } : null,
    expiresAt: 4_000_000_000_000,
  });
}

/** What was read is read from its own one spelling as the same. */
function same<Value>(value: Value, format: (value: Value) => string, parse: (text: string) => unknown): boolean {
  if (!isDeepStrictEqual(parse(format(value)), value)) throw new Broken('written again it reads otherwise');
  return true;
}

const code = (random: Random) => formatCode(id(random, 32), encodeBase32(random.bytes(5)));
const address = (random: Random) => formatAddress({ host: random.pick(hosts), port: 1 + random.below(65_535) });

export const inviteTargets: readonly Target[] = [
  textTarget({
    name: 'invite link',
    covers: ['main/sessions/invites/link.ts#parseInviteLink'],
    samples: link,
    parse: (text) => parseInviteLink(text, 0),
    taken: (invite) => same(invite, buildInviteLink, (text) => parseInviteLink(text, 0)),
  }),
  textTarget({
    name: 'typed code',
    covers: ['main/sessions/invites/code.ts#parseCode'],
    samples: code,
    parse: parseCode,
    taken: ({ pin, secret }) =>
      same({ pin, secret }, () => encodeBase32(pin) + secret, parseCode) && pin.length === 10 && secret.length === 8,
  }),
  textTarget({
    name: 'meeting number',
    covers: ['main/sessions/invites/meetingNumber.ts#parseMeetingNumber'],
    samples: (random) => `${100 + random.below(900)}-${100 + random.below(900)} ${100 + random.below(900)}`,
    parse: parseMeetingNumber,
    taken: (digits) => same(digits, (text) => text, parseMeetingNumber),
  }),
  textTarget({
    name: 'address',
    covers: ['main/sessions/invites/address.ts#parseAddress'],
    samples: address,
    parse: parseAddress,
    taken: (place) => same(place, formatAddress, parseAddress),
  }),
  textTarget({
    name: 'typed address',
    covers: ['main/sessions/invites/address.ts#parseTypedAddress'],
    samples: (random) => ` ${address(random).toUpperCase()} `,
    parse: parseTypedAddress,
    taken: (place) => same(place, formatAddress, parseTypedAddress),
  }),
  textTarget({
    name: 'relay setting',
    samples: address,
    parse: relaySetting,
  }),
  textTarget({
    name: 'ICE server',
    covers: ['common/meeting/iceServers.ts#parseIceServer'],
    samples: (random) =>
      random.pick(['turn:relay.example.org:3478?transport=udp', 'stun:[2001:db8::1]:1', 'TURN:192.0.2.1']),
    parse: parseIceServer,
    taken: (server) => typeof server !== 'string' && same(server, formatIceServer, parseIceServer),
  }),
  textTarget({
    name: 'base 32',
    covers: ['main/sessions/invites/base32.ts#decodeBase32'],
    samples: (random) => encodeBase32(random.bytes(10)),
    parse: decodeBase32,
    taken: (bytes, text) => {
      if (bytes === null) return false;
      if (encodeBase32(bytes) !== text) throw new Broken('two spellings of the same bytes');
      return true;
    },
  }),
  textTarget({
    name: 'base64url',
    covers: ['main/sessions/identity.ts#decodeExact'],
    samples: (random) => id(random, 32),
    parse: (text) => decodeExact(text, 32),
    taken: (bytes, text) => {
      if (bytes === null) return false;
      if (bytes.toString('base64url') !== text) throw new Broken('two spellings of the same bytes');
      return true;
    },
  }),
  textTarget({
    name: 'deep link among arguments',
    samples: (random) => ['konklave', '--flag', link(random)].join('\n'),
    parse: (text) => linkAmong(text.split('\n')),
    taken: (found) => {
      if (found !== null && (!found.startsWith('konklave://') || found.length > 4_000)) throw new Broken('no link');
      return found !== null;
    },
  }),
];
