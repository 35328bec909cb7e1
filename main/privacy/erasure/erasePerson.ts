import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { countKinds, type ErasurePreview, type PersonErasureProof } from '../../../common/privacy/erasure';
import type { HeldItem, HeldPerson, PersonalKind } from '../../../common/privacy/heldData';
import type { Vault } from '../../vault/repositories';

/**
 * Carries out a plan: keys first, so that nothing can be read any more; when it resolves, none of it is in the database,
 * its log or its backups. Files whose keys are gone are deleted last; one that cannot be is deleted at the next start.
 * What was interrupted is finished by asking again. Returns the proof, unsigned.
 */
export async function erasePerson(
  vault: Vault,
  person: HeldPerson,
  plan: ErasurePreview,
  now: number,
): Promise<PersonErasureProof> {
  const { identityKey } = person;
  const idsOf = (kind: PersonalKind) => plan.goes.flatMap((item) => (item.kind === kind && item.id ? [item.id] : []));
  const tracks = idsOf('recording').flatMap((recordingId) =>
    vault.recordings
      .tracks(recordingId)
      .filter((track) => track.identityKey === identityKey && track.phase !== 'erased'),
  );
  const receipts = vault.receipts
    .all()
    .filter((receipt) => receipt.identityKey === identityKey && idsOf('consent').includes(receipt.recordingId));

  vault.held.erase({
    identityKey,
    contact: plan.goes.some(({ kind }) => kind === 'contact'),
    meetingIds: [...new Set([...idsOf('meeting'), ...idsOf('chat')])],
    registeredIn: idsOf('registration'),
    trackIds: tracks.map(({ id }) => id),
    requestIds: idsOf('request'),
  });
  vault.receipts.expire(receipts, now, 'request');
  for (const { fileName } of tracks) {
    await rm(join(vault.recordingsFolder, fileName), { force: true }).catch(() => undefined);
  }

  const { name, contact, identityKey: controllerKey } = vault.profile.get();
  return {
    ...{ format: 'konklave-person-erasure', version: 1, controllerName: name, controllerContact: contact },
    ...{ controllerKey, personKey: identityKey, erasedAt: now },
    erased: countKinds(plan.goes),
    stays: stayingKinds(plan.stays),
    copies: plan.copies,
  };
}

function stayingKinds(items: ErasurePreview['stays']): PersonErasureProof['stays'] {
  const groups = new Map<string, (HeldItem & ErasurePreview['stays'][number])[]>();
  for (const item of items) {
    const group = `${item.kind} ${item.because}`;
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const ends = group.map(({ until }) => until);
    return [
      {
        ...{ kind: first.kind, because: first.because },
        count: group.reduce((sum, { count }) => sum + count, 0),
        until: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
      },
    ];
  });
}
