import { afterEach, describe, expect, it } from 'vitest';
import type { SignalData } from '../../common/protocol/bodies';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, policyWith } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { createWindowEnd } from './testing/windowEnd';
import { shownNotice } from './testing/shownNotice';

afterEach(disposePeople);

const turn = 'turn:192.0.2.9:3478?transport=udp';
const setting = { servers: ['stun:192.0.2.9:3478', turn], secret: 'north-wind' };
const withServers = { iceServers: () => setting };
const candidate = (line: string): SignalData => ({
  type: 'candidate',
  candidate: { candidate: line, sdpMid: '0', sdpMLineIndex: 0 },
});
const host = candidate('candidate:1 1 udp 2122260223 192.168.178.20 50000 typ host generation 0');
const relayed = candidate('candidate:1 1 udp 41886207 198.51.100.4 49160 typ relay raddr 203.0.113.7 rport 5');

describe("the team's own STUN and TURN servers", () => {
  it('are named before anybody knocks, and open to who was admitted, to each with credentials of their own', async () => {
    const helga = await hosted(withServers);
    const anna = createPerson('Anna');
    await joined(helga, anna);
    const ben = createPerson('Ben');
    await joined(helga, ben);
    const entries = [helga, anna, ben].map((person) => {
      const { ice, selfId } = person.meeting();
      expect(ice).toMatchObject({ relayOnly: false, hasRelay: true, notFound: [] });
      expect(ice.servers.map(({ urls }) => urls)).toEqual(setting.servers);
      expect(ice.servers[0]).toEqual({ urls: setting.servers[0] });
      expect(ice.servers[1]?.username?.split(':')[1]).toBe(selfId);
      return ice.servers[1]?.credential;
    });
    expect(new Set(entries).size).toBe(3);
    for (const person of [anna, ben]) expect(JSON.stringify(person.told)).not.toContain(setting.secret);
  });

  it('are open to nobody who was not admitted', async () => {
    const policy = policyWith({ ice: { lookupMs: 1, credentialsMs: 2_000 } });
    const helga = await hosted({ ...withServers, policy });
    const stranger = await RawGuest.connect(helga);
    const { notice } = await stranger.hello();
    expect(notice.iceServers).toEqual(setting.servers);
    stranger.knock('Stranger');
    await stranger.next('waiting');
    const anna = createPerson('Anna');
    await joined(helga, anna);
    const first = anna.meeting().ice.servers[1]?.username;
    await eventually(() => anna.meeting().ice.servers[1]?.username !== first);
    expect(stranger.received.map(({ type }) => type)).toEqual(['welcome', 'waiting']);
    expect(JSON.stringify(stranger.received)).not.toMatch(/credential|username/u);
  });

  it('are renewed for everybody while the meeting lasts', async () => {
    const helga = await hosted({ ...withServers, policy: policyWith({ ice: { lookupMs: 1, credentialsMs: 2_000 } }) });
    const anna = createPerson('Anna');
    await joined(helga, anna);
    const of = (person: typeof anna) => person.meeting().ice.servers[1]?.username;
    const [first, hers] = [of(helga), of(anna)];
    expect(await eventually(() => of(helga) !== first && of(anna) !== hers)).toBe(true);
  });

  it('are none without a secret, and none are asked that the welcome does not name', async () => {
    const helga = await hosted({ iceServers: () => ({ servers: [turn], secret: '' }) });
    const anna = createPerson('Anna');
    await joined(helga, anna);
    expect(anna.meeting().ice).toMatchObject({ servers: [], hasRelay: false });
    const lone = await hosted();
    await joined(lone, createPerson('Ben'));
    expect(lone.meeting().ice).toMatchObject({ servers: [], hasRelay: false });
  });

  it('have their names looked up by main, and connections wait for that', async () => {
    let answer: (addresses: readonly string[]) => void = () => {};
    const helga = await hosted({
      iceServers: () => ({ servers: ['turn:turn.example.org:3478?transport=tcp'], secret: 'x' }),
      lookupName: async () => ['192.0.2.1'],
    });
    const anna = createPerson('Anna', { lookupName: () => new Promise((resolve) => (answer = resolve)) });
    await joined(helga, anna);
    expect(anna.meeting()).toMatchObject({ connections: [], ice: { servers: [] } });
    expect(anna.meeting().participants).toHaveLength(2);
    answer(['192.0.2.1']);
    await eventually(() => anna.meeting().connections.length === 1);
    expect(anna.meeting().ice.servers[0]?.urls).toBe('turn:192.0.2.1:3478?transport=tcp');
  });
});

describe('somebody who hides their address', () => {
  it.each(['knock', 'preference'] as const)(
    'sends nothing that tells it, whatever the window says (%s)',
    async (how) => {
      const helga = await hosted(withServers);
      const ben = await RawGuest.admitted(helga, 'Ben');
      const anna = createPerson('Anna', how === 'preference' ? { relayOnly: () => true } : {});
      await anna.service.openLink({ link: inviteOf(helga).link, direct: true });
      anna.service.knock({
        notice: shownNotice(anna.service),
        name: 'Anna',
        language: 'de',
        ...(how === 'knock' ? { relayOnly: true } : {}),
      });
      const knockId = await eventually(() => helga.meeting().lobby[0]?.knockId ?? (false as const));
      helga.service.admit({ knockId: knockId || '' });
      await anna.until('meeting');
      await eventually(() => anna.meeting().ice.hasRelay);
      expect(anna.meeting().ice.servers.map(({ urls }) => urls)).toEqual([turn]);

      const say = (signal: SignalData) => anna.service.meshSignal({ peerId: ben.selfId, generation: 0, signal });
      say(host);
      const initiator = anna.meeting().connections.find(({ peerId }) => peerId === ben.selfId)?.initiator === true;
      const { sdp, type: description } = createWindowEnd()[initiator ? 'offer' : 'answer'];
      say({
        type: description,
        sdp: `${sdp}c=IN IP4 192.168.178.20\r\na=candidate:1 1 udp 1 192.168.178.20 5 typ host\r\n`,
      });
      say(relayed);
      const signals = () =>
        ben.received.flatMap((one) =>
          one.type === 'envelope' && one.envelope.header.body.type === 'signal'
            ? [one.envelope.header.body.signal]
            : [],
        );
      await eventually(() => signals().some(({ type }) => type === 'candidate'));
      expect(signals().map(({ type }) => type)).toEqual([description, 'candidate']);
      expect(JSON.stringify(ben.received)).not.toMatch(/192\.168\.178\.20|203\.0\.113\.7/u);
      expect(JSON.stringify(ben.received)).toContain('198.51.100.4');
    },
  );

  it('does not dial a host whose invite names no relay, unless they say so', async () => {
    const helga = await hosted();
    const anna = createPerson('Anna', { relayOnly: () => true });
    const { link, meetingId, code, addresses } = inviteOf(helga);
    await expect(anna.service.openLink({ link })).rejects.toThrow('join/address-shown');
    const typed = { meetingId, code, address: addresses[0] ?? '' };
    await expect(anna.service.openCode(typed)).rejects.toThrow('join/address-shown');
    expect(anna.service.state()).toEqual({ phase: 'idle' });
    await anna.service.openLink({ link, direct: true });
    expect((await anna.until('preview')).invitation.addressShown).toBe(true);
  });

  it('is the only one of whom anything is held back', async () => {
    const helga = await hosted(withServers);
    const anna = createPerson('Anna');
    await joined(helga, anna);
    const peerId = helga.participantNamed('Anna');
    helga.service.meshSignal({ peerId, generation: 0, signal: host });
    await eventually(() => anna.payloads('mesh.signal').length === 1);
    expect(anna.payloads('mesh.signal')[0]?.signal).toEqual(host);
  });
});
