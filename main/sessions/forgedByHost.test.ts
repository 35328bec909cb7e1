import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodySchema } from '../../common/protocol/bodies';
import { hostMessageSchema, protocolVersion, type HostMessage } from '../../common/protocol/messages';
import { spyOnDeliveries, type Deliveries } from './testing/deliveries';
import { createPerson, disposePeople, eventually, type Person } from './testing/person';
import { RawHost, RawPerson } from './testing/rawHost';
import { bodyRights } from './testing/rights';
import { sampleBodies, sampleHostMessages, type Cast } from './testing/samples';

/**
 * What a guest believes of a host that passes on everything and says anything: who forges, and as whom. The tables are
 * made from the schemas: what is new fails here until somebody has written down what is right.
 */
let deliveries: Deliveries;
const hosts: RawHost[] = [];
beforeEach(() => {
  deliveries = spyOnDeliveries();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await disposePeople();
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

const bodyTypes = bodySchema.options.map((option) => option.shape.type.value);
const hostMessageTypes = hostMessageSchema.options.map((option) => option.shape.type.value);
const stages = ['hello', 'preview', 'waiting', 'admitted', 'meeting'] as const;
type Stage = (typeof stages)[number];

async function openHost(): Promise<RawHost> {
  const host = await RawHost.open();
  hosts.push(host);
  return host;
}

function castOf(host: RawHost): Cast {
  return {
    meetingId: host.meetingId,
    hostId: host.person.participant.id,
    guestId: 'G'.repeat(22),
    guestKey: 'G'.repeat(43),
    knockId: 'K'.repeat(22),
  };
}

describe('a body that reaches a guest', () => {
  const other = new RawPerson('O', 'guest');
  const coHost = new RawPerson('C', 'co-host');
  const former = new RawPerson('F', 'co-host');
  const removed = new RawPerson('R', 'co-host');
  const stranger = new RawPerson('X', 'guest');
  const otherHost = new RawPerson('Y', 'host');

  async function meeting() {
    const host = await openHost();
    const guest = createPerson('Gesa');
    const people = [other, coHost, former, removed].map((one) => one.participant);
    await host.bring(guest, 'meeting', people);
    const now = [other.participant, coHost.participant, { ...former.participant, role: 'guest' as const }];
    host.send(host.roster(guest, [...now, removed.participant]));
    const { id: participantId, identityKey } = removed.participant;
    const body = { type: 'participantRemoved', participantId, identityKey } as const;
    host.send({ type: 'envelope', envelope: host.person.envelope(host.meetingId, null, body) });
    await eventually(() => guest.meeting().participants.length === 5);
    return { host, guest };
  }

  /** As whom somebody speaks, and whether that is so. Only what is true gets as far as the question of rights. */
  const speakers: Record<string, (host: RawHost) => { by: RawPerson; from?: string; meetingId?: string; is: string }> =
    {
      'the host': (host) => ({ by: host.person, is: 'host' }),
      'a guest': () => ({ by: other, is: 'participant' }),
      'a co-host': () => ({ by: coHost, is: 'co-host' }),
      'a former co-host': () => ({ by: former, is: 'participant' }),
      'somebody removed': () => ({ by: removed, is: 'nobody' }),
      'somebody never admitted': () => ({ by: stranger, is: 'nobody' }),
      'a participant of another meeting': () => ({ by: other, meetingId: 'Z'.repeat(22), is: 'nobody' }),
      'the host of another meeting': () => ({ by: otherHost, is: 'nobody' }),
      'the host of another meeting as this host': (host) => ({
        by: otherHost,
        from: host.person.participant.id,
        is: 'nobody',
      }),
      'the host as a guest': (host) => ({ by: host.person, from: other.participant.id, is: 'nobody' }),
      'a guest as the host': (host) => ({ by: other, from: host.person.participant.id, is: 'nobody' }),
      'a guest as a co-host': () => ({ by: other, from: coHost.participant.id, is: 'nobody' }),
      'anybody as the guest itself': (host) => ({ by: host.person, from: host.selfId, is: 'nobody' }),
    };

  it.each(Object.keys(speakers))('from %s is believed as its right says', async (name) => {
    const { host, guest } = await meeting();
    const speaker = speakers[name]?.(host);
    if (speaker === undefined) throw new Error('who?');
    const { by, is, ...change } = speaker;
    const dropped = guest.service.droppedEnvelopes();
    const before = deliveries.mock.calls.length;
    const expected: string[] = [];
    const sent = bodyTypes.flatMap((type) => [null, host.selfId, other.participant.id].map((to) => ({ type, to })));
    for (const { type, to } of sent) {
      const right = bodyRights[type];
      const mayBe = right.by === 'participants' || right.by === is || (right.by === 'hosts' && is !== 'participant');
      const isHeard = is !== 'nobody' && to !== other.participant.id && mayBe;
      if (isHeard && right.toHost !== true && !(right.addressed === true && to === null))
        expected.push(`${type} ${to}`);
      const body = sampleBodies[type](castOf(host));
      host.send({ type: 'envelope', envelope: by.envelope(host.meetingId, to, body, change) });
    }
    await host.settled();
    await eventually(() => guest.service.droppedEnvelopes() - dropped >= sent.length - expected.length);
    const heard = deliveries.mock.calls.slice(before).map(([, { header }]) => `${header.body.type} ${header.to}`);
    expect(heard).toEqual(expected);
    expect(guest.service.droppedEnvelopes() - dropped).toBe(sent.length - expected.length);
    expect(guest.payloads('session.muteRequested')).toHaveLength(is === 'host' ? 1 : 0);
    expect(guest.meeting()).toMatchObject({ role: 'guest', lobby: [], invite: null, passcode: null });
  });

  it('is believed of nobody who was removed, under any ID, and a roster with them ends the meeting', async () => {
    const { host, guest } = await meeting();
    const again = { ...removed.participant, id: 'r'.repeat(22) };
    const chat = sampleBodies.chat(castOf(host));
    host.send({ type: 'envelope', envelope: removed.envelope(host.meetingId, null, chat, { from: again.id }) });
    host.send(host.roster(guest, [other.participant, again]));
    expect(await guest.until('failed')).toEqual({ phase: 'failed', code: 'join/protocol' });
    expect(guest.payloads('chat.added')).toEqual([]);
  });

  it('that removes somebody ends the connection to them at once, before a roster says so', async () => {
    const { host, guest } = await meeting();
    const { id, identityKey } = other.participant;
    expect(guest.meeting().connections.map((one) => one.peerId)).toContain(id);
    const body = { type: 'participantRemoved', participantId: id, identityKey } as const;
    host.send({ type: 'envelope', envelope: host.person.envelope(host.meetingId, null, body) });
    await eventually(() => !guest.meeting().connections.some((one) => one.peerId === id));
    expect(guest.meeting().participants.map((one) => one.id)).not.toContain(id);
  });
});

describe('a message that a guest gets from the host', () => {
  const protocol = 'failed join/protocol';
  const denied = 'failed join/denied';
  const unknown = 'failed join/meeting-unknown';
  /**
   * What every message of no truth does at every stage: the phase it ends in. `unmoved`: nothing has changed. In a
   * meeting the host may end it, and refuse; it may not make anybody believe what is not so.
   */
  const table: Record<HostMessage['type'], readonly [string, string, string, string, string]> = {
    welcome: [protocol, protocol, protocol, protocol, protocol],
    refused: [denied, denied, denied, denied, denied],
    erasureProof: [protocol, 'unmoved', 'unmoved', 'unmoved', 'unmoved'],
    personRequestStatus: [protocol, 'unmoved', 'unmoved', 'unmoved', 'unmoved'],
    waiting: [protocol, protocol, 'unmoved', protocol, protocol],
    passcodeRefused: [protocol, protocol, 'preview', protocol, protocol],
    // Not signed by this host.
    notice: [protocol, protocol, protocol, protocol, protocol],
    admitted: [protocol, protocol, 'unmoved', protocol, protocol],
    roster: [protocol, protocol, protocol, protocol, protocol],
    envelope: [protocol, protocol, protocol, protocol, 'unmoved'],
    lobby: [protocol, protocol, protocol, protocol, 'unmoved'],
    turnCredentials: [protocol, protocol, protocol, 'unmoved', 'unmoved'],
    removed: [protocol, denied, denied, denied, 'ended removed'],
    ended: [protocol, unknown, unknown, unknown, 'ended ended-by-host'],
  };

  it('has a sample and an expectation for every type there is', () => {
    expect(Object.keys(table).sort()).toEqual([...hostMessageTypes].sort());
    expect(Object.keys(sampleHostMessages).sort()).toEqual([...hostMessageTypes].sort());
  });

  function phaseOf(guest: Person): string {
    const state = guest.service.state();
    if (state.phase === 'failed') return `failed ${state.code}`;
    return state.phase === 'ended' ? `ended ${state.reason}` : state.phase;
  }

  it.each(stages.flatMap((stage) => hostMessageTypes.map((type) => [type, stage] as const)))(
    '%s at stage %s',
    async (type, stage: Stage) => {
      const host = await openHost();
      const guest = createPerson('Gesa');
      await host.bring(guest, stage);
      await host.settled();
      const before = JSON.stringify(guest.service.state());
      host.send({
        ...sampleHostMessages[type](castOf(host)),
        ...(stage === 'hello' ? { version: protocolVersion } : {}),
      });
      await host.settled();
      const expected = table[type][stages.indexOf(stage)];
      if (expected === 'unmoved') expect(JSON.stringify(guest.service.state())).toBe(before);
      else await eventually(() => phaseOf(guest) === expected || (false as never));
      expect(guest.payloads('session.muteRequested')).toEqual([]);
      expect(guest.reported).toEqual([]);
    },
  );

  it('opens the lobby to a co-host, and closes it with the role', async () => {
    const host = await openHost();
    const guest = createPerson('Gesa');
    await host.bring(guest, 'meeting');
    const lobby = sampleHostMessages.lobby(castOf(host));
    host.send(host.roster(guest, [], 'co-host'));
    host.send(lobby);
    await eventually(() => guest.meeting().lobby.length === 1);
    expect(guest.meeting()).toMatchObject({ role: 'co-host', passcode: lobby.passcode, invite: lobby.invite });
    host.send(host.roster(guest, []));
    await eventually(() => guest.meeting().role === 'guest');
    expect(guest.meeting()).toMatchObject({ lobby: [], passcode: null, invite: null });
    host.send(lobby);
    await host.settled();
    expect(guest.meeting()).toMatchObject({ lobby: [], passcode: null, invite: null });
  });
});
