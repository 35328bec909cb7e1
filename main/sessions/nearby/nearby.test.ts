import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { encode } from 'dns-packet';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { NearbyMeetings } from '../../../common/meeting/nearby';
import { ManualTime } from '../testing/manualTimers';
import { createMemoryNetwork } from '../testing/memoryNetwork';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined } from '../testing/person';
import { Finder } from './finder';
import { localInterfaces } from './localInterfaces';
import type { Datagram } from './localNetworks';
import { answerMessage, parseNearbyMessage, questionMessage, type Announcement } from './nearbyMessages';

afterEach(disposePeople);

const announcement = (change: Partial<Announcement> = {}): Announcement => ({
  instance: randomBytes(8).toString('hex'),
  number: '123456789',
  port: 4_000,
  ...change,
});

const said = (sender: string, change: Partial<Announcement> = {}, ttlSeconds = 120): Datagram => ({
  bytes: answerMessage(announcement(change), sender, ttlSeconds),
  sender,
});

function looking(network = createMemoryNetwork(), address = '192.168.1.9') {
  const time = new ManualTime(0);
  const told: NearbyMeetings[] = [];
  const finder = new Finder({ open: network.computer(address), timers: time, onChange: (one) => told.push(one) });
  finder.look();
  return { network, time, finder, told, list: () => told.at(-1)?.meetings ?? [] };
}

/** One turn of the event loop: a network that was opened is open. */
const opened = () => new Promise((resolve) => setImmediate(resolve));

describe('a meeting in the local network', () => {
  it('shows itself only while the host allows it, and takes its leave', async () => {
    const network = createMemoryNetwork();
    const host = await hosted({ localNetworks: network.computer('192.168.1.2') });
    const { list, time } = looking(network);
    await opened();
    expect(host.meeting().nearby).toBe('off');
    expect(network.said.map(({ sender }) => sender)).toEqual(['192.168.1.9']);

    host.service.setNearby({ visible: true });
    await eventually(() => list().length === 1);
    expect(host.meeting().nearby).toBe('on');
    const port = inviteOf(host).addresses[0]!.split(':').at(-1);
    expect(list()).toEqual([{ meetingId: inviteOf(host).meetingId, address: `192.168.1.2:${port}` }]);

    host.service.setNearby({ visible: false });
    await eventually(() => list().length === 0);
    expect(host.meeting().nearby).toBe('off');
    const before = network.said.length;
    time.advance(60_000);
    expect(network.said.slice(before).every(({ sender }) => sender === '192.168.1.9')).toBe(true);

    host.service.setNearby({ visible: true });
    await eventually(() => list().length === 1);
    host.service.leave();
    await eventually(() => list().length === 0);
    await eventually(() => network.size === 1);
  });

  it('shows itself from the start when that is chosen on creating it, and guests cannot', async () => {
    const network = createMemoryNetwork();
    const host = createPerson('Helga', { localNetworks: network.computer('10.0.0.2') });
    await host.service.create({ title: 'Budget', name: 'Helga', nearby: true });
    const { list } = looking(network);
    await eventually(() => list().length === 1);
    const guest = createPerson('Gerd', { localNetworks: network.computer('10.0.0.3') });
    expect(() => guest.service.setNearby({ visible: true })).toThrow('session/not-in-meeting');
    await joined(host, guest);
    host.service.setCoHost({ participantId: host.participantNamed('Gerd'), coHost: true });
    await eventually(() => guest.meeting().participants.some(({ role }) => role === 'co-host'));
    expect(() => guest.service.setNearby({ visible: true })).toThrow('session/not-host');
    expect(guest.meeting().nearby).toBeNull();
    expect(network.said.some(({ sender }) => sender === '10.0.0.3')).toBe(false);
  });

  it('names neither host, topic nor computer, and another random name each time', async () => {
    const network = createMemoryNetwork();
    const host = createPerson('Helga', { localNetworks: network.computer('10.0.0.2') });
    await host.service.create({ title: 'Budget', name: 'Helga', nearby: true });
    await eventually(() => network.said.length > 0);
    host.service.setNearby({ visible: false });
    host.service.setNearby({ visible: true });
    await eventually(() => network.said.length >= 3);
    const instances = network.said.map(({ bytes, sender }) => {
      const message = parseNearbyMessage(bytes, sender);
      return message?.type === 'answer' ? message.heard.instance : null;
    });
    expect(new Set(instances).size).toBe(2);
    const { link, code } = inviteOf(host);
    const secrets = [...link.matchAll(/[a-z]+=([^&]{6,})/g)].map(([, value]) => value!);
    for (const { bytes } of network.said) {
      for (const word of ['Helga', 'Budget', hostname(), code, ...secrets]) {
        expect(bytes.toString('latin1').toLowerCase()).not.toContain(word.toLowerCase());
      }
    }
  });

  it('answers at most once a second, and not to who knows it', async () => {
    const network = createMemoryNetwork();
    const time = new ManualTime(0);
    const host = await hosted({ localNetworks: network.computer('10.0.0.2'), timers: time });
    host.service.setNearby({ visible: true });
    const answers = () => network.said.filter(({ sender }) => sender === '10.0.0.2');
    await eventually(() => answers().length === 1);
    time.advance(1_000);
    expect(answers()).toHaveLength(2);
    time.advance(1_000);
    const flood = () => {
      for (let count = 0; count < 500; count += 1) network.say({ bytes: questionMessage(), sender: '10.0.0.3' });
    };
    flood();
    expect(answers()).toHaveLength(3);
    time.advance(1_000);
    flood();
    expect(answers()).toHaveLength(4);
    time.advance(1_000);
    const message = parseNearbyMessage(answers()[0]!.bytes, '10.0.0.2');
    const name = '_konklave._tcp.local';
    const known = (ttl: number) =>
      encode({
        type: 'query',
        questions: [{ type: 'PTR', name }],
        answers: [{ type: 'PTR', name, ttl, data: `${message?.type === 'answer' && message.heard.instance}.${name}` }],
      });
    network.say({ bytes: known(100), sender: '10.0.0.3' });
    expect(answers()).toHaveLength(4);
    network.say({ bytes: known(10), sender: '10.0.0.3' });
    expect(answers()).toHaveLength(5);
  });

  it('without any network the meeting goes on, and the host reads why it is not shown', async () => {
    const host = await hosted();
    host.service.setNearby({ visible: true });
    await eventually(() => host.meeting().nearby === 'no-network');
    host.service.setNearby({ visible: false });
    expect(host.meeting().nearby).toBe('off');
  });
});

describe('looking for meetings', () => {
  it('asks nothing before, soon at first and then rarely, and nothing after', async () => {
    const { network, time, finder } = looking();
    expect(network.said).toEqual([]);
    await opened();
    expect(network.said).toHaveLength(1);
    time.advance(31_000);
    expect(network.said).toHaveLength(6);
    time.advance(60_000);
    expect(network.said).toHaveLength(8);
    finder.stop();
    time.advance(600_000);
    expect(network.said).toHaveLength(8);
    expect(network.size).toBe(0);
    expect(time.pending).toBe(0);
  });

  it('ends by itself when somebody has forgotten it', async () => {
    const { network, time, told } = looking();
    await opened();
    time.advance(15 * 60_000);
    expect(told.at(-1)).toEqual({ state: 'off', meetings: [] });
    expect(network.size).toBe(0);
  });

  it('forgets who is silent or takes its leave, and believes nobody else about it', async () => {
    const { network, time, list } = looking();
    await opened();
    const { instance } = announcement();
    network.say(said('192.168.1.2', { instance }));
    network.say(said('192.168.1.3', { number: '987654321' }, 5));
    expect(list()).toHaveLength(2);
    time.advance(6_000);
    expect(list()).toEqual([{ meetingId: '123-456-789', address: '192.168.1.2:4000' }]);
    network.say(said('192.168.1.3', { instance }, 0));
    expect(list()).toHaveLength(1);
    network.say(said('192.168.1.2', { instance }, 0));
    expect(list()).toEqual([]);
    network.say(said('192.168.1.2', {}, 4_000_000));
    time.advance(121_000);
    expect(list()).toEqual([]);
  });

  it('a flood fills neither the list nor the memory', async () => {
    const { network, time, list } = looking();
    await opened();
    network.say(said('192.168.1.2', { number: '111111111' }));
    for (let count = 0; count < 2_000; count += 1) network.say(said('192.168.1.3', { port: 1 + count }));
    expect(list()).toHaveLength(5);
    for (let count = 0; count < 2_000; count += 1) network.say(said(`192.168.${2 + (count >> 8)}.${count & 255}`));
    expect(list()).toHaveLength(24);
    expect(list()[0]?.meetingId).toBe('111-111-111');
    // The question to come, the end, and one for each on the list.
    expect(time.pending).toBe(26);
  });
});

describe('what neighbours say', () => {
  const sender = '192.168.1.2';
  const good = { ...announcement(), number: '123456789' };
  const records = (change: Record<string, unknown> = {}) => {
    const name = `${good.instance}._konklave._tcp.local`;
    const own = { pointer: name, server: name, target: 'abc.local', port: 4_000, address: sender, ...change };
    const text = 'text' in own ? own.text : ['v=1', 'id=123456789'];
    return encode({
      type: 'response',
      answers: [
        { type: 'PTR', name: '_konklave._tcp.local', ttl: 120, data: own.pointer },
        { type: 'SRV', name: own.server, ttl: 120, data: { port: own.port, target: own.target } },
        { type: 'TXT', name, ttl: 120, data: text as string[] },
        { type: 'A', name: 'abc.local', ttl: 120, data: own.address },
      ],
    });
  };

  it('is understood when it is all there', () => {
    expect(parseNearbyMessage(records(), sender)).toMatchObject({ type: 'answer', heard: { number: '123456789' } });
    const bytes = answerMessage(good, sender, 60);
    const heard = { ...good, address: sender, ttlSeconds: 60 };
    expect(parseNearbyMessage(bytes, sender)).toEqual({ type: 'answer', heard });
    expect(parseNearbyMessage(questionMessage(), sender)).toEqual({ type: 'question', known: [] });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another’s address', { address: '192.168.1.3' }],
    ['an address of the internet', { address: '198.51.100.7' }],
    ['port 0', { port: 0 }],
    ['a name for somebody to read', { pointer: 'Chefetage._konklave._tcp.local' }],
    ['another service', { pointer: `${good.instance}._http._tcp.local` }],
    ['two names', { server: `${'0'.repeat(16)}._konklave._tcp.local` }],
    ['another target', { target: 'other.local' }],
    ['another version', { text: ['v=2', 'id=123456789'] }],
    ['a number that is none', { text: ['v=1', 'id=12345678x'] }],
    ['a short number', { text: ['v=1', 'id=12345678'] }],
    ['more than that', { text: ['v=1', 'id=123456789', 'name=Helga'] }],
    ['nothing', { text: [] }],
  ])('%s is not taken', (_, change) => {
    expect(parseNearbyMessage(records(change), sender)).toBeNull();
  });

  it('of any content never throws, cut or changed anywhere', () => {
    const bytes = answerMessage(good, sender, 120);
    const property = () =>
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(bytes.length), (noise, at) => {
        const words = Buffer.from('_konklave');
        parseNearbyMessage(Buffer.concat([noise, words]), sender);
        parseNearbyMessage(Buffer.concat([bytes.subarray(0, at), noise, words]), sender);
        const changed = Buffer.from(bytes);
        changed.set(noise.subarray(0, bytes.length - at), at);
        const message = parseNearbyMessage(changed, sender);
        return message?.type !== 'answer' || message.heard.address === sender;
      });
    expect(() => fc.assert(property())).not.toThrow();
  });
});

describe('a local network', () => {
  const info = (address: string, cidr: string, internal = false) => ({
    ...{ address, cidr, internal, netmask: '', mac: '', family: address.includes(':') ? 'IPv6' : 'IPv4' },
    ...(address.includes(':') ? { scopeid: 0 } : {}),
  });

  it('is private and one’s own; neighbours are those in it', () => {
    const found = localInterfaces(
      () =>
        ({
          lo: [info('127.0.0.1', '127.0.0.1/8', true)],
          out: [info('198.51.100.4', '198.51.100.4/24'), info('2001:db8::1', '2001:db8::1/64')],
          home: [info('192.168.1.2', '192.168.1.2/24'), info('fe80::1', 'fe80::1/64')],
          cable: [info('169.254.7.7', '169.254.7.7/16')],
        }) as ReturnType<Parameters<typeof localInterfaces>[0]>,
    );
    expect(found.map(({ address }) => address)).toEqual(['192.168.1.2', '169.254.7.7']);
    const [home] = found;
    const asked = ['192.168.1.77', '192.168.2.77', '198.51.100.4', '10.0.0.1', '::1', 'x'];
    expect(asked.filter((address) => home?.isNeighbour(address))).toEqual(['192.168.1.77']);
  });
});
