import { expect, it } from 'vitest';
import { turnCredentialsSchema } from '../../../common/meeting/iceServers';
import { ManualTime } from '../testing/manualTimers';
import { CredentialDesk } from './credentialDesk';
import { makeTurnCredentials } from './turnCredentials';

const id = 'A'.repeat(22);

it('makes what OpenSSL makes: printf USERNAME | openssl dgst -sha1 -hmac SECRET -binary | base64', () => {
  const credentials = makeTurnCredentials('north-wind', id, 1_900_000_000_999);
  expect(credentials).toEqual({ username: `1900000000:${id}`, credential: 'iNAv93PN1gViH1e8FcmQiiS8nqE=' });
  expect(turnCredentialsSchema.parse(credentials)).toEqual(credentials);
});

function desk(servers: readonly string[], secret: string) {
  const time = new ManualTime(1_000_000_000_000);
  const told = { renewals: 0 };
  const { clock } = time;
  const made = new CredentialDesk({
    ...{ setting: { servers, secret }, clock, timers: time, lifetimeMs: 10_000 },
    onRenew: () => (told.renewals += 1),
  });
  return { time, told, made };
}

it('gives each participant their own, for a lifetime, and says when it is time for new ones', () => {
  const { time, told, made } = desk(['turn:192.0.2.1:3478?transport=udp'], 'north-wind');
  expect(made.for(id)?.username).toBe(`1000000010:${id}`);
  expect(made.for('B'.repeat(22))?.credential).not.toBe(made.for(id)?.credential);
  time.advance(4_999);
  expect(told.renewals).toBe(0);
  time.advance(5_001);
  expect(told.renewals).toBe(2);
  expect(made.for(id)?.username).toBe(`1000000020:${id}`);
  made.dispose();
  expect(time.pending).toBe(0);
});

it.each([
  [['stun:192.0.2.1:3478'], 'north-wind'],
  [['turn:192.0.2.1:3478?transport=udp'], ''],
  [[], ''],
])('gives none for %j with the secret %j', (servers, secret) => {
  const { time, made } = desk(servers, secret);
  expect(made.for(id)).toBeNull();
  expect(time.pending).toBe(0);
});
