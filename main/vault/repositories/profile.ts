import { generateKeyPairSync } from 'node:crypto';
import type { Profile } from '../../../common/vaultState';
import type { Database } from '../database';
import type { ProfileRepository, StoredIdentity } from '../repositories';

interface ProfileRow {
  readonly name: string;
  readonly contact: string;
  readonly officer_contact: string;
  readonly public_key: string;
  readonly private_key: Buffer;
}

/** A new Ed25519 key pair (RFC 8032): the public key as 32 bytes in base64url, the private one as PKCS #8 DER. */
export function generateIdentity(): StoredIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  if (x === undefined) throw new Error('An Ed25519 key without its public part');
  return { publicKey: x, privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }) };
}

/** Writes the one profile of a new vault. */
export function addProfile(
  database: Database,
  person: { readonly name: string; readonly contact: string },
  identity: StoredIdentity,
): void {
  database.run('INSERT INTO profile (id, name, contact, public_key, private_key) VALUES (1, ?, ?, ?, ?)', [
    person.name,
    person.contact,
    identity.publicKey,
    identity.privateKey,
  ]);
}

/** The person at this installation. */
export function createProfileRepository(database: Database): ProfileRepository {
  const row = () => {
    const found = database.get<ProfileRow>('SELECT * FROM profile WHERE id = 1');
    if (found === undefined) throw new Error('A vault without a profile');
    return found;
  };
  return {
    get: (): Profile => {
      const { name, contact, officer_contact, public_key } = row();
      return { name, contact, officerContact: officer_contact, identityKey: public_key };
    },
    save: ({ name, contact, officerContact }) => {
      database.run('UPDATE profile SET name = ?, contact = ?, officer_contact = ? WHERE id = 1', [
        ...[name, contact, officerContact],
      ]);
    },
    identity: () => {
      const { public_key, private_key } = row();
      return { publicKey: public_key, privateKey: private_key };
    },
  };
}
