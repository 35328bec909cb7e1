import { describe, expect, it } from 'vitest';
import { addRecording, newId, newTrack, openFixture, vaultFixture } from '../vault/testing/vaultFixture';
import type { Vault } from '../vault/repositories';
import { heldPeople } from './heldData';

const day = 24 * 60 * 60 * 1000;
const key = (letter: string) => letter.repeat(43);

function meeting(vault: Vault, title: string, startedAt: number, ...people: readonly [string, string][]) {
  const meetingId = newId();
  const [host] = people;
  vault.meetings.start({
    ...{ meetingId, title, role: 'guest', startedAt },
    ...{ hostName: host?.[0] ?? '', hostKey: key(host?.[1] ?? '') },
  });
  for (const [name, letter] of people) {
    vault.people.met({ identityKey: key(letter), name, at: startedAt });
    vault.meetings.addParticipant(meetingId, { identityKey: key(letter), name });
  }
  return meetingId;
}

function line(vault: Vault, meetingId: string, name: string, letter: string, sentAt: number) {
  vault.chat.add({
    ...{ id: newId(), meetingId, senderId: null, senderName: name, senderKey: key(letter) },
    ...{ mine: false, text: 'Hello', sentAt },
  });
}

describe('what is kept about whom', () => {
  it('is nothing about anybody in a new vault', async () => {
    const { vault } = await openFixture(vaultFixture());
    expect(heldPeople(vault)).toEqual([]);
  });

  it('is told for each key: meetings, lines, tracks, since when and until when', async () => {
    const fixture = vaultFixture();
    const { vault } = await openFixture(fixture);
    const { now } = fixture.clock;
    const weekly = meeting(vault, 'Weekly', now, ['Ben', 'b'], ['Cleo', 'c']);
    line(vault, weekly, 'Ben', 'b', now + 5);
    line(vault, weekly, 'Ben', 'b', now + 9);
    const { recording } = addRecording(vault, 0, { startedAt: now + 3, phase: 'ready' });
    vault.recordings.addTrack(newTrack(recording.id, { identityKey: key('b') }), Buffer.alloc(32, 1));
    const erased = newTrack(recording.id, { identityKey: key('c') });
    vault.recordings.addTrack(erased, Buffer.alloc(32, 2));
    vault.recordings.eraseTracks([erased.id]);

    const [ben, cleo, ...others] = heldPeople(vault);
    expect(others).toEqual([]);
    expect(ben).toEqual({
      ...{ identityKey: key('b'), name: 'Ben', otherNames: [], isSelf: false, isRestricted: false },
      items: [
        { kind: 'contact', id: null, title: null, since: now, count: 1, until: now + 365 * day },
        { kind: 'meeting', id: weekly, title: 'Weekly', since: now, count: 1, until: now + 30 * day },
        { kind: 'recording', id: recording.id, title: 'Weekly', since: now + 3, count: 1, until: now + 3 + 14 * day },
        { kind: 'chat', id: weekly, title: 'Weekly', since: now + 5, count: 2, until: now + 30 * day },
      ],
    });
    expect(cleo?.items.map(({ kind }) => kind)).toEqual(['contact', 'meeting']);
  });

  it('goes by keys, not names, and knows oneself', async () => {
    const fixture = vaultFixture();
    const { vault } = await openFixture(fixture);
    const { now } = fixture.clock;
    const meetingId = meeting(vault, 'Weekly', now, ['Ben', 'b'], ['Ben', 'd']);
    meeting(vault, 'Second', now + 1, ['Benjamin', 'b']);
    const own = vault.profile.get().identityKey;
    vault.meetings.addParticipant(meetingId, { identityKey: own, name: 'Ada' });
    const people = heldPeople(vault);
    expect(people.map(({ name, otherNames, isSelf }) => [name, otherNames, isSelf])).toEqual([
      ['Ben', [], false],
      ['Benjamin', ['Ben'], false],
      ['Ada', [], true],
    ]);
  });

  it('names no end for what is on hold', async () => {
    const fixture = vaultFixture();
    const { vault } = await openFixture(fixture);
    const { now } = fixture.clock;
    const id = meeting(vault, 'Weekly', now, ['Ben', 'b']);
    vault.holds.set({ kind: 'chat', id, reason: 'lawsuit', since: now });
    expect(heldPeople(vault)[0]?.items.map(({ kind, until }) => [kind, until === null])).toEqual([
      ['contact', false],
      ['meeting', true],
    ]);
  });
});
