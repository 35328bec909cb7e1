import type { ErasurePreview, StaysBecause } from '../../../common/privacy/erasure';
import type { HeldItem, HeldPerson } from '../../../common/privacy/heldData';
import { objectionsOf } from '../../vault/objectionsOf';
import type { Vault } from '../../vault/repositories';
import { isRequestPending } from '../requests/requestRecords';

export interface ErasureWish {
  /** Keep the proofs of consent, and of requests, until their time is up, for claims that may still come (Art. 17 (3) (e) GDPR). */
  readonly keepProofs: boolean;
  /** The meeting this installation is in, whose list and chat go on being written. */
  readonly runningMeeting: string | null;
}

/** What of a person goes and what stays, and why. Changes nothing. */
export function erasurePlan(vault: Vault, person: HeldPerson, wish: ErasureWish): ErasurePreview {
  let goes: HeldItem[] = [];
  const stays: (HeldItem & { readonly because: StaysBecause })[] = [];
  const reasons = new Map(person.items.map((item) => [item, whyItStays(vault, person, item, wish)]));
  const staysRecorded = new Set(
    person.items.filter((item) => item.kind === 'recording' && reasons.get(item) !== null).map(({ id }) => id),
  );
  for (const item of person.items) {
    // What is still recorded needs the proof that it may be.
    const because = reasons.get(item) ?? (item.kind === 'consent' && staysRecorded.has(item.id) ? 'proof' : null);
    if (because === null) goes.push(item);
    else stays.push({ ...item, because });
  }
  // That it may only be stored is noted with the contact.
  if (person.isRestricted && stays.some(({ kind }) => kind === 'meeting' || kind === 'chat' || kind === 'recording')) {
    const contact = goes.filter(({ kind }) => kind === 'contact');
    goes = goes.filter(({ kind }) => kind !== 'contact');
    stays.push(...contact.map((item) => ({ ...item, because: 'restricted' as const })));
  }
  const recorded = person.items.filter(({ kind }) => kind === 'recording');
  const copies = recorded.reduce((sum, { id }) => sum + (id === null ? 0 : vault.recordings.exportsOf(id).length), 0);
  const objections = [...new Set(objectionsOf(vault, person).map(({ kind }) => kind))];
  return { goes, stays, copies, objections };
}

function whyItStays(
  vault: Vault,
  { identityKey }: HeldPerson,
  { kind, id }: HeldItem,
  wish: ErasureWish,
): StaysBecause | null {
  switch (kind) {
    case 'contact':
      return null;
    case 'meeting':
    case 'chat':
    case 'registration':
      if (id !== null && vault.holds.of({ kind: 'chat', id }) !== null) return 'hold';
      return id === wish.runningMeeting ? 'running' : null;
    case 'recording': {
      if (id !== null && vault.holds.of({ kind: 'recording', id }) !== null) return 'hold';
      const phase = vault.recordings.get(id ?? '')?.phase;
      return phase === 'recording' || phase === 'finalizing' ? 'running' : null;
    }
    case 'consent':
      if (id !== null && vault.holds.of({ kind: 'recording', id }) !== null) return 'hold';
      // What the owner of the vault answered them is the owner's: without it a yes could not be taken back any more.
      if (!vault.receipts.ofRecording(id ?? '').some((one) => one.identityKey === identityKey)) return 'proof';
      return wish.keepProofs ? 'proof' : null;
    case 'request':
      if (id !== null && isRequestPending(vault, id)) return 'request';
      return wish.keepProofs ? 'proof' : null;
  }
}
