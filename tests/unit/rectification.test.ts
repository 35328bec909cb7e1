import { describe, expect, test } from 'vitest';
import type { ObjectionKind } from '../../common/privacy/objections';
import { shownMessages } from '../../main/chat/shownMessages';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { heldPeople } from '../../main/privacy/heldData';
import { Standings } from '../../main/privacy/standings';
import { verifyReceipt } from '../../main/privacy/receipts/verifyReceipt';
import { receiptFile, receiptProof } from '../../main/privacy/receipts/receiptFile';
import { verifySignature } from '../../main/sessions/identity';
import { newId } from '../../main/vault/testing/vaultFixture';
import { standingOf } from '../../common/verification/standing';
import { knownPeople, texts } from '../support/knownPeople';

async function world() {
  const known = await knownPeople();
  const changes: string[] = [];
  const standings = new Standings({
    vault: () => known.vault,
    ...{ now: () => known.now, newId },
    objectionsChanged: () => void changes.push('objections'),
    restrictionsChanged: () => void changes.push('restrictions'),
    changed: () => void changes.push('changed'),
  });
  return { ...known, standings, changes, key: known.ben.signer.publicKey };
}

describe('R23: what somebody had put right (Art. 16 GDPR)', () => {
  test('stands wherever it may be changed, and beside what is signed, which stays as it was', async () => {
    const { vault, standings, key, both, recording, ben } = await world();
    vault.people.verify({ identityKey: key, name: ben.name, at: 5 });
    standings.correctName(key, 'Benedikt Ottinger');
    expect(vault.people.nameOf(key)).toBe('Benedikt Ottinger');
    expect(vault.meetings.recent(10).flatMap(({ participantNames }) => participantNames)).not.toContain(ben.name);
    expect(heldPeople(vault).find(({ identityKey }) => identityKey === key)!.name).toBe('Benedikt Ottinger');
    // Comparing codes is not lost over it: the key is the same.
    expect(standingOf(vault.people.list(), key, 'Benedikt Ottinger').verifiedAt).toBe(5);
    const lines = shownMessages(vault, vault.chat.history(both));
    expect(lines.find(({ senderKey }) => senderKey === key)).toMatchObject({
      ...{ senderName: ben.name, correctedName: 'Benedikt Ottinger', text: texts.ben },
    });
    expect(lines.find(({ senderKey }) => senderKey !== key)).not.toHaveProperty('correctedName');
    const receipt = vault.receipts.get(recording.id, ben.id)!;
    expect(receipt.name).toBe(ben.name);
    const proof = receiptProof(receipt, (signature) => vault.confirmations.of(signature));
    expect(verifyReceipt(Buffer.from(receiptFile(proof)), verifySignature)).toMatchObject({ valid: true });
    expect(vault.receipts.verifyChain()).toEqual([]);
  });

  test('is in the answer to an access request, with what was said beside it', async () => {
    const { vault, standings, key, both, now } = await world();
    const line = vault.chat.history(both).find(({ senderKey }) => senderKey === key)!;
    standings.correctName(key, 'Benedikt Ottinger');
    standings.addStatement(key, line.id, 'It is eight, says Cleo Sandler');
    standings.addStatement(key, null, 'I left in May');
    const { standing } = accessContent(vault, key, now)!.document;
    expect(standing.correction).toEqual({ name: 'Benedikt Ottinger', correctedAt: now });
    const said = standing.statements.map(({ text, about }) => [text.replace(/\[[^\]]*\]/u, '…'), about !== null]);
    expect(said).toHaveLength(2);
    expect(JSON.stringify(said)).not.toContain('Cleo');
    expect(standing.statements.find(({ about }) => about === null)!.text).toBe('I left in May');
    expect(shownMessages(vault, [line])[0]!.statements!.map(({ text }) => text)).toEqual([
      'It is eight, says Cleo Sandler',
    ]);
  });

  test('is for others about whom something is kept, and a line is their own', async () => {
    const { vault, standings, key, both, cleo } = await world();
    const cleos = vault.chat.history(both).find(({ senderKey }) => senderKey === cleo.signer.publicKey)!;
    expect(() => standings.addStatement(key, cleos.id, 'x')).toThrow('privacy/not-found');
    expect(() => standings.addStatement(key, newId(), 'x')).toThrow('privacy/not-found');
    expect(() => standings.correctName('A'.repeat(43), 'x')).toThrow('privacy/not-found');
    expect(() => standings.correctName(vault.profile.get().identityKey, 'x')).toThrow('privacy/self');
    expect(() => standings.removeStatement(newId())).toThrow('privacy/not-found');
  });

  test('is for somebody too who is no contact any more', async () => {
    const { vault, standings, key } = await world();
    vault.people.expire([key]);
    expect(vault.people.nameOf(key)).toBeNull();
    standings.addStatement(key, null, 'I was never there');
    expect(standings.of(key).statements.map(({ text }) => text)).toEqual(['I was never there']);
  });
});

describe('R22: an objection outlives an erasure', () => {
  test('and names nobody; the preview says that it stays, and a new one is noted with it', async () => {
    const { vault, standings, key, now, changes } = await world();
    standings.object(['recording'], 'situation', { identityKey: key });
    expect(changes).toEqual(['objections', 'changed']);
    const person = () => heldPeople(vault).find(({ identityKey }) => identityKey === key);
    const plan = erasurePlan(vault, person()!, { keepProofs: false, runningMeeting: null });
    expect(plan.objections).toEqual<ObjectionKind[]>(['recording']);
    await erasePerson(vault, person()!, plan, now);
    expect(person()).toBeUndefined();
    expect(vault.objections.covers({ identityKey: key }, 'recording')).toBe(true);
    expect(standings.objections().map(({ kind, reason }) => [kind, reason])).toEqual([['recording', 'situation']]);
    expect(standings.of(key).objections).toHaveLength(1);
    standings.removeObjection(standings.objections()[0]!.id);
    expect(standings.findObjections({ identityKey: key })).toEqual([]);
    expect(() => standings.removeObjection(newId())).toThrow('privacy/not-found');
  });

  test('and is nothing the owner could have against themself', async () => {
    const { vault, standings } = await world();
    const { identityKey } = vault.profile.get();
    expect(() => standings.object(['recording'], 'wish', { identityKey })).toThrow('privacy/self');
  });
});
