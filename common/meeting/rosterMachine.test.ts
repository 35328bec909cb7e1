import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownStanding } from '../verification/standing';
import { limits } from './limits';
import type { Participant } from './models';
import {
  initialRoster,
  rosterTransition,
  type RosterEffect,
  type RosterEvent,
  type RosterState,
} from './rosterMachine';
import { mirrorRoster, type RosterMirror } from './rosterMirror';

const key = (index: number) => `key-${index}`;
const host: Participant = {
  id: 'host',
  name: 'Host',
  identityKey: key(0),
  role: 'host',
  joinedAt: 0,
  media: { microphone: false, camera: false },
  presence: 'here',
  returns: 0,
};
const knock = (knockId: string, identityKey: string) => ({
  knockId,
  identityKey,
  name: knockId,
  at: 1,
  ...unknownStanding,
});

function run(events: readonly RosterEvent[]): { state: RosterState; effects: readonly RosterEffect[] } {
  let state = initialRoster(host);
  const effects: RosterEffect[] = [];
  for (const event of events) {
    const next = rosterTransition(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const knockIds = Array.from({ length: 12 }, (_, index) => `knock-${index}`);
const participantIds = ['host', ...Array.from({ length: 12 }, (_, index) => `guest-${index}`)];
const knockId = fc.constantFrom(...knockIds);
const participantId = fc.constantFrom(...participantIds);
const event: fc.Arbitrary<RosterEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('knocked'),
      knock: fc.tuple(knockId, fc.nat(8)).map(([id, index]) => knock(id, key(index))),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('admit'), knockId, participantId: fc.constant(''), at: fc.nat() }),
  },
  fc.record({ type: fc.constant('knock-gone'), knockId }),
  fc.record({ type: fc.constant('deny'), knockId }),
  fc.record({ type: fc.constant('remove'), participantId }),
  fc.record({ type: fc.constant('left'), participantId }),
  fc.record({ type: fc.constant('lock'), locked: fc.boolean() }),
  fc.record({ type: fc.constant('role'), participantId, role: fc.constantFrom('co-host', 'guest') }),
  fc.record({
    type: fc.constant('media'),
    participantId,
    media: fc.record({ microphone: fc.boolean(), camera: fc.boolean() }),
  }),
) as fc.Arbitrary<RosterEvent>;

/** IDs are random where they come from: each is used once. */
function withFreshIds(events: readonly RosterEvent[]): readonly RosterEvent[] {
  return events.map((one, index) => (one.type === 'admit' ? { ...one, participantId: `guest-${index}` } : one));
}

const idAndRole = ({ id, role }: Participant) => `${id} ${role}`;

describe('the roster', () => {
  it('stays consistent whatever happens in whatever order, and every guest sees the same', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }).map(withFreshIds), (events) => {
        let state = initialRoster(host);
        const mirrors = new Map<string, RosterMirror | null>();
        for (const one of events) {
          const before = state;
          const next = rosterTransition(state, one);
          state = next.state;
          const { participants, lobby, removedKeys, revision } = state;
          expect(participants[0]).toMatchObject({ id: 'host', role: 'host' });
          expect(participants.filter((person) => person.role === 'host')).toHaveLength(1);
          expect(participants.length).toBeLessThanOrEqual(limits.participants);
          expect(lobby.length).toBeLessThanOrEqual(limits.knocks);
          expect(new Set(participants.map((person) => person.id)).size).toBe(participants.length);
          expect(new Set(participants.map((person) => person.identityKey)).size).toBe(participants.length);
          expect(new Set(lobby.map((person) => person.identityKey)).size).toBe(lobby.length);
          for (const person of [...participants, ...lobby]) expect(removedKeys).not.toContain(person.identityKey);
          expect(revision).toBeGreaterThanOrEqual(before.revision);

          for (const effect of next.effects) {
            if (effect.type === 'welcome') mirrors.set(effect.participant.id, null);
            if (effect.type === 'drop') mirrors.delete(effect.participantId);
            if (effect.type === 'expel') mirrors.delete(effect.participant.id);
          }
          for (const id of mirrors.keys()) if (!participants.some((person) => person.id === id)) mirrors.delete(id);
          const changed = before.participants.map(idAndRole).join() !== participants.map(idAndRole).join();
          const sent = next.effects.some((effect) => effect.type === 'send-roster');
          if (changed) expect(sent).toBe(true);
          if (!sent) continue;
          for (const [id, mirror] of mirrors) {
            const self = participants.find((person) => person.id === id);
            const anchor = { selfId: id, identityKey: self?.identityKey ?? '', hostKey: host.identityKey };
            const message = {
              type: 'roster' as const,
              revision,
              locked: state.locked,
              participants: [...participants],
            };
            const copy = mirrorRoster(mirror, message, anchor);
            expect(copy?.participants.map(idAndRole)).toEqual(participants.map(idAndRole));
            expect(copy?.locked).toBe(state.locked);
            mirrors.set(id, copy);
          }
        }
      }),
    );
  });

  it('answers every knock exactly once: waiting, then in, or refused', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }).map(withFreshIds), (events) => {
        // A connection knocks once.
        const seen = new Set<string>();
        const once = events.filter((one) => {
          if (one.type !== 'knocked') return true;
          const isNew = !seen.has(one.knock.knockId);
          seen.add(one.knock.knockId);
          return isNew;
        });
        const { state, effects } = run(once);
        const gone = new Set(once.flatMap((one) => (one.type === 'knock-gone' ? [one.knockId] : [])));
        for (const id of seen) {
          const answers = effects.filter(
            (one) => (one.type === 'refuse' || one.type === 'welcome') && one.knockId === id,
          );
          const isWaiting = state.lobby.some((one) => one.knockId === id);
          // Who went away before the answer gets none.
          if (gone.has(id)) expect(answers.length).toBeLessThanOrEqual(1);
          else expect(answers.length + Number(isWaiting)).toBe(1);
        }
      }),
    );
  });

  it('refuses knocks when locked, full, crowded, and from the host itself', () => {
    const refusals = (events: readonly RosterEvent[]) =>
      run(events).effects.flatMap((one) => (one.type === 'refuse' ? [one.reason] : []));
    const enter = (index: number): RosterEvent[] => [
      { type: 'knocked', knock: knock(`knock-${index}`, key(index)) },
      { type: 'admit', knockId: `knock-${index}`, participantId: `guest-${index}`, at: 1 },
    ];
    expect(refusals([{ type: 'lock', locked: true }, ...enter(1)])).toEqual(['locked']);
    expect(refusals(Array.from({ length: limits.participants }, (_, index) => enter(index + 1)).flat())).toEqual([
      'full',
    ]);
    expect(refusals([{ type: 'knocked', knock: knock('knock-0', key(0)) }])).toEqual(['denied']);
    const crowd = Array.from({ length: limits.knocks + 1 }, (_, index) => enter(index + 1)[0] as RosterEvent);
    expect(refusals(crowd)).toEqual(['too-many-attempts']);
    // Somebody who is back takes the own place, also in a full meeting.
    const full = Array.from({ length: limits.participants - 1 }, (_, index) => enter(index + 1)).flat();
    const back = run([
      ...full,
      { type: 'knocked', knock: knock('again', key(1)) },
      { type: 'admit', knockId: 'again', participantId: 'guest-again', at: 2 },
    ]);
    expect(back.state.participants.map((one) => one.id)).toContain('guest-again');
    expect(back.effects).toContainEqual({ type: 'drop', participantId: 'guest-1' });
  });

  it('never lets back in who was removed, nor keeps that invite', () => {
    const { state, effects } = run([
      { type: 'knocked', knock: knock('first', key(1)) },
      { type: 'admit', knockId: 'first', participantId: 'guest-1', at: 1 },
      { type: 'knocked', knock: knock('second', key(1)) },
      { type: 'remove', participantId: 'guest-1' },
      { type: 'knocked', knock: knock('third', key(1)) },
    ]);
    expect(state.participants).toEqual([host]);
    expect(state.lobby).toEqual([]);
    expect(effects.map((one) => one.type)).toEqual([
      'wait',
      'welcome',
      'send-roster',
      'wait',
      'retire-invite',
      'expel',
      'refuse',
      'send-roster',
      'refuse',
    ]);
  });
});
