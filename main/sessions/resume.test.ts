import { afterEach, describe, expect, it } from 'vitest';
import type { HostMessage } from '../../common/protocol/messages';
import { buildInviteLink, parseInviteLink } from './invites/link';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, type Person } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { startTcpProxy, type TcpProxy } from './testing/tcpProxy';
import { shownNotice } from './testing/shownNotice';

const proxies: TcpProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) proxy.close();
  await disposePeople();
});

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

const presence = (seenBy: Person, name: string) =>
  seenBy.meeting().participants.find((one) => one.name === name)?.presence;
const texts = (person: Person) => person.payloads('chat.added').map((one) => one.text);

describe('a guest whose connection is cut', () => {
  it('is back in the same place without knocking, and has missed nothing', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const ben = createPerson('Ben');
    const proxy = await joinedOverProxy(host, anna);
    await joined(host, ben);
    const place = host.participantNamed('Anna');
    await eventually(() => anna.meeting().participants.length === 3);

    for (let round = 1; round <= 3; round += 1) {
      proxy.block();
      await eventually(() => presence(ben, 'Anna') === 'away' && anna.meeting().hostLink === 'lost');
      // The host is away to who cannot reach it, and nothing that was there is gone.
      expect(presence(anna, 'Helga')).toBe('away');
      expect(anna.meeting().participants).toHaveLength(3);
      anna.service.chatSend({ text: `Anna, cut off ${round}` });
      ben.service.chatSend({ text: `Ben, meanwhile ${round}` });
      host.service.setLocked({ locked: true });
      proxy.open();
      await eventually(() => presence(ben, 'Anna') === 'here' && anna.meeting().hostLink === 'connected');
      await eventually(() => anna.meeting().locked);
      await eventually(() => texts(ben).length === 2 * round && texts(anna).length === 2 * round);
      await eventually(() => texts(host).length === 2 * round);
      host.service.setLocked({ locked: false });
    }
    for (const person of [host, anna, ben]) {
      expect([...texts(person)].sort()).toEqual([...new Set(texts(person))].sort());
      expect(person.participantNamed('Anna')).toBe(place);
      expect(person.reported).toEqual([]);
    }
    expect(host.meeting().lobby).toEqual([]);
    expect(
      host.told.filter((one) => one.name === 'session.changed' && JSON.stringify(one).includes('knockId')),
    ).not.toEqual([]);
  });

  it('does not hear what was said before it came', async () => {
    const host = await hosted();
    const ben = createPerson('Ben');
    await joined(host, ben);
    ben.service.chatSend({ text: 'before Anna' });
    await eventually(() => texts(host).length === 1);
    const anna = createPerson('Anna');
    const proxy = await joinedOverProxy(host, anna);
    ben.service.chatSend({ text: 'after' });
    await eventually(() => texts(anna).length === 1);
    proxy.cut();
    await eventually(() =>
      anna.payloads('session.changed').some((one) => one.phase === 'meeting' && one.meeting.hostLink === 'lost'),
    );
    await eventually(() => anna.meeting().hostLink === 'connected');
    ben.service.chatSend({ text: 'last' });
    await eventually(() => texts(anna).includes('last'));
    expect(texts(anna)).toEqual(['after', 'last']);
  });

  it('is not let back by anybody else, with anything else, or after having been removed', async () => {
    const host = await hosted();
    const mallory = await RawGuest.admitted(host, 'Mallory');
    const anna = await RawGuest.admitted(host, 'Anna');
    const tokenOf = (guest: RawGuest) => guest.find('admitted')?.token ?? '';
    const come = async (
      who: RawGuest,
      claim: { readonly participantId: string; readonly token: string; readonly change?: Record<string, unknown> },
    ): Promise<HostMessage | undefined> => {
      const again = await RawGuest.connect(host);
      again.sendHello({ secret: claim.token });
      await eventually(() => again.received.length > 0);
      const nonce = again.find('welcome')?.nonce;
      if (nonce === undefined) return again.received[0];
      const signed = {
        meetingId: again.meetingId,
        nonce,
        certificate: again.fingerprint,
        participantId: claim.participantId,
        identityKey: who.signer.publicKey,
        fresh: false,
      };
      const { participantId, identityKey, fresh } = signed;
      const signature = who.signer.sign('resume', signed);
      again.send({ type: 'resume', participantId, identityKey, fresh, signature, ...claim.change });
      await eventually(() => again.received.length > 1);
      return again.received[1];
    };

    // Somebody else's token with one's own key, one's own token for somebody else's place, and a signature for another time.
    expect(await come(mallory, { participantId: anna.selfId, token: tokenOf(anna) })).toMatchObject({
      reason: 'denied',
    });
    expect(await come(mallory, { participantId: anna.selfId, token: tokenOf(mallory) })).toMatchObject({
      reason: 'protocol',
    });
    const key = { identityKey: anna.signer.publicKey };
    expect(await come(mallory, { participantId: anna.selfId, token: tokenOf(anna), change: key })).toMatchObject({
      reason: 'protocol',
    });
    expect(await come(anna, { participantId: anna.selfId, token: 'A'.repeat(43) })).toMatchObject({
      reason: 'place-gone',
    });
    // With a token one cannot knock, and without one not resume.
    const knocking = await RawGuest.connect(host);
    await knocking.hello({ secret: tokenOf(anna) });
    knocking.knock('Anna');
    expect(await knocking.next('refused')).toMatchObject({ reason: 'protocol' });

    expect(await come(anna, { participantId: anna.selfId, token: tokenOf(anna) })).toMatchObject({ type: 'admitted' });
    await eventually(() => anna.closed);
    host.service.remove({ participantId: mallory.selfId });
    expect(await come(mallory, { participantId: mallory.selfId, token: tokenOf(mallory) })).toMatchObject({
      reason: 'denied',
    });
    expect(host.meeting().participants.map((one) => one.name)).toEqual(['Helga', 'Anna']);
  });

  it('is told when its place is gone, and that it was removed meanwhile', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const proxy = await joinedOverProxy(host, anna);
    proxy.block();
    await eventually(() => presence(host, 'Anna') === 'away');
    host.service.remove({ participantId: host.participantNamed('Anna') });
    proxy.open();
    expect(await anna.until('ended')).toMatchObject({ reason: 'removed' });
  });
});
