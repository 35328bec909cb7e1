import { afterEach, describe, expect, it } from 'vitest';
import { moderationSchema, type Moderation } from '../../common/meeting/moderation';
import { disposePeople, eventually } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { sampleModerations } from './testing/samples';
import { insiderNames, insiders, promoted, scene, seen, settled } from './testing/scene';

afterEach(disposePeople);

const actions = moderationSchema.options.map((option) => option.shape.action.value);

/** Every moderation there is, sent by every role that has a connection, against everybody. */
describe('moderating', () => {
  it('has a sample for every action there is', () => {
    expect(Object.keys(sampleModerations).sort()).toEqual([...actions].sort());
  });

  const targets = ['a guest', 'a co-host', 'the host', 'itself', 'somebody removed', 'nobody'] as const;
  /** Whom a co-host's action may concern; the others concern nobody in particular. */
  const coHostMay: Record<Moderation['action'], readonly (typeof targets)[number][] | 'always'> = {
    admit: 'always',
    deny: 'always',
    remove: ['a guest'],
    mute: ['a guest'],
    'mute-all': 'always',
    lock: 'always',
    unlock: 'always',
  };

  it.each(actions.flatMap((action) => insiderNames.map((role) => [action, role] as const)))(
    '%s, sent by a %s',
    async (action, role) => {
      const scenery = await scene();
      const { host, guest, coHost } = scenery;
      const actor = await RawGuest.admitted(host, 'Mallory');
      const gone = await RawGuest.admitted(host, 'Gone');
      const atDoor = await RawGuest.connect(host);
      await atDoor.hello();
      atDoor.knock('Door');
      await atDoor.next('waiting');
      host.service.remove({ participantId: gone.selfId });
      await insiders[role](scenery, actor);
      if (action === 'unlock') host.service.setLocked({ locked: true });
      const knockId = host.meeting().lobby[0]?.knockId ?? '';
      const ids: Record<(typeof targets)[number], string> = {
        'a guest': guest.meeting().selfId,
        'a co-host': coHost.meeting().selfId,
        'the host': host.meeting().selfId,
        itself: actor.selfId,
        'somebody removed': gone.selfId,
        nobody: 'N'.repeat(22),
      };
      const may = coHostMay[action];
      for (const target of may === 'always' ? (['nobody'] as const) : [...targets].reverse()) {
        const before = seen(scenery);
        const moderation = sampleModerations[action](ids[target], knockId);
        actor.sendEnvelope(actor.envelope({ type: 'moderate', moderation }, { to: ids['the host'] }));
        const isAllowedHere = role === 'co-host' && (may === 'always' || may.includes(target));
        await settled(actor, isAllowedHere ? { host, people: [host] } : scenery);
        if (isAllowedHere) await eventually(() => seen(scenery) !== before);
        else expect(seen(scenery)).toEqual(before);
      }
      // Who is concerned, and nobody else.
      const muted = [host, guest, coHost].map((person) => person.payloads('session.muteRequested'));
      const isMuted = role === 'co-host' && (action === 'mute' || action === 'mute-all');
      await eventually(() => guest.payloads('session.muteRequested').length === (isMuted ? 1 : 0));
      if (isMuted) expect(guest.payloads('session.muteRequested')).toEqual([{ byName: 'Mallory' }]);
      expect([muted[0], muted[2]]).toEqual([[], []]);
    },
  );

  it('is undone by nobody but the host: a co-host who is made guest moderates no more, not with what is on its way', async () => {
    const scenery = await scene();
    const { host, cast } = scenery;
    const actor = await RawGuest.admitted(host, 'Mallory');
    await promoted(scenery, actor, true);
    const lock = actor.envelope({ type: 'moderate', moderation: { action: 'lock' } }, { to: cast.hostId });
    host.service.setCoHost({ participantId: actor.selfId, coHost: false });
    actor.sendEnvelope(lock);
    await settled(actor, scenery);
    expect(host.meeting().locked).toBe(false);
  });
});
