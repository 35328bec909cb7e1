import { afterEach, describe, expect, it } from 'vitest';
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

async function meeting(names: readonly string[]) {
  const web = new Web();
  const host = web.add((emitToo) => createPerson('Helga', { emitToo }));
  await host.service.create({ title: 'Budget', name: 'Helga' });
  const invite = parseInviteLink(inviteOf(host).link, 0);
  const guests: { readonly person: Person; readonly proxy: TcpProxy }[] = [];
  for (const name of names) {
    const proxy = await startTcpProxy(invite.addresses[0]?.port ?? 0);
    proxies.push(proxy);
    const link = buildInviteLink({ ...invite, addresses: [{ host: '127.0.0.1', port: proxy.port }] });
    const person = web.add((emitToo) => createPerson(name, { emitToo }));
    await person.service.openLink({ link });
    person.service.knock({ notice: shownNotice(person.service), name, language: 'de' });
    await eventually(() => host.meeting().lobby.length === 1);
    host.service.admit({ knockId: host.meeting().lobby[0]?.knockId ?? '' });
    await person.until('meeting');
    guests.push({ person, proxy });
  }
  return { web, host, guests };
}

/** Ends a process without its saying goodbye to anybody, and starts another on the same vault. */
async function restarted(web: Web, person: Person, proxiesOfIt: readonly TcpProxy[]): Promise<Person> {
  const document = person.vault.keptSeat.get();
  if (document === null) throw new Error(`${person.name} has nothing to come back to`);
  for (const proxy of proxiesOfIt) proxy.block();
  web.cutAll(person);
  await person.service.dispose();
  expect(person.vault.keptSeat.get()).toBeNull();
  person.vault.keptSeat.set(document);
  for (const proxy of proxiesOfIt) proxy.open();
  return web.add((emitToo) => createPerson(person.name, { emitToo, memory: person.vault }));
}

const texts = (person: Person) => person.payloads('chat.added').map((one) => one.text);
const generationTo = (person: Person, peer: string) =>
  person.meeting().connections.find(({ peerId }) => peerId === peer)?.generation;

describe('a guest whose process is gone', () => {
  it('comes back into the same place with the next one, and is heard', async () => {
    const { web, host, guests } = await meeting(['Anna', 'Ben']);
    const [anna, ben] = guests;
    if (!anna || !ben) throw new Error('nobody there');
    const place = anna.person.meeting().selfId;
    anna.person.service.setMedia({ microphone: true, camera: true });
    anna.person.service.chatSend({ text: 'before' });
    await eventually(() => texts(ben.person).length === 1);
    expect(anna.person.service.returnable()).toBeNull();

    let again = anna.person;
    for (let round = 1; round <= 2; round += 1) {
      again = await restarted(web, again, [anna.proxy]);
      expect(again.service.returnable()).toEqual({ title: 'Budget', role: 'guest' });
      await again.service.comeBack();
      expect(again.meeting()).toMatchObject({ selfId: place, title: 'Budget', hostLink: 'connected' });
      again.service.chatSend({ text: `again ${round}` });
      for (const one of [host, ben.person]) {
        await eventually(() => texts(one).length === 1 + round);
        const seen = one.meeting().participants.find(({ id }) => id === place);
        // R11: a new process begins with everything off.
        expect(seen).toMatchObject({ presence: 'here', returns: round, media: { microphone: false, camera: false } });
        // Both ends begin anew above everything before.
        const generation = generationTo(one, place);
        expect(generation).toBeGreaterThanOrEqual(round * 1_000_000);
        expect(generationTo(again, one.meeting().selfId)).toBe(generation);
      }
      expect(host.meeting().lobby).toEqual([]);
    }
    again.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
    expect(again.service.returnable()).toBeNull();
    for (const one of [host, ben.person, again]) expect(one.reported).toEqual([]);
  });

  it('is told when it comes too late, or has been removed meanwhile', async () => {
    const { web, host, guests } = await meeting(['Anna', 'Ben']);
    const [anna, ben] = guests;
    if (!anna || !ben) throw new Error('nobody there');
    const late = await restarted(web, anna.person, [anna.proxy]);
    await eventually(() => host.meeting().participants.some(({ presence }) => presence === 'away'));
    host.service.remove({ participantId: host.participantNamed('Anna') });
    await late.service.comeBack();
    expect(late.service.state()).toMatchObject({ phase: 'ended', reason: 'removed' });
    expect(late.service.returnable()).toBeNull();

    const refusing = await restarted(web, ben.person, [ben.proxy]);
    refusing.service.stayAway();
    expect(refusing.service.returnable()).toBeNull();
    await expect(refusing.service.comeBack()).rejects.toMatchObject({ code: 'session/not-in-meeting' });
  });
});

describe('a host whose process is gone', () => {
  it('opens the same door again, and everybody comes back by themselves', async () => {
    const { web, host, guests } = await meeting(['Anna', 'Ben']);
    const [anna, ben] = guests.map(({ person }) => person);
    if (!anna || !ben) throw new Error('nobody there');
    const { link } = inviteOf(host);
    host.service.setLocked({ locked: true });
    await eventually(() => ben.meeting().locked);
    const again = await restarted(
      web,
      host,
      guests.map(({ proxy }) => proxy),
    );
    for (const one of [anna, ben]) await eventually(() => one.meeting().hostLink === 'lost');
    anna.service.chatSend({ text: 'Where are you?' });
    expect(again.service.returnable()).toEqual({ title: 'Budget', role: 'host' });
    await again.service.comeBack();
    for (const one of [anna, ben]) await eventually(() => one.meeting().hostLink === 'connected');
    await eventually(() => again.meeting().participants.every(({ presence }) => presence === 'here'));
    await eventually(() => texts(again).includes('Where are you?'));
    again.service.chatSend({ text: 'Here' });
    for (const one of [anna, ben]) await eventually(() => texts(one).includes('Here'));
    expect(again.meeting().locked).toBe(true);
    expect(inviteOf(again).link).toBe(link);
    // The invite that was handed out before still leads here.
    again.service.setLocked({ locked: false });
    const cora = createPerson('Cora');
    again.service.admit({ knockId: await knocked(again, cora) });
    await cora.until('meeting');
    for (const one of [again, anna, ben, cora]) expect(one.reported).toEqual([]);
  });

  it('finds that a co-host has taken over, and follows', async () => {
    const { web, host, guests } = await meeting(['Anna', 'Ben']);
    const [anna, ben] = guests.map(({ person }) => person);
    if (!anna || !ben) throw new Error('nobody there');
    host.service.setCoHost({ participantId: host.participantNamed('Ben'), coHost: true });
    for (const one of [anna, ben]) {
      await eventually(() => one.meeting().participants.find(({ name }) => name === 'Ben')?.role === 'co-host');
    }
    const again = await restarted(
      web,
      host,
      guests.map(({ proxy }) => proxy),
    );
    for (const one of [anna, ben]) await eventually(() => one.meeting().hostLink === 'lost');
    await ben.service.takeOver();
    await eventually(() => anna.meeting().hostLink === 'connected');
    await again.service.comeBack();
    await eventually(() => again.meeting().role === 'co-host' && again.meeting().hostLink === 'connected');
    for (const one of [again, anna, ben]) {
      await eventually(() => one.meeting().participants.every(({ presence }) => presence === 'here'));
    }
    const old = again.meeting().selfId;
    for (const one of [anna, ben]) {
      expect(generationTo(one, old)).toBe(generationTo(again, one.meeting().selfId));
    }
    again.service.chatSend({ text: 'Thank you' });
    await eventually(() => texts(anna).includes('Thank you'));
    for (const one of [again, anna, ben]) expect(one.reported).toEqual([]);
  });
});
