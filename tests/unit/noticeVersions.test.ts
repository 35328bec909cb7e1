import { describe, expect, test } from 'vitest';
import type { NoticeFacts } from '../../common/meeting/models';
import type { ToldNotice } from '../../common/privacy/notice';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { accessPage } from '../../main/privacy/access/accessPage';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { heldPeople } from '../../main/privacy/heldData';
import { allFiles, decryptedLog, decryptedPages } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from '../support/knownPeople';

const facts: NoticeFacts = {
  ...{ controllerName: 'Ada Lovelace', controllerContact: 'ada@example.org', relay: null, iceServers: [] },
  ...{ chatRetentionDays: 30, recordingRetentionDays: 14, officerContact: '', employees: false, registration: null },
};
const bensFacts: NoticeFacts = { ...facts, controllerName: 'Ben Ottinger', controllerContact: 'ben@office.example' };

/** Ben and Cleo have read Ada's second version for the first meeting, and Ada has read one of Ben's. */
async function readers() {
  const world = await knownPeople();
  const { vault, fixture, both, ben, cleo, now } = world;
  const first = vault.notices.versionOf(facts);
  fixture.clock.now = now + 1_000;
  const second = vault.notices.versionOf({ ...facts, recordingRetentionDays: 7 });
  for (const { signer } of [ben, cleo]) vault.notices.acknowledge(both, signer.publicKey, second.version.number, now);
  const bens: ToldNotice = { facts: bensFacts, hash: 'b'.repeat(43), version: { number: 4, since: 5 } };
  vault.notices.read(ben.signer.publicKey, bens, now + 2_000);
  return { ...world, first, second, bens };
}

describe('R24: the versions of a notice in the vault', () => {
  test('are counted, dated, the same for the same facts, and there after a restart', async () => {
    const { vault, first, second, now, manager, fixture } = await readers();
    expect([first.version, second.version]).toEqual([
      { number: 1, since: now },
      { number: 2, since: now + 1_000 },
    ]);
    expect(vault.notices.versionOf({ ...facts })).toEqual(first);
    await manager.close();
    const again = fixture.manager();
    await again.start();
    expect(again.vault().notices.versions()).toEqual([second, first]);
  });

  test('are another once a data protection officer is designated', async () => {
    const { vault } = await readers();
    const { version } = vault.notices.versionOf({ ...facts, officerContact: 'Oskar, dsb@example.org' });
    expect(version.number).toBe(3);
  });

  test('do not name anybody to whom they were told', async () => {
    const { vault, ben, cleo } = await readers();
    const text = JSON.stringify(vault.notices.versions());
    for (const { name, signer } of [ben, cleo]) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(signer.publicKey);
    }
  });

  test('the first acknowledgement of a version counts', async () => {
    const { vault, ben, both, now } = await readers();
    vault.notices.acknowledge(both, ben.signer.publicKey, 2, now + 99);
    expect(vault.notices.acknowledgementsOf(ben.signer.publicKey)).toEqual([
      { meetingId: both, identityKey: ben.signer.publicKey, number: 2, acknowledgedAt: now },
    ]);
  });

  test('a meeting is kept for no longer than was promised', async () => {
    const { vault, both, now } = await readers();
    const days = () => (vault.meetings.recent(9).find((one) => one.meetingId === both)!.deleteAfter - now) / 86_400_000;
    vault.meetings.shorten(both, 7);
    expect(days()).toBe(7);
    vault.meetings.shorten(both, 90);
    expect(days()).toBe(7);
  });
});

describe('R22, R23: who has read a notice', () => {
  test('is in the answer to their access request, with what stood in it', async () => {
    const { vault, ben, cleo, now } = await readers();
    const { document } = accessContent(vault, ben.signer.publicKey, now)!;
    expect(document.noticesRead).toEqual([
      {
        meeting: 'Talk with [Person 1]',
        version: { number: 2, since: now + 1_000 },
        facts: { ...facts, recordingRetentionDays: 7 },
        readAt: now,
      },
    ]);
    expect(document.noticeOfPerson).toEqual({
      version: { number: 4, since: 5 },
      facts: bensFacts,
      hash: 'b'.repeat(43),
      readAt: now + 2_000,
    });
    const page = accessPage(document, 'en');
    expect(page).toContain('Version 2, since');
    expect(page).toContain('Your own notice when you invited, version 4');
    expect(accessContent(vault, cleo.signer.publicKey, now)!.document.noticeOfPerson).toBeNull();
  });

  test('is erased with them, on disk too, and of others it stays', async () => {
    const world = await readers();
    const { vault, manager, fixture, ben, cleo, now } = world;
    manager.maintain();
    const onDisk = () =>
      Buffer.concat(
        allFiles(fixture.folder).map(({ path, bytes }) =>
          path.endsWith('.db')
            ? decryptedPages(path, fixture.drawn[0]!)
            : path.endsWith('.db-wal')
              ? decryptedLog(path, fixture.drawn[0]!)
              : bytes,
        ),
      );
    expect(onDisk().includes('ben@office.example')).toBe(true);
    const person = heldPeople(vault).find(({ identityKey }) => identityKey === ben.signer.publicKey)!;
    await erasePerson(vault, person, erasurePlan(vault, person, { keepProofs: false, runningMeeting: null }), now);
    expect(vault.notices.acknowledgementsOf(ben.signer.publicKey)).toEqual([]);
    expect(vault.notices.readOf(ben.signer.publicKey)).toBeNull();
    expect(vault.notices.acknowledgementsOf(cleo.signer.publicKey)).toHaveLength(1);
    await manager.close();
    expect(onDisk().includes('ben@office.example')).toBe(false);
    expect(onDisk().includes(ben.signer.publicKey)).toBe(false);
  });

  test('goes with the meeting and with the contact, and is not kept without them', async () => {
    const { vault, ben, both, now, bens } = await readers();
    vault.meetings.delete(both, 'retention');
    expect(vault.notices.acknowledgementsIn(both)).toEqual([]);
    vault.people.expire([ben.signer.publicKey]);
    expect(vault.notices.readOf(ben.signer.publicKey)).toBeNull();
    vault.notices.read(ben.signer.publicKey, bens, now);
    expect(vault.notices.readOf(ben.signer.publicKey)).toBeNull();
    // What was told stays: it says nothing about them.
    expect(vault.notices.versions()).toHaveLength(2);
  });
});
