import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ErasedMark, Refusals, StoredConfirmation, StoredReceipt, Vault } from './repositories';
import { markOf, type ErasedThing } from './erasedMarks';

/** What a vault knows of erasures, to be told to an older one that takes its place. */
export interface KnownErasures {
  readonly marks: readonly ErasedMark[];
  readonly withdrawn: readonly Pick<StoredReceipt, 'recordingId' | 'participantId' | 'withdrawals'>[];
  readonly confirmations: readonly StoredConfirmation[];
  readonly refusals: Refusals;
}

/** All that is known of erasures in an open vault. */
export function knownErasures({ savedBackup, receipts, confirmations }: Vault): KnownErasures {
  const withdrawn = receipts.all().filter(({ withdrawals }) => withdrawals.length > 0);
  return {
    marks: savedBackup.marks(),
    withdrawn,
    refusals: savedBackup.refusals(),
    confirmations: withdrawn.flatMap((receipt) =>
      receipt.withdrawals.flatMap(({ signature }) => confirmations.of(signature) ?? []),
    ),
  };
}

/**
 * Erases in a vault that was restored what had been erased since it was saved, and notes the withdrawals, objections and
 * restrictions that it does not know. Returns how many things went ([Note: marks]).
 */
export function reapplyErasures(vault: Vault, known: KnownErasures, now: number): number {
  const marks = new Set(known.marks.map(({ mark }) => mark));
  const isMarked = (...thing: ErasedThing) => marks.has(markOf(thing));
  const tracks = vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id));
  const standing = tracks.filter(({ phase }) => phase !== 'erased');
  const gone = tracks.filter(({ id }) => isMarked('gone', id));
  const taken = standing.filter((track) => isMarked('track', track.id) && !gone.includes(track));
  const receipts = vault.receipts.all().filter((one) => isMarked('receipt', one.recordingId, one.participantId));
  const rows = vault.held.all();
  let count = gone.length + taken.length + receipts.length;

  for (const identityKey of new Set([...rows, ...gone].map((one) => one.identityKey))) {
    const idsOf = (...kinds: readonly ('meeting' | 'chat' | 'registration' | 'request')[]) =>
      rows.flatMap(({ identityKey: key, kind, id }) =>
        key === identityKey && id !== null && kinds.some((one) => one === kind) ? [id] : [],
      );
    const what = {
      contact:
        rows.some((row) => row.identityKey === identityKey && row.kind === 'contact') &&
        isMarked('contact', identityKey),
      meetingIds: [...new Set(idsOf('meeting', 'chat'))].filter((id) => isMarked('meeting', id, identityKey)),
      registeredIn: idsOf('registration').filter((id) => isMarked('registration', id, identityKey)),
      trackIds: gone.flatMap((track) => (track.identityKey === identityKey ? [track.id] : [])),
      requestIds: idsOf('request').filter((id) => isMarked('request', id, identityKey)),
    };
    const others = [what.meetingIds, what.registeredIn, what.requestIds].flat().length + (what.contact ? 1 : 0);
    if (others + what.trackIds.length > 0) vault.held.erase({ identityKey, ...what });
    count += others;
    for (const id of idsOf('chat')) {
      if (isMarked('chat', id, identityKey)) count += Math.min(1, vault.chat.deleteOf(id, identityKey));
    }
  }
  if (taken.length > 0)
    vault.recordings.eraseTracks(
      taken.map(({ id }) => id),
      'withdrawn',
    );
  vault.receipts.expire(receipts, now, 'request');
  for (const { fileName } of [...gone, ...taken]) rmSync(join(vault.recordingsFolder, fileName), { force: true });

  for (const { recordingId, participantId, withdrawals } of known.withdrawn) {
    if (vault.receipts.get(recordingId, participantId) === null) continue;
    for (const { withdrawal, signature } of withdrawals) {
      vault.receipts.addWithdrawal(recordingId, participantId, withdrawal, signature);
      const confirmation = known.confirmations.find(({ withdrawalSignature }) => withdrawalSignature === signature);
      if (confirmation !== undefined) vault.confirmations.add(confirmation);
    }
  }
  vault.savedBackup.addRefusals(known.refusals);
  vault.savedBackup.addMarks(known.marks);
  return count;
}
