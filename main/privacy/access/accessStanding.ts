import type { Objection } from '../../../common/privacy/objections';
import type { NameCorrection, Restriction } from '../../../common/privacy/personStanding';
import type { HeldPerson } from '../../../common/privacy/heldData';
import type { Vault } from '../../vault/repositories';
import { personStanding } from '../standings';
import type { Redact } from './redactNames';

/** What the person has had put right, restricted and refused, as far as it is in force (Art. 16, 18, 21 GDPR). */
export interface AccessStanding {
  readonly restriction: Restriction | null;
  readonly correction: NameCorrection | null;
  readonly statements: readonly {
    readonly madeAt: number;
    readonly text: string;
    /** The chat line it is about; null: about the person as such. */
    readonly about: string | null;
  }[];
  readonly objections: readonly Omit<Objection, 'id'>[];
}

/** What is in force for this person; `redact` takes out who else is named. */
export function accessStanding(vault: Vault, person: HeldPerson, redact: Redact): AccessStanding {
  const { restriction, correction, statements, objections } = personStanding(vault, person);
  const lines = person.items.flatMap(({ kind, id }) => (kind === 'chat' && id !== null ? vault.chat.history(id) : []));
  return {
    ...{ restriction, correction },
    statements: statements.map(({ chatId, text, madeAt }) => {
      const line = lines.find(({ id }) => id === chatId);
      return { madeAt, text: redact(text), about: line === undefined ? null : redact(line.text) };
    }),
    objections: objections.map(({ kind, reason, addedAt }) => ({ kind, reason, addedAt })),
  };
}
