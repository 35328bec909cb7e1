import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SignedPersonErasure } from '../../common/privacy/erasure';
import type { DocumentKind } from '../../main/documents/documents';
import { PersonRights } from '../../main/privacy/personRights';
import { verifySignature } from '../../main/sessions/identity';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from '../support/knownPeople';

async function world() {
  const known = await knownPeople();
  const folder = temporaryFolder();
  const asked: [string, DocumentKind][] = [];
  const chosen: { path: string | null } = { path: join(folder, 'chosen') };
  const changes: string[] = [];
  const meanwhile = { do: (): unknown => undefined };
  const rights: PersonRights = new PersonRights({
    vault: () => known.manager.vault(),
    signer: () => known.ada,
    now: () => known.now,
    documents: {
      chooseTarget: async (name, kind) => {
        asked.push([name, kind]);
        return chosen.path;
      },
      chooseSource: async () => null,
      chooseFolder: async () => null,
      copyText: async () => undefined,
    },
    runningMeeting: () => null,
    progress: () => meanwhile.do(),
    erased: () => {
      throw new Error('locked meanwhile');
    },
    changed: () => void changes.push('changed'),
    log: { info: () => undefined },
  });
  return { ...known, rights, asked, chosen, changes, meanwhile };
}

describe('the rights of a person', () => {
  test('an erasure is proven by a signature, over what was erased and what stays', async () => {
    const { rights, ben, ada, asked, chosen, changes } = await world();
    await expect(rights.saveErasureProof('de')).rejects.toThrow('privacy/not-found');
    await rights.erase(ben.signer.publicKey, true);
    expect(changes).toEqual(['changed']);
    expect(await rights.saveErasureProof('de')).toEqual({ fileName: 'chosen' });
    expect(asked).toEqual([['konklave-loeschnachweis-Ben-Ottinger-2026-01-05.json', 'person-erasure']]);
    const { proof, signature } = JSON.parse(readFileSync(chosen.path!, 'utf8')) as SignedPersonErasure;
    expect(proof.controllerKey).toBe(ada.publicKey);
    expect(verifySignature(ada.publicKey, 'personErasure', proof, signature)).toBe(true);
    expect(verifySignature(ada.publicKey, 'personErasure', { ...proof, copies: 1 }, signature)).toBe(false);
  });

  test('an erasure puts the person on the lists that were chosen, without a name', async () => {
    const { rights, vault, ben } = await world();
    await rights.erase(ben.signer.publicKey, false, ['recording', 'contact']);
    expect(rights.people().map(({ identityKey }) => identityKey)).not.toContain(ben.signer.publicKey);
    expect(vault.objections.of({ identityKey: ben.signer.publicKey }).map(({ kind }) => kind)).toEqual([
      'recording',
      'contact',
    ]);
    // Somebody else of that name is not meant.
    expect(vault.objections.of({ name: ben.name })).toEqual([]);
  });

  test('an erasure takes the seat with it that a crash left behind, for it names everybody', async () => {
    const { rights, vault, ben } = await world();
    vault.keptSeat.set(`with ${ben.name}`);
    await rights.erase(ben.signer.publicKey, true);
    expect(vault.keptSeat.get()).toBeNull();
  });

  test('the owner of the vault is not erased, nor somebody who is not known', async () => {
    const { rights, vault, ada } = await world();
    vault.people.met({ identityKey: ada.publicKey, name: 'Ada Lovelace', at: 1 });
    expect(() => rights.previewErasure(ada.publicKey, true)).toThrow('privacy/self');
    await expect(rights.erase(ada.publicKey, false)).rejects.toThrow('privacy/self');
    await expect(rights.erase('A'.repeat(43), false)).rejects.toThrow('privacy/not-found');
    await expect(rights.saveAccess('A'.repeat(43), 'de')).rejects.toThrow('privacy/not-found');
  });

  test('an archive that is given up leaves no file, and neither does a cancelled dialog', async () => {
    const { rights, ben, chosen, meanwhile } = await world();
    meanwhile.do = () => rights.cancelAccess();
    expect(await rights.saveAccess(ben.signer.publicKey, 'de')).toBeNull();
    expect(existsSync(chosen.path!)).toBe(false);
    chosen.path = null;
    expect(await rights.saveAccess(ben.signer.publicKey, 'de')).toBeNull();
  });

  test('who is erased while their answer is being written gets none; somebody else’s goes on', async () => {
    const { rights, ben, chosen, meanwhile } = await world();
    const erased: Promise<unknown>[] = [];
    const eraseBen = () => {
      meanwhile.do = () => undefined;
      erased.push(rights.erase(ben.signer.publicKey, false));
    };
    meanwhile.do = eraseBen;
    expect(await rights.saveAccess(ben.signer.publicKey, 'de')).toBeNull();
    expect(existsSync(chosen.path!)).toBe(false);
    await Promise.all(erased);
    await expect(rights.saveAccess(ben.signer.publicKey, 'de')).rejects.toThrow('privacy/not-found');

    const second = await world();
    second.meanwhile.do = () => {
      second.meanwhile.do = () => undefined;
      erased.push(second.rights.erase(second.ben.signer.publicKey, false));
    };
    expect(await second.rights.saveAccess(second.cleo.signer.publicKey, 'de')).toEqual({ fileName: 'chosen' });
    await Promise.all(erased);
    expect(erased).toHaveLength(2);
  });

  test('whom the last erasure was about is forgotten when the vault is closed', async () => {
    const { rights, ben } = await world();
    await rights.erase(ben.signer.publicKey, false);
    rights.handleVaultClosed();
    await expect(rights.saveErasureProof('de')).rejects.toThrow('privacy/not-found');
  });
});
