import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryVault } from '../../main/sessions/testing/memoryVault';
import {
  createPerson,
  disposePeople,
  eventually,
  inviteOf,
  knocked,
  type Person,
} from '../../main/sessions/testing/person';
import { RawGuest } from '../../main/sessions/testing/rawGuest';
import { requestParty, type RequestParty } from '../support/requestParty';
import { shownNotice } from '../../main/sessions/testing/shownNotice';

afterEach(disposePeople);

const clock = { now: Date.now() };

/** Somebody with a real vault's requests, and a real session over real sockets under the same key. */
async function somebody(name: string): Promise<{ party: RequestParty; person: Person }> {
  const sessions: { current: Person | null } = { current: null };
  const party = await requestParty(name, clock, () => sessions.current?.service.handleRequestsChanged());
  const person = createPerson(name, {
    memory: createMemoryVault(name, party.vault.profile.identity()),
    requests: () => party.port,
  });
  sessions.current = person;
  return { party, person };
}

async function meeting() {
  const [host, guest] = [await somebody('Hanna'), await somebody('Gustav')];
  await host.person.service.create({ title: 'Budget', name: 'Hanna' });
  guest.party.met(host.party);
  return { host, guest };
}

const logged = ({ party }: { party: RequestParty }) => party.logged();
const own = ({ party }: { party: RequestParty }) => party.own();

describe('R25: a request at the door', () => {
  it('is handed in and confirmed with its deadline before anybody knocks; the answer waits for the proven key', async () => {
    const { host, guest } = await meeting();
    const { requestId } = guest.party.ask(host.party).request;
    await guest.person.service.openLink({ link: inviteOf(host.person).link });
    await eventually(() => own(guest)[0]?.state === 'open');
    expect(guest.person.service.state().phase).toBe('preview');
    expect(own(guest)[0]!.dueOn).toBe(logged(host)[0]!.dueOn);

    void host.party.commands['requests.close']({ requestId, outcome: 'answered', answer: 'It is done.' });
    guest.person.service.knock({ notice: shownNotice(guest.person.service), name: 'Gustav', language: 'de' });
    await eventually(() => own(guest)[0]?.state === 'answered');
    expect(own(guest)[0]!.answer).toBe('It is done.');
    // Nobody let him in for it, and the host knows that he has it.
    expect(guest.person.service.state().phase).toBe('waiting');
    await eventually(() => logged(host)[0]?.told === true);
  });

  it('is delivered, answered and taken back at once while both are in the meeting', async () => {
    const { host, guest } = await meeting();
    host.person.service.admit({ knockId: await knocked(host.person, guest.person) });
    await guest.person.until('meeting');
    const first = guest.party.ask(host.party).request.requestId;
    await eventually(() => own(guest)[0]?.state === 'open' && logged(host)[0]?.told === true);
    void host.party.commands['requests.close']({ requestId: first, outcome: 'refused', answer: 'Not mine.' });
    await eventually(() => own(guest)[0]?.state === 'refused');
    clock.now += 1_000;
    const second = guest.party.ask(host.party).request.requestId;
    await eventually(() => own(guest)[0]?.state === 'open');
    void guest.party.commands['requests.withdraw']({ requestId: second });
    await eventually(() => own(guest)[0]?.state === 'withdrawn');
    expect(host.person.reported).toEqual([]);
    expect(guest.person.service.state().phase).toBe('meeting');
  });

  it('that was copied brings whoever hands it in the confirmation, and not the answer', async () => {
    const { host, guest } = await meeting();
    const signed = guest.party.ask(host.party);
    host.party.port.take(signed);
    void host.party.commands['requests.close']({
      ...{ requestId: signed.request.requestId, outcome: 'answered', answer: 'secret' },
    });
    const thief = await RawGuest.connect(host.person);
    await thief.hello();
    thief.send({ type: 'personRequest', ...signed });
    expect((await thief.next('personRequestStatus')).status).toMatchObject({ revision: 1, answer: '' });
    thief.send({ type: 'personRequestTold', requestId: signed.request.requestId, revision: 2 });
    thief.knock('Gustav');
    await thief.next('waiting');
    expect(JSON.stringify(thief.received)).not.toContain('secret');
    expect(logged(host)[0]!.told).toBe(false);
  });

  it('is answered to nobody who has proven another key, or only says it is theirs; nor does their word count that it came', async () => {
    const { host, guest } = await meeting();
    const signed = guest.party.ask(host.party);
    const { requestId } = signed.request;
    host.party.port.take(signed);
    void host.party.commands['requests.close']({ requestId, outcome: 'answered', answer: 'secret' });

    const other = await RawGuest.connect(host.person);
    await other.hello();
    other.knock('Gustav');
    await other.next('waiting');
    other.send({ type: 'personRequestTold', requestId, revision: 2 });
    other.send({ type: 'personRequest', ...signed });
    await other.next('personRequestStatus');
    const liar = await RawGuest.connect(host.person);
    await liar.hello();
    liar.knock('Gustav', { identityKey: signed.request.personKey });
    await eventually(() => liar.closed);

    for (const { received } of [other, liar]) expect(JSON.stringify(received)).not.toContain('secret');
    expect(logged(host)[0]!.told).toBe(false);
    // Whose it is gets it, by the same way.
    await guest.person.service.openLink({ link: inviteOf(host.person).link });
    guest.person.service.knock({ notice: shownNotice(guest.person.service), name: 'Gustav', language: 'de' });
    await eventually(() => own(guest)[0]?.answer === 'secret' && logged(host)[0]?.told === true);
  });

  it('of which there are too many is passed over, and costs nobody the connection', async () => {
    const { host, guest } = await meeting();
    const signed = guest.party.ask(host.party);
    const raw = await RawGuest.connect(host.person);
    await raw.hello();
    for (let count = 0; count < 60; count += 1) {
      raw.send({ type: 'personRequest', ...signed, request: { ...signed.request, madeAt: count } });
    }
    raw.send({ type: 'personRequest', ...signed });
    raw.knock('Gustav');
    await raw.next('waiting');
    expect(logged(host)).toEqual([]);
  });

  it('does not end the meeting when the vault is locked', async () => {
    const { host, guest } = await meeting();
    const signed = guest.party.ask(host.party);
    await host.party.manager.close();
    const raw = await RawGuest.connect(host.person);
    await raw.hello();
    raw.send({ type: 'personRequest', ...signed });
    raw.knock('Gustav');
    await raw.next('waiting');
    expect(host.person.reported.length).toBeGreaterThan(0);
  });
});
