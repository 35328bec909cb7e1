import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { heldPeople } from '../../main/privacy/heldData';
import { allFiles, decryptedLog, decryptedPages, spellings } from '../../main/vault/testing/vaultFixture';
import { knownPeople, texts } from '../support/knownPeople';

type World = Awaited<ReturnType<typeof knownPeople>>;

const personOf = ({ vault }: World, key: string) => heldPeople(vault).find(({ identityKey }) => identityKey === key);

async function erase(world: World, key: string, keepProofs: boolean, runningMeeting: string | null = null) {
  const person = personOf(world, key)!;
  const plan = erasurePlan(world.vault, person, { keepProofs, runningMeeting });
  return { plan, proof: await erasePerson(world.vault, person, plan, world.now) };
}

/** Everything that is on the disk, databases decrypted: what somebody with the key would find. */
function onDisk({ fixture }: World): Buffer {
  const key = fixture.drawn[0]!;
  return Buffer.concat(
    allFiles(fixture.folder).flatMap(({ path, bytes }) => {
      if (path.endsWith('.db')) return [decryptedPages(path, key)];
      if (path.endsWith('.db-wal')) return [decryptedLog(path, key)];
      return [bytes];
    }),
  );
}

describe('R22: erasing a person', () => {
  test('leaves no byte of them, and the rest as it was', async () => {
    const world = await knownPeople();
    const { vault, ben, cleo, tracks, fixture } = world;
    // So that there are backups which hold them.
    world.manager.maintain();
    const benTracks = tracks.filter(({ track }) => track.identityKey === ben.signer.publicKey);
    const theirs = [ben.name, ben.signer.publicKey, ben.id, texts.ben, texts.benSecond, 'number seven'];
    const before = onDisk(world);
    expect(theirs.slice(0, 4).filter((text) => !before.includes(text))).toEqual([]);

    const { proof } = await erase(world, ben.signer.publicKey, false);
    expect(proof.erased).toEqual({ contact: 1, meeting: 2, chat: 2, recording: 2, consent: 1 });
    expect(proof.stays).toEqual([]);
    expect(personOf(world, ben.signer.publicKey)).toBeUndefined();
    expect(vault.chat.search('seven')).toEqual([]);

    await world.manager.close();
    const after = onDisk(world);
    // What Cleo wrote of him is hers; the chain of receipts keeps the random ID that his answer had.
    const gone = theirs.filter((text) => text !== ben.id && text !== ben.name);
    expect(gone.filter((text) => after.includes(text))).toEqual([]);
    expect(after.toString('latin1').split(ben.name)).toHaveLength(after.toString('latin1').split(texts.cleo).length);
    for (const { track, key } of benTracks) {
      expect(existsSync(join(fixture.folder, 'recordings', track.fileName))).toBe(false);
      expect(spellings(key).filter((spelling) => after.includes(spelling))).toEqual([]);
    }
    for (const text of [cleo.name, texts.cleo]) expect(after.includes(text)).toBe(true);
  });

  test('leaves what is somebody else’s readable', async () => {
    const world = await knownPeople();
    const { vault, ben, cleo, both } = world;
    const before = personOf(world, cleo.signer.publicKey);
    await erase(world, ben.signer.publicKey, false);
    expect(personOf(world, cleo.signer.publicKey)).toEqual(before);
    expect(vault.chat.history(both).map(({ text }) => text)).toEqual([texts.cleo]);
    expect(vault.receipts.verifyChain()).toEqual([]);
    const [standing, ...others] = vault.recordings.tracks(world.recording.id);
    expect(others).toEqual([]);
    expect(vault.recordings.trackKey(standing!.id)).not.toBeNull();
  });

  test('keeps proofs of consent where that is wanted, and says until when', async () => {
    const world = await knownPeople();
    const { ben } = world;
    world.manager.maintain();
    const { proof } = await erase(world, ben.signer.publicKey, true);
    expect(onDisk(world).includes(texts.benSecond)).toBe(false);
    const [stays] = proof.stays;
    expect(stays).toMatchObject({ kind: 'consent', because: 'proof', count: 1 });
    expect(stays!.until).toBeGreaterThan(world.now);
    expect(personOf(world, ben.signer.publicKey)?.items.map(({ kind }) => kind)).toEqual(['consent']);
  });

  test('takes nothing that is on hold or being written, with the proof it rests on', async () => {
    const world = await knownPeople();
    const { vault, ben, recording, both, second } = world;
    vault.holds.set({ kind: 'recording', id: recording.id, reason: 'lawsuit', since: world.now });
    vault.holds.set({ kind: 'chat', id: both, reason: 'lawsuit', since: world.now });
    const { plan } = await erase(world, ben.signer.publicKey, false, second);
    expect(plan.stays.map(({ kind, because }) => `${kind} ${because}`).sort()).toEqual([
      'chat hold',
      'chat running',
      'consent hold',
      'meeting hold',
      'meeting running',
      'recording hold',
    ]);
    expect(personOf(world, ben.signer.publicKey)?.items.map(({ kind }) => kind)).not.toContain('contact');
    expect(vault.chat.history(both)).toHaveLength(2);
  });

  test('leaves the proof of what is still being recorded', async () => {
    const world = await knownPeople();
    world.vault.recordings.update(world.recording.id, { phase: 'recording' });
    const { plan } = await erase(world, world.ben.signer.publicKey, false);
    expect(plan.stays.map(({ kind, because }) => `${kind} ${because}`).sort()).toEqual([
      'consent proof',
      'recording running',
    ]);
  });

  test('is in the deletion log, without a name', async () => {
    const world = await knownPeople();
    await erase(world, world.ben.signer.publicKey, false);
    const entries = world.vault.deletionLog.newest(10).map(({ kind, why, count }) => `${count} ${kind} ${why}`);
    expect(entries.sort()).toEqual([
      '1 contact request',
      '1 receipt request',
      '2 line request',
      '2 presence request',
      '2 track request',
    ]);
  });

  test('names the copies that nothing here reaches', async () => {
    const world = await knownPeople();
    world.vault.recordings.addExport(world.recording.id, world.now);
    const { proof } = await erase(world, world.ben.signer.publicKey, false);
    expect(proof.copies).toBe(1);
  });
});
