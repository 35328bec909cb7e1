import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodySchema, hostOnlyBodies, type BodyType } from '../../common/protocol/bodies';
import { spyOnDeliveries, type Deliveries } from './testing/deliveries';
import { disposePeople, eventually, hosted } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { bodyRights } from './testing/rights';
import { sampleBodies, type Cast } from './testing/samples';
import { insiderNames, insiders, promoted, scene, seen, settled } from './testing/scene';

/**
 * What the host does about every body there is, from every role, through real sockets. The table is made from the
 * schema: a body that is new fails here until somebody has written down who may send it.
 */
let deliveries: Deliveries;
beforeEach(() => {
  deliveries = spyOnDeliveries();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await disposePeople();
});

const bodyTypes = bodySchema.options.map((option) => option.shape.type.value);

/** What the spied rooms took from this sender. */
function delivered(from: string): string[] {
  return deliveries.mock.calls.flatMap(([sender, { header }], index) =>
    sender.id === from && !(header.body.type === 'chat' && header.body.text.startsWith('settled'))
      ? [`${header.body.type} to ${header.to} at ${deliveries.mock.contexts[index]?.selfId}`]
      : [],
  );
}

describe('a body that a participant sends to the host, the guest and everyone', () => {
  it('has a sample and a right for every type there is', () => {
    expect(Object.keys(sampleBodies).sort()).toEqual([...bodyTypes].sort());
    expect(Object.keys(bodyRights).sort()).toEqual([...bodyTypes].sort());
    expect(bodyTypes.filter((type) => bodyRights[type].by === 'host').sort()).toEqual([...hostOnlyBodies].sort());
  });

  it.each(insiderNames)('as %s arrives where the right says and nowhere else', async (role) => {
    const scenery = await scene();
    const { host, guest, coHost, cast } = scenery;
    const actor = await RawGuest.admitted(host, 'Mallory');
    await insiders[role](scenery, actor);
    const before = seen(scenery);
    const expected: string[] = [];
    let refused = 0;
    const droppedBefore = host.service.droppedEnvelopes();
    for (const type of bodyTypes) {
      for (const to of [null, cast.hostId, cast.guestId]) {
        actor.sendEnvelope(actor.envelope(sampleBodies[type](cast), { to }));
        if (!isAllowed(type, role, to, cast)) refused += 1;
        else {
          for (const id of [cast.hostId, cast.guestId, coHost.meeting().selfId]) {
            if (to === null || to === id) expected.push(`${type} to ${to} at ${id}`);
          }
        }
      }
    }
    await settled(actor, scenery);
    expect(delivered(actor.selfId).sort()).toEqual(expected.sort());
    expect(host.service.droppedEnvelopes() - droppedBefore).toBe(refused);
    // Nothing that a receiver would have to refuse was even passed on.
    expect([guest, coHost].map((person) => person.service.droppedEnvelopes())).toEqual([0, 0]);
    // What the co-host's sample of moderating does; else nothing.
    expect(host.meeting().locked).toBe(role === 'co-host');
    if (role !== 'co-host') expect(seen(scenery)).toEqual(before);
    for (const person of [host, guest, coHost]) expect(person.payloads('session.muteRequested')).toEqual([]);
  });

  it.each(['in the name of the host', 'in the name of the co-host', 'in the name of a guest', 'of another meeting'])(
    '%s arrives nowhere',
    async (trick) => {
      const scenery = await scene();
      const { host, coHost, cast } = scenery;
      const actor = await RawGuest.admitted(host, 'Mallory');
      // The same installation in a meeting of somebody else's, where it is co-host.
      const otherHost = await hosted();
      const elsewhere = await RawGuest.admitted(otherHost, 'Mallory');
      const before = seen(scenery);
      const dropped = host.service.droppedEnvelopes();
      const change = {
        'in the name of the host': { from: cast.hostId },
        'in the name of the co-host': { from: coHost.meeting().selfId },
        'in the name of a guest': { from: cast.guestId },
        'of another meeting': { meetingId: elsewhere.meetingId },
      }[trick];
      for (const type of bodyTypes) {
        for (const to of [null, cast.hostId, coHost.meeting().selfId]) {
          actor.sendEnvelope(actor.envelope(sampleBodies[type](cast), { to, ...change }));
          // Signed by somebody who has no place here, from the place it has elsewhere and from the one here.
          for (const from of [elsewhere.selfId, actor.selfId, cast.hostId]) {
            actor.sendEnvelope(elsewhere.envelope(sampleBodies[type](cast), { to, from, meetingId: cast.meetingId }));
          }
        }
      }
      await settled(actor, scenery);
      expect(delivered(actor.selfId)).toEqual([]);
      expect(deliveries.mock.calls.every(([from]) => from.id === actor.selfId)).toBe(true);
      expect(host.service.droppedEnvelopes() - dropped).toBe(bodyTypes.length * 3 * 4);
      expect(seen(scenery)).toEqual(before);
    },
  );

  it('arrives nowhere after its sender was removed, whose client keeps sending', async () => {
    const scenery = await scene();
    const { host, cast } = scenery;
    const actor = await RawGuest.admitted(host, 'Mallory');
    const friend = await RawGuest.admitted(host, 'Friend');
    await promoted(scenery, actor, true);
    const later = bodyTypes.map((type) => actor.envelope(sampleBodies[type](cast), { to: cast.hostId }));
    actor.socket.on('message', (data: Buffer) => {
      // The connection still takes frames at this moment.
      if (data.toString('utf8').includes('"removed"')) for (const envelope of later) actor.sendEnvelope(envelope);
    });
    host.service.remove({ participantId: actor.selfId });
    await eventually(() => actor.closed);
    const before = seen(scenery);
    for (const envelope of later) friend.sendEnvelope(envelope);
    await settled(friend, scenery);
    expect(actor.find('removed')).toBeDefined();
    expect(delivered(actor.selfId)).toEqual([]);
    expect(seen(scenery)).toEqual(before);
    expect(host.meeting().locked).toBe(false);
  });
});

function isAllowed(type: BodyType, role: keyof typeof insiders, to: string | null, { hostId }: Cast): boolean {
  const { by, addressed, toHost } = bodyRights[type];
  if (by === 'host' || (by !== 'participants' && role !== 'co-host')) return false;
  if (addressed && to === null) return false;
  return !toHost || to === hostId;
}
