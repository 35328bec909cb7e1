import { afterEach, describe, expect, it } from 'vitest';
import { buildInviteLink, parseInviteLink } from './invites/link';
import { defaultPolicy } from './policy';
import { ManualTime } from './testing/manualTimers';
import {
  createPerson,
  disposePeople,
  eventually,
  hosted,
  inviteOf,
  joined,
  policyWith,
  type Person,
} from './testing/person';
import { startTcpProxy, type TcpProxy } from './testing/tcpProxy';
import { createWindowEnd } from './testing/windowEnd';
import { shownNotice } from './testing/shownNotice';

const proxies: TcpProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close();
  await disposePeople();
});

/** Lets a guest in over a network that the test controls. */
async function joinedOverProxy(host: Person, guest: Person): Promise<TcpProxy> {
  const invite = parseInviteLink(inviteOf(host).link, 0);
  const proxy = await startTcpProxy(invite.addresses[0]?.port ?? 0);
  proxies.push(proxy);
  const addresses = [{ host: '127.0.0.1', port: proxy.port }];
  await guest.service.openLink({ link: buildInviteLink({ ...invite, addresses }) });
  guest.service.knock({ notice: shownNotice(guest.service), name: guest.name, language: 'en' });
  await eventually(() => host.meeting().lobby.length === 1);
  host.service.admit({ knockId: host.meeting().lobby[0]?.knockId ?? '' });
  await guest.until('meeting');
  return proxy;
}

/** Lets heartbeats go by until something is true; real sockets need their own time in between. */
async function beatUntil(time: ManualTime, condition: () => boolean): Promise<void> {
  await eventually(() => {
    if (condition()) return true;
    time.advance(defaultPolicy.heartbeat.intervalMs);
    return false;
  });
}

describe('a connection that is cut', () => {
  it('takes the place of a guest who does not come back in time, and its meeting when nobody is left in it', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ timers: time });
    const anna = createPerson('Anna', { timers: time });
    const ben = createPerson('Ben');
    await joined(host, ben);
    const proxy = await joinedOverProxy(host, anna);
    await eventually(() => ben.meeting().participants.length === 3);
    proxy.close();
    await eventually(() => ben.meeting().participants[2]?.presence === 'away');
    await eventually(() => anna.meeting().hostLink === 'lost');
    ben.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
    time.advance(defaultPolicy.placeKeptMs - 1);
    expect(host.meeting().participants).toHaveLength(2);
    time.advance(1);
    expect(host.meeting().participants).toHaveLength(1);
    // Anna cannot know that Ben has left: she stays until she has seen enough.
    expect(anna.meeting().participants).toHaveLength(3);
    anna.service.leave();
    expect(anna.service.meetingsRecent()[0]?.endedAt).not.toBeNull();
  });

  it('takes a knock from the door, and whoever knocked is told', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const invite = parseInviteLink(inviteOf(host).link, 0);
    const proxy = await startTcpProxy(invite.addresses[0]?.port ?? 0);
    proxies.push(proxy);
    const addresses = [{ host: '127.0.0.1', port: proxy.port }];
    await anna.service.openLink({ link: buildInviteLink({ ...invite, addresses }) });
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'en' });
    await eventually(() => host.meeting().lobby.length === 1);
    proxy.cut();
    expect(await anna.until('failed')).toEqual({ phase: 'failed', code: 'join/unreachable' });
    await eventually(() => host.meeting().lobby.length === 0);
  });
});

describe('a connection that goes silent', () => {
  it('is noticed by the host', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ timers: time });
    const anna = createPerson('Anna');
    const proxy = await joinedOverProxy(host, anna);
    proxy.silence();
    await beatUntil(time, () => host.meeting().participants[1]?.presence === 'away');
    expect(anna.service.state().phase).toBe('meeting');
  });

  it('is noticed by the guest', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted();
    const anna = createPerson('Anna', { timers: time });
    const proxy = await joinedOverProxy(host, anna);
    proxy.silence();
    await beatUntil(time, () => anna.meeting().hostLink === 'lost');
    time.advance(defaultPolicy.placeKeptMs);
    expect(anna.service.state()).toMatchObject({ phase: 'ended', reason: 'host-vanished' });
    expect(time.pending).toBe(0);
  });

  it('is told from one on which nobody happens to speak', async () => {
    const policy = policyWith({ heartbeat: { intervalMs: 5, missed: 3 } });
    const host = await hosted({ policy });
    const anna = createPerson('Anna', { policy });
    await joined(host, anna);
    // Many heartbeats later both are still there: a conversation of 40 changes, each waited for.
    for (let count = 0; count < 40; count += 1) {
      host.service.setLocked({ locked: count % 2 === 0 });
      await eventually(() => anna.meeting().locked === (count % 2 === 0));
    }
    expect(host.meeting().participants).toHaveLength(2);
  });
});

describe('the host ending', () => {
  it('ends it for those in the meeting, at the door and before it', async () => {
    const host = await hosted();
    const [inside, atDoor, before] = [createPerson('Inside'), createPerson('At the door'), createPerson('Before')];
    await joined(host, inside);
    for (const person of [atDoor, before]) await person.service.openLink({ link: inviteOf(host).link });
    atDoor.service.knock({ notice: shownNotice(atDoor.service), name: 'At the door', language: 'de' });
    await eventually(() => host.meeting().lobby.length === 1);
    const { link } = inviteOf(host);
    host.service.leave();
    expect(await inside.until('ended')).toMatchObject({ reason: 'ended-by-host' });
    for (const person of [atDoor, before]) {
      expect(await person.until('failed')).toEqual({ phase: 'failed', code: 'join/meeting-unknown' });
    }
    await host.service.dispose();
    const late = createPerson('Late');
    await late.service.openLink({ link });
    expect(late.service.state()).toEqual({ phase: 'failed', code: 'join/unreachable' });
  });

  it('leaves no timer and no socket', async () => {
    const hostTime = new ManualTime(Date.now());
    const guestTime = new ManualTime(Date.now());
    const host = await hosted({ timers: hostTime });
    const anna = createPerson('Anna', { timers: guestTime });
    await joined(host, anna);
    anna.service.meshFailed({ peerId: anna.participantNamed('Helga'), generation: 0 });
    host.service.meshFailed({ peerId: host.participantNamed('Anna'), generation: 0 });
    await host.service.dispose();
    await anna.until('ended');
    await anna.service.dispose();
    expect([hostTime.pending, guestTime.pending]).toEqual([0, 0]);
    await expect(host.service.create({ title: 'Again', name: 'Helga' })).rejects.toThrow('session/busy');
  });
});

describe('a peer connection that failed', () => {
  it('is tried anew by the initiator, whichever side noticed, later each time', async () => {
    const time = new ManualTime(Date.now());
    const host = await hosted({ timers: time, clock: time.clock });
    const anna = createPerson('Anna', { timers: time, clock: time.clock });
    await joined(host, anna);
    const link = (person: Person) => person.meeting().connections[0] ?? expect.fail('no connection');
    const [initiator, other] = link(host).initiator ? [host, anna] : [anna, host];
    const fail = (person: Person, generation: number) =>
      person.service.meshFailed({ peerId: link(person).peerId, generation });

    fail(initiator, 0);
    fail(initiator, 0);
    expect(link(initiator).generation).toBe(0);
    time.advance(defaultPolicy.reconnectDelayMs(0));
    expect(link(initiator).generation).toBe(1);
    fail(initiator, 0);

    // The other end takes the generation over with the first signal of it, told before the signal is handed in.
    const signal = createWindowEnd().offer;
    initiator.service.meshSignal({ peerId: link(initiator).peerId, generation: 0, signal });
    initiator.service.meshSignal({ peerId: link(initiator).peerId, generation: 1, signal });
    await eventually(() => other.payloads('mesh.signal').length === 1);
    expect(other.payloads('mesh.signal')[0]?.generation).toBe(1);
    expect(link(other).generation).toBe(1);
    const [changed, signalled] = other.told.slice(-2);
    expect([changed?.name, signalled?.name]).toEqual(['session.changed', 'mesh.signal']);

    fail(other, 1);
    time.advance(defaultPolicy.reconnectDelayMs(0));
    // The initiator waits as well, longer: it is the second failure there.
    await eventually(() => {
      time.advance(defaultPolicy.reconnectDelayMs(1));
      return link(initiator).generation === 2;
    });
    expect(link(other).generation).toBe(1);
  });
});
