import type { Participant } from '../../common/meeting/models';
import { objectionsOf } from '../vault/objectionsOf';
import type { Vault } from '../vault/repositories';

/**
 * Whether this person has objected to being recorded here (Art. 21 GDPR), as `objectionsOf` finds them; never true for the
 * vault's owner, who may bear the name of somebody else.
 */
export function objectsToRecording(
  vault: Pick<Vault, 'objections' | 'profile' | 'registrations'>,
  person: Pick<Participant, 'identityKey' | 'name'>,
): boolean {
  if (person.identityKey === vault.profile.get().identityKey) return false;
  return objectionsOf(vault, person).some(({ kind }) => kind === 'recording');
}
