import { describe, expect, it } from 'vitest';
import type { Participant, Role } from './models';
import { mirrorRemoval, mirrorRemovedKeys, mirrorRoster, type RosterMessage } from './rosterMirror';

const person = (id: string, role: Role = 'guest', identityKey = `key of ${id}`): Participant => ({
  id,
  name: id,
  identityKey,
  role,
  joinedAt: 0,
  media: { microphone: false, camera: false },
  presence: 'here',
  returns: 0,
});
const roster = (revision: number, ...participants: Participant[]): RosterMessage => ({
  type: 'roster',
  revision,
  locked: false,
  participants,
});
const host = person('host', 'host');
const self = person('self');
const anchor = { selfId: 'self', identityKey: self.identityKey, hostKey: host.identityKey };

describe('a guest believes', () => {
  it('a roster with the host it knows and itself', () => {
    const first = mirrorRoster(null, roster(1, host, self), anchor);
    expect(first?.participants).toEqual([host, self]);
    const second = mirrorRoster(first, roster(2, host, self, person('anna')), anchor);
    expect(second?.participants).toHaveLength(3);
    expect(mirrorRoster(second, roster(3, host, self), anchor)?.participants).toHaveLength(2);
  });

  it('that somebody, itself included, becomes co-host and is guest again', () => {
    const first = mirrorRoster(null, roster(1, host, self, person('anna')), anchor);
    const made = mirrorRoster(first, roster(2, host, person('self', 'co-host'), person('anna', 'co-host')), anchor);
    expect(made?.participants.map((one) => one.role)).toEqual(['host', 'co-host', 'co-host']);
    const taken = mirrorRoster(made, roster(3, host, self, person('anna', 'co-host')), anchor);
    expect(taken?.participants.map((one) => one.role)).toEqual(['host', 'guest', 'co-host']);
  });

  it('itself about its own camera, and the host about the others', () => {
    const on = { microphone: true, camera: true };
    const first = mirrorRoster(null, roster(1, host, self), anchor);
    const own = first && { ...first, participants: first.participants.map((one) => ({ ...one, media: on })) };
    const next = mirrorRoster(own, roster(2, host, self), anchor);
    expect(next?.participants.map((one) => one.media.camera)).toEqual([false, true]);
  });
});

describe('a guest does not believe', () => {
  const known = mirrorRoster(null, roster(5, host, self, person('anna')), anchor);
  it.each([
    ['an old roster', roster(5, host, self)],
    ['one without itself', roster(6, host)],
    ['one that gives itself another key', roster(6, host, person('self', 'guest', 'another'))],
    ['one that makes it the host', roster(6, host, person('self', 'host'))],
    ['one without a host', roster(6, self)],
    ['one whose host became co-host and nobody host', roster(6, person('host', 'co-host'), self)],
    ['one that makes somebody else host', roster(6, person('host', 'co-host'), self, person('anna', 'host'))],
    ['one with two hosts', roster(6, host, self, person('other', 'host'))],
    ['one with another host', roster(6, person('host', 'host', 'another'), self)],
    ['an ID twice', roster(6, host, self, person('anna'), person('anna', 'guest', 'other'))],
    ['a key twice', roster(6, host, self, person('anna'), person('ben', 'guest', 'key of anna'))],
    ['that somebody has another key all of a sudden (R18)', roster(6, host, self, person('anna', 'guest', 'mallory'))],
  ])('%s', (_what, message) => {
    expect(known).not.toBeNull();
    expect(mirrorRoster(known, message, anchor)).toBeNull();
  });
});

describe('somebody whom the host removed', () => {
  const known = mirrorRoster(null, roster(1, host, self, person('anna')), anchor);
  const annasKey = 'key of anna';
  const without = known && mirrorRemoval(known, { participantId: 'anna', identityKey: annasKey }, anchor);

  it('is gone before the next roster comes, and no roster brings the key back under any ID', () => {
    expect(without?.participants).toEqual([host, self]);
    expect(mirrorRoster(without, roster(2, host, self), anchor)?.removedKeys).toEqual([annasKey]);
    const later = mirrorRoster(without, roster(2, host, self), anchor);
    for (const mirror of [without, later]) {
      expect(mirrorRoster(mirror, roster(3, host, self, person('anna')), anchor)).toBeNull();
      expect(mirrorRoster(mirror, roster(3, host, self, person('new', 'guest', annasKey)), anchor)).toBeNull();
    }
  });

  it('is neither the host nor oneself, nor somebody with another key', () => {
    if (known === null) throw new Error('no roster');
    for (const [participantId, identityKey] of [
      ['host', host.identityKey],
      ['anna', host.identityKey],
      ['self', self.identityKey],
      ['gone', self.identityKey],
      ['self', 'another'],
      ['anna', 'another'],
    ] as const) {
      expect(mirrorRemoval(known, { participantId, identityKey }, anchor)).toBeNull();
    }
  });

  it('is known to a co-host who came later, but nobody who is here becomes it that way', () => {
    const told = known && mirrorRemovedKeys(known, ['earlier', annasKey, 'earlier']);
    expect(told?.removedKeys).toEqual(['earlier']);
    expect(mirrorRoster(told, roster(2, host, self, person('anna')), anchor)).not.toBeNull();
    expect(mirrorRoster(told, roster(2, host, self, person('new', 'guest', 'earlier')), anchor)).toBeNull();
  });
});
