import { afterEach, describe, expect, it } from 'vitest';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import { buildInviteLink, parseInviteLink } from './invites/link';
import { Web } from './testing/dataChannels';
import { createPerson, disposePeople, eventually, inviteOf, knocked, type Person } from './testing/person';
import { startTcpProxy, type TcpProxy } from './testing/tcpProxy';
import { shownNotice } from './testing/shownNotice';

const proxies: TcpProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close();
  await disposePeople();
});

const texts = (person: Person) => person.payloads('chat.added').map((one) => one.text);
const roleOf = (seenBy: Person, name: string) => seenBy.meeting().participants.find((one) => one.name === name)?.role;
const here = (seenBy: Person) =>
  seenBy
    .meeting()
    .participants.filter((one) => one.presence === 'here')
    .map((one) => one.name)
    .sort();

/** What a feature sees: whose meeting it is, and what it is told. */
function witness() {
  const log: string[] = [];
  return {
    log,
    handleMeetingStarted: (channel: MeetingChannel) => void log.push(`started as ${channel.role}`),
    handleMeetingEnded: () => void log.push('ended'),
  };
}

/** Helga hosts over a network that the test controls, Ben is co-host, Anna and Cora are guests; all are connected directly. */
async function meeting(names: readonly string[] = ['Ben', 'Anna', 'Cora']) {
  const web = new Web();
  const seen = new Map<string, ReturnType<typeof witness>>();
  const person = (name: string): Person => {
    const feature = witness();
    seen.set(name, feature);
    return web.add((emit) => createPerson(name, { features: [feature], emitToo: emit }));
  };
  const host = person('Helga');
  await host.service.create({ title: 'Budget', name: 'Helga' });
  const invite = parseInviteLink(inviteOf(host).link, 0);
  const proxy = await startTcpProxy(invite.addresses[0]?.port ?? 0);
  proxies.push(proxy);
  const link = buildInviteLink({ ...invite, addresses: [{ host: '127.0.0.1', port: proxy.port }] });
  const guests: Person[] = [];
  for (const name of names) {
    const guest = person(name);
    await guest.service.openLink({ link });
    guest.service.knock({ notice: shownNotice(guest.service), name, language: 'de' });
    await eventually(() => host.meeting().lobby.length === 1);
    host.service.admit({ knockId: host.meeting().lobby[0]?.knockId ?? '' });
    await guest.until('meeting');
    guests.push(guest);
  }
  const [ben, anna, cora] = guests;
  if (!ben || !anna || !cora) throw new Error('not enough guests');
  host.service.setCoHost({ participantId: host.participantNamed('Ben'), coHost: true });
  await eventually(() => ben.meeting().role === 'co-host');
  for (const guest of guests) await eventually(() => roleOf(guest, 'Ben') === 'co-host');
  const lost = async () => {
    for (const guest of guests) await eventually(() => guest.meeting().hostLink === 'lost');
  };
  return { web, host, ben, anna, cora, guests, proxy, seen, lost };
}

describe('a meeting that has lost its host', () => {
  it('goes on: chat and media states reach everybody, directly or by way of others', async () => {
    const { web, ben, anna, cora, guests, proxy, host, lost } = await meeting();
    proxy.block();
    web.cutAll(host);
    web.cut(anna, cora);
    await lost();
    anna.service.chatSend({ text: 'Is anybody there?' });
    cora.service.chatSend({ text: 'I am' });
    cora.service.setMedia({ microphone: true, camera: false });
    for (const guest of guests) {
      await eventually(() => texts(guest).length === 2);
      await eventually(
        () => guest.meeting().participants.find((one) => one.name === 'Cora')?.media.microphone === true,
      );
    }
    const signal = { type: 'candidate', candidate: { candidate: '', sdpMid: '0' } } as const;
    anna.service.meshSignal({ peerId: anna.participantNamed('Cora'), generation: 0, signal });
    expect(ben.reported).toEqual([]);
    // Who leaves is missed by nobody.
    cora.service.leave();
    for (const guest of [anna, ben]) await eventually(() => guest.meeting().participants.length === 3);
    proxy.open();
    for (const guest of [anna, ben]) await eventually(() => guest.meeting().hostLink === 'connected');
    // The host is told what those who are still there have said.
    await eventually(() => texts(host).includes('Is anybody there?'));
  });

  it('is taken over by a co-host who says so, and by nobody else', async () => {
    const { web, host, ben, anna, cora, guests, proxy, seen, lost } = await meeting();
    anna.service.chatSend({ text: 'before' });
    for (const guest of guests) await eventually(() => texts(guest).length === 1);
    await expect(ben.service.takeOver()).rejects.toMatchObject({ code: 'session/host-present' });
    proxy.block();
    web.cutAll(host);
    await lost();
    await expect(anna.service.takeOver()).rejects.toMatchObject({ code: 'session/not-host' });
    const place = anna.meeting().selfId;
    const connections = anna.meeting().connections;
    await ben.service.takeOver();
    for (const guest of guests) {
      await eventually(() => roleOf(guest, 'Ben') === 'host' && roleOf(guest, 'Helga') === 'co-host');
      await eventually(() => here(guest).join() === 'Anna,Ben,Cora');
      expect(guest.meeting().hostLink).toBe('connected');
    }
    expect(ben.meeting()).toMatchObject({ role: 'host', title: 'Budget' });
    // Nobody's place, connection or chat is another.
    expect(anna.meeting().selfId).toBe(place);
    expect(
      anna
        .meeting()
        .connections.map(({ peerId }) => peerId)
        .sort(),
    ).toEqual(connections.map(({ peerId }) => peerId).sort());
    expect(anna.service.chatHistory({ meetingId: anna.meeting().meetingId }).map((one) => one.text)).toEqual([
      'before',
    ]);
    expect(seen.get('Ben')?.log).toEqual(['started as guest', 'ended', 'started as host']);
    expect(seen.get('Anna')?.log).toEqual(['started as guest', 'ended', 'started as guest']);

    // It is a meeting like any other: somebody comes, is heard, and goes.
    const dora = createPerson('Dora');
    ben.service.admit({ knockId: await knocked(ben, dora) });
    await dora.until('meeting');
    dora.service.chatSend({ text: 'Hello' });
    for (const one of [anna, cora, ben]) await eventually(() => texts(one).includes('Hello'));
    ben.service.remove({ participantId: ben.participantNamed('Cora') });
    expect(await cora.until('ended')).toMatchObject({ reason: 'removed' });

    // The old host is back on the network, alone, and learns where the meeting is.
    expect(host.meeting().role).toBe('host');
    proxy.open();
    await eventually(() => host.meeting().role === 'co-host' && host.meeting().hostLink === 'connected');
    await eventually(() => here(anna).join() === 'Anna,Ben,Dora,Helga');
    expect(seen.get('Helga')?.log).toEqual(['started as host', 'ended', 'started as guest']);
    host.service.chatSend({ text: 'I am back' });
    for (const one of [anna, ben, dora]) await eventually(() => texts(one).includes('I am back'));
    for (const one of [host, ben, anna, dora]) expect(one.reported).toEqual([]);
  });

  it('stays with its host if that one is there for others', async () => {
    const { web, host, ben, anna, cora, proxy } = await meeting();
    // Ben alone has lost the host; he still has his direct connections.
    const invite = parseInviteLink(inviteOf(host).link, 0);
    expect(invite.addresses).toHaveLength(1);
    web.cutAll(host);
    proxy.block();
    await eventually(() => ben.meeting().hostLink === 'lost');
    await ben.service.takeOver();
    await eventually(() => here(ben).length >= 1);
    proxy.open();
    // Whichever came first, there is one meeting with one host in the end.
    for (const one of [host, ben, anna, cora]) {
      await eventually(() => here(one).length === 4);
      await eventually(() => one.meeting().participants.filter(({ role }) => role === 'host').length === 1);
    }
    const hosts = [host, ben, anna, cora].map(
      (one) => one.meeting().participants.find(({ role }) => role === 'host')?.name,
    );
    expect(new Set(hosts).size).toBe(1);
  });
});

describe('a host who hands over', () => {
  it('stays as co-host, and nobody has to do anything', async () => {
    const { host, ben, anna, cora, seen } = await meeting();
    expect(() => anna.service.handOver({ participantId: anna.participantNamed('Ben') })).toThrow('session/not-host');
    expect(() => host.service.handOver({ participantId: host.participantNamed('Anna') })).toThrow(
      'session/unknown-participant',
    );
    host.service.handOver({ participantId: host.participantNamed('Ben') });
    for (const one of [host, ben, anna, cora]) {
      await eventually(() => roleOf(one, 'Ben') === 'host' && roleOf(one, 'Helga') === 'co-host');
      await eventually(() => here(one).length === 4 && one.meeting().hostLink === 'connected');
    }
    expect(seen.get('Helga')?.log).toEqual(['started as host', 'ended', 'started as guest']);
    host.service.leave();
    await eventually(() => anna.meeting().participants.length === 3);
    // And back again, to somebody else.
    ben.service.setCoHost({ participantId: ben.participantNamed('Anna'), coHost: true });
    await eventually(() => anna.meeting().role === 'co-host');
    await eventually(() => roleOf(cora, 'Anna') === 'co-host');
    ben.service.handOver({ participantId: ben.participantNamed('Anna') });
    for (const one of [ben, anna, cora]) {
      await eventually(() => roleOf(one, 'Anna') === 'host' && here(one).length === 3);
    }
    for (const one of [host, ben, anna, cora]) expect(one.reported).toEqual([]);
  });
});
