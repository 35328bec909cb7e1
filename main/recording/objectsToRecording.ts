import type { Participant } from '../../common/meeting/models';
import type { Vault } from '../vault/repositories';

/**
 * Whether this person has objected to being recorded here (Art. 21 GDPR). Looked up by key and by name; never true for the
 * vault's owner, who may bear the name of somebody else.
 */
export function objectsToRecording(
  vault: Pick<Vault, 'objections' | 'profile'>,
  { identityKey, name }: Pick<Participant, 'identityKey' | 'name'>,
): boolean {
  return identityKey !== vault.profile.get().identityKey && vault.objections.covers({ identityKey, name }, 'recording');
}
