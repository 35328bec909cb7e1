import { expect, it } from 'vitest';
import type { Contact } from '../../../common/contacts';
import { eventually } from '../testing/person';
import { ManualTime } from '../testing/manualTimers';
import { MeetingIce } from './meetingIce';

const credentials = { username: `1900000000:${'A'.repeat(22)}`, credential: `${'a'.repeat(27)}=` };

interface Circumstances {
  readonly relayOnly?: boolean;
  /** What is found under a name; one that is missing is never answered. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

function iceOf(servers: readonly string[], { relayOnly = false, names = {} }: Circumstances = {}) {
  const time = new ManualTime(0);
  const asked: string[] = [];
  const noted: Contact[] = [];
  const changes = { count: 0 };
  const ice = new MeetingIce({
    ...{
      servers,
      relayOnly,
      timers: time,
      patienceMs: 4_000,
      contacts: { note: (contact) => void noted.push(contact) },
    },
    lookup: (name) => {
      asked.push(name);
      const found = names[name];
      return found === undefined ? new Promise(() => {}) : Promise.resolve(found);
    },
    onChange: () => (changes.count += 1),
  });
  return { time, asked, noted, changes, ice };
}

it('without a server is ready at once, looks up nothing, and names nothing', () => {
  const { ice, asked, noted, time } = iceOf([]);
  expect(ice.isReady()).toBe(true);
  expect(ice.state()).toEqual({ servers: [], relayOnly: false, hasRelay: false, notFound: [] });
  expect([asked, noted, time.pending]).toEqual([[], [], 0]);
});

it('hands out addresses, one of each family, and a TURN server only with credentials', async () => {
  const { ice, asked, noted } = iceOf(
    ['stun:stun.example.org:3478', 'turn:turn.example.org:443?transport=tcp', 'turn:192.0.2.9:3478?transport=udp'],
    {
      names: {
        'stun.example.org': ['192.0.2.1', '192.0.2.2'],
        'turn.example.org': ['2001:db8::1', '192.0.2.3', '2001:db8::2'],
      },
    },
  );
  expect(ice.isReady()).toBe(false);
  await eventually(() => ice.isReady());
  expect(asked.sort()).toEqual(['stun.example.org', 'turn.example.org']);
  expect(ice.state()).toEqual({
    ...{ relayOnly: false, hasRelay: false, notFound: [] },
    servers: [{ urls: 'stun:192.0.2.1:3478' }],
  });
  ice.setCredentials(credentials);
  expect(ice.state()).toEqual({
    ...{ relayOnly: false, hasRelay: true, notFound: [] },
    servers: [
      { urls: 'stun:192.0.2.1:3478' },
      { urls: 'turn:192.0.2.3:443?transport=tcp', ...credentials },
      { urls: 'turn:[2001:db8::1]:443?transport=tcp', ...credentials },
      { urls: 'turn:192.0.2.9:3478?transport=udp', ...credentials },
    ],
  });
  expect(noted.filter(({ purpose }) => purpose === 'ice-server').map(({ address }) => address)).toEqual([
    '192.0.2.1:3478',
    '192.0.2.3:443',
    '[2001:db8::1]:443',
    '192.0.2.9:3478',
  ]);
});

it('of somebody who hides their address asks no STUN server, which would be asked for it', () => {
  const { ice, asked } = iceOf(['stun:stun.example.org:3478', 'turn:192.0.2.9:3478?transport=udp'], {
    relayOnly: true,
  });
  ice.setCredentials(credentials);
  expect(asked).toEqual([]);
  expect(ice.state()).toMatchObject({
    relayOnly: true,
    hasRelay: true,
    servers: [{ urls: 'turn:192.0.2.9:3478?transport=udp' }],
  });
});

it('says which name was not found, and does not wait for one that is never answered', async () => {
  const gone = iceOf(['turn:gone.example.org:3478?transport=udp'], { names: { 'gone.example.org': [] } });
  await eventually(() => gone.ice.isReady());
  gone.ice.setCredentials(credentials);
  expect(gone.ice.state()).toMatchObject({ servers: [], hasRelay: false, notFound: ['gone.example.org'] });
  expect(gone.time.pending).toBe(0);

  const silent = iceOf(['turn:silent.example.org:3478?transport=udp']);
  silent.time.advance(3_999);
  expect(silent.ice.isReady()).toBe(false);
  silent.time.advance(1);
  expect(silent.ice.isReady()).toBe(true);
  expect(silent.changes.count).toBe(1);
});
