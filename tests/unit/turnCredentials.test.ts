import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTurnCredentials } from '../../main/sessions/ice/turnCredentials';
import { Coturn, whyNoCoturn } from '../support/coturn';

const reason = whyNoCoturn();
if (reason !== null) console.log(`[turn] credentials are not tried against a real server: ${reason}`);

const id = 'A'.repeat(22);
const hour = 3_600_000;

/** Has coturn's own client ask for a relayed address, and send a message over it and back. */
function ask({ address, port }: Coturn, secret: string, expiresAt: number, transport: 'udp' | 'tcp' = 'udp'): boolean {
  const { username, credential } = makeTurnCredentials(secret, id, expiresAt);
  const options = ['-u', username, '-w', credential, '-p', String(port), '-y', '-n', '1', '-m', '1', '-c'];
  const tcp = transport === 'tcp' ? ['-t'] : [];
  const { status, stdout } = spawnSync('turnutils_uclient', [...options, ...tcp, address], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return status === 0 && /tot_recv_msgs=[1-9]/u.test(stdout);
}

describe.skipIf(reason !== null)('TURN credentials at a real coturn', () => {
  let server: Coturn;
  beforeAll(async () => void (server = await Coturn.start({ secret: 'north-wind' })), 20_000);
  afterAll(() => server.stop());

  it.each(['udp', 'tcp'] as const)(
    'let in until they end, over %s',
    (transport) => {
      expect(ask(server, 'north-wind', Date.now() + hour, transport)).toBe(true);
    },
    30_000,
  );

  it(
    'do not let in after they have ended',
    () => expect(ask(server, 'north-wind', Date.now() - hour)).toBe(false),
    30_000,
  );

  it('do not let in when made from another secret', () => {
    expect(ask(server, 'south-wind', Date.now() + hour)).toBe(false);
  }, 30_000);
});
