import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandInput } from '../../common/ipc/commands';
import { answerDue, localDay } from '../../common/privacy/deadline';
import {
  maxOpenOfStrangers,
  maxOpenRequests,
  personRequestSchema,
  requestStatusSchema,
  type PersonRequest,
  type SignedRequest,
  type SignedRequestStatus,
} from '../../common/privacy/personRequests';
import { guestMessageSchema } from '../../common/protocol/messages';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { heldPeople } from '../../main/privacy/heldData';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { retentionOverview } from '../../main/privacy/retentionOverview';
import { testSigner } from '../../main/recording/testing/testIdentity';
import { newId } from '../../main/vault/testing/vaultFixture';
import { requestParty, type RequestParty } from '../support/requestParty';

const clock = { now: 0 };
let host: RequestParty;
let guest: RequestParty;

beforeEach(async () => {
  clock.now = new Date(2026, 0, 31, 15).getTime();
  host = await requestParty('Hanna', clock);
  guest = await requestParty('Gustav', clock);
  guest.met(host);
  host.vault.people.met({ identityKey: guest.signer.publicKey, name: 'Gustav', at: clock.now });
});

const logged = () => host.logged();
const own = () => guest.own();
const resigned = (request: PersonRequest, signer = guest.signer): SignedRequest => ({
  request,
  signature: signer.sign('personRequest', request),
});

/** The proof that everything about the guest was erased. */
async function erased() {
  const person = heldPeople(host.vault).find(({ identityKey }) => identityKey === guest.signer.publicKey)!;
  const plan = erasurePlan(host.vault, person, { keepProofs: false, runningMeeting: null });
  const proof = await erasePerson(host.vault, person, plan, clock.now);
  return { plan, signed: { proof, signature: host.signer.sign('personErasure', proof) } };
}

describe('R25: a request from a person’s own app', () => {
  test('stands in the host’s log with the time it came, its deadline, and that a key proved it', () => {
    const confirmed = host.port.take(guest.ask(host))!;
    expect(logged()).toMatchObject([
      {
        ...{ identityKey: guest.signer.publicKey, name: 'Gustav', knownAs: null, right: 'erasure', text: 'All of it' },
        // 31 January, one month: 28 February is a Saturday.
        ...{ way: 'app', check: 'key', state: 'open', receivedAt: clock.now, dueOn: '2026-03-02', told: false },
      },
    ]);
    expect(confirmed.status).toMatchObject({ revision: 1, state: 'open', dueOn: '2026-03-02', answer: '' });
    expect(guest.port.keep(confirmed)).toBe(true);
    expect(own()).toMatchObject([{ state: 'open', dueOn: '2026-03-02', undelivered: false, isNews: false }]);
    expect(guest.port.waitingFor(host.signer.publicKey).requests).toEqual([]);
    host.port.told(guest.signer.publicKey, confirmed.status.requestId, 1);
    expect(logged()[0]!.told).toBe(true);
  });

  test('is answered with the proof of erasure, which the person’s app has checked', async () => {
    const { requestId } = guest.ask(host).request;
    guest.port.keep(host.port.take(guest.port.waitingFor(host.signer.publicKey).requests[0]!)!);
    const { plan, signed } = await erased();
    // What is asked must not go before it is answered.
    expect(plan.stays).toMatchObject([{ kind: 'request', because: 'request' }]);
    host.service.handleErased(signed);
    expect(logged()[0]!.erasure).toEqual(signed);
    void host.commands['requests.close']({ requestId, outcome: 'answered', answer: 'It is done.' });
    const [told] = host.port.toTell(guest.signer.publicKey);
    expect(guest.port.keep(told!)).toBe(true);
    expect(own()).toMatchObject([{ state: 'answered', answer: 'It is done.', erasure: signed, isNews: true }]);
    void guest.commands['requests.seen']({ requestId });
    expect(own()[0]!.isNews).toBe(false);
    host.port.told(guest.signer.publicKey, requestId, told!.status.revision);
    expect(host.port.toTell(guest.signer.publicKey)).toEqual([]);
  });

  test('is extended once, within the first month, with a reason that the person is told', () => {
    const { requestId } = guest.ask(host).request;
    host.port.take(guest.port.waitingFor(host.signer.publicKey).requests[0]!);
    clock.now = new Date(2026, 2, 2, 23, 59).getTime();
    void host.commands['requests.extend']({ requestId, reason: 'Many recordings' });
    expect(logged()).toMatchObject([
      { dueOn: '2026-04-30', extension: { reason: 'Many recordings' }, extendable: false },
    ]);
    expect(() => host.commands['requests.extend']({ requestId, reason: 'More' })).toThrow('request/too-late');
    guest.port.keep(host.port.toTell(guest.signer.publicKey)[0]!);
    expect(own()).toMatchObject([{ dueOn: '2026-04-30', isNews: true }]);
    expect(own()[0]!.history.at(-1)).toMatchObject({ extension: 'Many recordings' });

    void host.commands['requests.add'](byWord('2026-01-30'));
    const late = logged().find(({ way }) => way === 'word')!;
    expect(late).toMatchObject({ dueOn: '2026-03-02', told: null, extendable: true });
    clock.now = new Date(2026, 2, 3, 0, 1).getTime();
    expect(() => host.commands['requests.extend']({ requestId: late.requestId, reason: 'Late' })).toThrow(
      'request/too-late',
    );
  });

  test('is taken back by the person, and by nobody else', () => {
    const { request } = guest.ask(host);
    const { requestId } = request;
    guest.port.keep(host.port.take(guest.port.waitingFor(host.signer.publicKey).requests[0]!)!);
    const forged = { requestId, hostKey: host.signer.publicKey, withdrawnAt: 1 };
    const stranger = testSigner();
    host.port.takeWithdrawal({ withdrawal: forged, signature: stranger.sign('personRequestWithdrawal', forged) });
    expect(logged()[0]!.state).toBe('open');
    void guest.commands['requests.withdraw']({ requestId });
    expect(own()).toMatchObject([{ state: 'open', undelivered: true }]);
    for (const one of guest.port.waitingFor(host.signer.publicKey).withdrawals) host.port.takeWithdrawal(one);
    expect(logged()).toMatchObject([{ state: 'withdrawn' }]);
    guest.port.keep(host.port.toTell(guest.signer.publicKey)[0]!);
    expect(own()).toMatchObject([{ state: 'withdrawn', undelivered: false }]);
    expect(() => guest.commands['requests.withdraw']({ requestId })).toThrow('request/closed');
    expect(() => host.commands['requests.close']({ requestId, outcome: 'answered', answer: '' })).toThrow(
      'request/closed',
    );
  });

  test('that never arrived is not sent any more once it is taken back', () => {
    const { requestId } = guest.ask(host).request;
    void guest.commands['requests.withdraw']({ requestId });
    expect(guest.port.waitingFor(host.signer.publicKey)).toEqual({ requests: [], withdrawals: [] });
    expect(own()).toMatchObject([{ state: 'withdrawn', undelivered: false }]);
  });

  test('is made only to somebody who hosted, and five at a time', () => {
    const ask = { right: 'access', text: '' } as const;
    expect(() => guest.commands['requests.make']({ hostKey: testSigner().publicKey, ...ask })).toThrow(
      'request/not-found',
    );
    expect(guest.commands['requests.hosts'](undefined)).toEqual([{ hostKey: host.signer.publicKey, name: 'Hanna' }]);
    for (let count = 0; count < maxOpenRequests; count += 1) guest.ask(host);
    expect(() => guest.ask(host)).toThrow('request/too-many');
  });
});

describe('R25: what is not believed at the host', () => {
  test.each<[string, (request: PersonRequest) => SignedRequest]>([
    ['signed by another key', (request) => resigned(request, testSigner())],
    ['in another’s name', (request) => resigned({ ...request, personKey: testSigner().publicKey })],
    ['to another host', (request) => resigned({ ...request, hostKey: testSigner().publicKey })],
    ['changed', (request) => ({ ...resigned(request), request: { ...request, right: 'access' } })],
    [
      'signed for another purpose',
      (request) => ({ request, signature: guest.signer.sign('personRequestWithdrawal', request) }),
    ],
    ['by the host itself', (request) => resigned({ ...request, personKey: host.signer.publicKey }, host.signer)],
    ['older than a year', (request) => resigned({ ...request, madeAt: clock.now - 366 * 24 * 3_600_000 })],
    ['from the future', (request) => resigned({ ...request, madeAt: clock.now + 25 * 3_600_000 })],
  ])('a request %s', (_, forge) => {
    const { request } = guest.ask(host);
    expect(host.port.take(forge(request))).toBeNull();
    expect(logged()).toEqual([]);
    expect(host.port.take(resigned(request))).not.toBeNull();
  });

  test('one that is handed in again: nothing is new, and the answer is not told to who copied it', () => {
    const signed = guest.ask(host);
    const first = host.port.take(signed);
    void host.commands['requests.close']({ requestId: signed.request.requestId, outcome: 'refused', answer: 'secret' });
    clock.now += 1_000;
    expect(host.port.take(signed)).toEqual(first);
    expect(JSON.stringify(host.port.take(signed))).not.toContain('secret');
    expect(logged()).toHaveLength(1);
    // With other content under the same ID.
    expect(host.port.take(resigned({ ...signed.request, text: 'Something else' }))).toBeNull();
    expect(host.port.toTell(testSigner().publicKey)).toEqual([]);
    // What another says to have got does not count.
    host.port.told(testSigner().publicKey, signed.request.requestId, 2);
    host.port.told(guest.signer.publicKey, signed.request.requestId, 900);
    expect(host.port.toTell(guest.signer.publicKey)).toHaveLength(1);
  });

  test('more than five open ones of a person, whatever app they use', () => {
    const { request } = guest.ask(host);
    const take = () => host.port.take(resigned({ ...request, requestId: newId() }));
    for (let count = 0; count < maxOpenRequests; count += 1) expect(take()).not.toBeNull();
    expect(take()).toBeNull();
    void host.commands['requests.close']({ requestId: logged()[0]!.requestId, outcome: 'refused', answer: 'No' });
    expect(take()).not.toBeNull();
  });

  test('any number of made-up people: those who were never met share what is left', () => {
    const { request } = guest.ask(host);
    const stranger = () => {
      const signer = testSigner();
      return host.port.take(resigned({ ...request, requestId: newId(), personKey: signer.publicKey }, signer));
    };
    for (let count = 0; count < maxOpenOfStrangers; count += 1) expect(stranger()).not.toBeNull();
    expect(stranger()).toBeNull();
    expect(host.port.take(resigned(request))).not.toBeNull();
  });

  test('what is too large, or not text, does not get in', () => {
    const { request, signature } = guest.ask(host);
    const parses = (change: object) =>
      guestMessageSchema.safeParse({ type: 'personRequest', request: { ...request, ...change }, signature }).success;
    expect(parses({})).toBe(true);
    expect(parses({ text: '字'.repeat(1_500) })).toBe(true);
    // It fits into a frame at the door.
    expect(Buffer.byteLength(JSON.stringify({ ...request, text: '字'.repeat(1_500) }))).toBeLessThan(7_000);
    for (const change of [
      { text: 'x'.repeat(1_501) },
      { text: 'a\u202Eb' },
      { text: 'a\u0000' },
      { right: 'money' },
      { more: 1 },
      { madeAt: -1 },
      { personName: '' },
    ]) {
      expect(parses(change)).toBe(false);
    }
    expect(personRequestSchema.safeParse({ ...request, requestId: '../..' }).success).toBe(false);
  });
});

describe('R25: what is not believed at the person', () => {
  function statement(change: Partial<SignedRequestStatus['status']>, signer = host.signer): SignedRequestStatus {
    const status = requestStatusSchema.parse({ ...host.port.toTell(guest.signer.publicKey)[0]!.status, ...change });
    return { status, signature: signer.sign('personRequestStatus', status) };
  }

  test('an answer by another key, to another request, or with a proof that is not this host’s about this person', async () => {
    host.port.take(guest.ask(host));
    const { signed } = await erased();
    const about = (change: object, signer = host.signer) => {
      const proof = { ...signed.proof, ...change };
      return { proof, signature: signer.sign('personErasure', proof) };
    };
    const stranger = testSigner();
    const answered = { state: 'answered', answer: 'Done', revision: 5 } as const;
    for (const forged of [
      statement(answered, stranger),
      statement({ ...answered, hostKey: stranger.publicKey }, stranger),
      statement({ ...answered, requestHash: 'A'.repeat(43) }),
      statement({ ...answered, requestId: newId() }),
      { ...statement(answered), status: { ...statement(answered).status, answer: 'Nothing is kept' } },
      statement({ ...answered, erasure: about({ personKey: stranger.publicKey }) }),
      statement({ ...answered, erasure: about({ controllerKey: stranger.publicKey }, stranger) }),
      statement({ ...answered, erasure: { ...signed, proof: { ...signed.proof, copies: 7 } } }),
    ]) {
      expect(guest.port.keep(forged)).toBe(false);
    }
    expect(own()).toMatchObject([{ state: 'waiting' }]);
    expect(guest.port.keep(statement({ ...answered, erasure: signed }))).toBe(true);
    expect(own()).toMatchObject([{ state: 'answered' }]);
  });

  test('an earlier word does not replace a later one', () => {
    host.port.take(guest.ask(host));
    expect(guest.port.keep(statement({ revision: 3, state: 'answered', answer: 'Done' }))).toBe(true);
    expect(guest.port.keep(statement({ revision: 2, state: 'open' }))).toBe(true);
    expect(own()).toMatchObject([{ state: 'answered', answer: 'Done' }]);
  });

  test('a host that never stops talking fills nothing', () => {
    host.port.take(guest.ask(host));
    for (let revision = 1; revision <= 60; revision += 1) guest.port.keep(statement({ revision }));
    expect(own()[0]!.history.length).toBeLessThanOrEqual(20);
  });
});

const byWord = (receivedOn: string): CommandInput<'requests.add'> => ({
  ...{ identityKey: null, name: 'Greta Unknown', right: 'access', text: '', way: 'word' },
  ...{ check: 'seen', receivedOn, notes: 'rang up' },
});

describe('R25: the log', () => {
  test('takes what came by word, for somebody unknown too, from a day that has been', () => {
    const today = localDay(clock.now);
    void host.commands['requests.add'](byWord(today));
    expect(logged()).toMatchObject([
      {
        name: 'Greta Unknown',
        identityKey: null,
        way: 'word',
        dueOn: answerDue(today, 1),
        told: null,
        notes: 'rang up',
      },
    ]);
    expect(() => host.commands['requests.add'](byWord('2026-02-01'))).toThrow('request/day-invalid');
    expect(() => host.commands['requests.add']({ ...byWord(today), identityKey: testSigner().publicKey })).toThrow(
      'privacy/not-found',
    );
    const { requestId } = logged()[0]!;
    void host.commands['requests.note']({ requestId, notes: 'sent a copy of her passport', check: 'document' });
    expect(logged()).toMatchObject([{ notes: 'sent a copy of her passport', check: 'document' }]);
  });

  test('does not let anybody write over what a signature proved', () => {
    const { requestId } = guest.ask(host).request;
    host.port.take(guest.port.waitingFor(host.signer.publicKey).requests[0]!);
    void host.commands['requests.note']({ requestId, notes: '', check: 'document' });
    expect(logged()[0]!.check).toBe('key');
  });

  test('goes at the end of the year, three years after the answer; what is open stays', async () => {
    host.port.take(guest.ask(host));
    void host.commands['requests.add'](byWord('2026-01-30'));
    const open = logged().find(({ way }) => way === 'word')!.requestId;
    const closed = logged().find(({ way }) => way === 'app')!.requestId;
    void host.commands['requests.close']({ requestId: closed, outcome: 'answered', answer: 'Done' });
    const kind = retainedKinds({
      vault: () => host.vault,
      deleteRecording: async () => undefined,
      deleteMeeting: () => undefined,
    }).find(({ name }) => name === 'requests')!;
    const round = async (now: Date) => {
      for (const step of kind.due(now.getTime())) await step();
    };
    const { request } = retentionOverview(host.vault, null).kinds;
    expect(request).toMatchObject({ count: 2, period: 3, upcoming: [{ at: new Date(2030, 0, 1).getTime() }] });
    await round(new Date(2029, 11, 31, 23));
    expect(logged()).toHaveLength(2);
    await round(new Date(2030, 0, 1));
    expect(logged().map(({ requestId }) => requestId)).toEqual([open]);
    expect(host.vault.deletionLog.newest(1)).toMatchObject([{ kind: 'request', why: 'retention', count: 1 }]);
  });

  test('is part of access on both sides, and of erasure once it is answered and told', async () => {
    const { requestId } = guest.ask(host, { right: 'access', text: 'What do you keep?' }).request;
    host.port.take(guest.port.waitingFor(host.signer.publicKey).requests[0]!);
    void host.commands['requests.note']({ requestId, notes: 'a note about Gustav' });
    const about = (party: RequestParty, key: string) => accessContent(party.vault, key, clock.now)!.document;
    expect(about(host, guest.signer.publicKey).requests).toMatchObject([
      { by: 'person', right: 'access', text: 'What do you keep?', state: 'open', notes: 'a note about Gustav' },
    ]);
    expect(about(guest, host.signer.publicKey).requests).toMatchObject([{ by: 'owner', text: 'What do you keep?' }]);
    expect(about(host, guest.signer.publicKey).kept).toContainEqual(
      expect.objectContaining({ kind: 'request', basis: 'answer' }),
    );
    void host.commands['requests.close']({ requestId, outcome: 'answered', answer: 'Here it is' });
    expect((await erased()).plan.stays).toMatchObject([{ kind: 'request', because: 'request' }]);
    host.port.told(guest.signer.publicKey, requestId, 2);
    expect((await erased()).plan.stays).toEqual([]);
    expect(logged()).toEqual([]);
    expect(heldPeople(host.vault)).toEqual([]);
  });
});
