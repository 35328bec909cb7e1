import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Participant, Role } from './models';
import { moderationRefusal, moderationSchema, mutedByAll, type Moderation } from './moderation';

const person = (id: string, role: Role): Participant => ({
  id: id.padEnd(22, '-'),
  name: id,
  identityKey: `key of ${id}`,
  role,
  joinedAt: 0,
  media: { microphone: true, camera: true },
  presence: 'here',
  returns: 0,
});
const host = person('host', 'host');
const [anna, ben] = [person('anna', 'co-host'), person('ben', 'co-host')] as const;
const [carla, dan] = [person('carla', 'guest'), person('dan', 'guest')] as const;
const everybody = [host, anna, ben, carla, dan];
const knockId = 'K'.repeat(22);

describe('who may do what', () => {
  /** By whom, to whom: what is answered. Written out, so that a change of the rules is a change of this table. */
  const allowed: Record<Role, (target: Participant) => boolean> = {
    host: (target) => target !== host,
    'co-host': (target) => target.role === 'guest',
    guest: () => false,
  };

  it.each(moderationSchema.options.map((option) => option.shape.action.value))('%s', (action) => {
    for (const by of everybody) {
      for (const target of everybody) {
        const moderation = moderationSchema.parse({ action, knockId, participantId: target.id });
        const refusal = moderationRefusal(by, moderation, everybody);
        if ('participantId' in moderation) expect(refusal === null).toBe(allowed[by.role](target) && target !== by);
        else expect(refusal).toBe(by.role === 'guest' ? 'session/not-host' : null);
      }
    }
  });

  it('nobody reaches somebody who is not here', () => {
    for (const action of ['remove', 'mute'] as const) {
      const moderation: Moderation = { action, participantId: 'N'.repeat(22) };
      expect(moderationRefusal(host, moderation, everybody)).toBe('session/unknown-participant');
      expect(moderationRefusal(anna, moderation, everybody)).toBe('session/unknown-participant');
    }
  });

  it('mute-all reaches exactly those whom the same person could mute one by one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everybody), fc.subarray(everybody), (by, others) => {
        const here = [...new Set([by, ...others])];
        const oneByOne = here.filter(
          ({ id }) => moderationRefusal(by, { action: 'mute', participantId: id }, here) === null,
        );
        expect(mutedByAll(by, here)).toEqual(oneByOne);
      }),
    );
  });
});
