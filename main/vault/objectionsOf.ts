import type { Objection, Objector } from '../../common/privacy/objections';
import type { Vault } from './repositories';

/**
 * The entries that cover somebody, by their key, their name (empty: not known) and each e-mail address they gave at the
 * door of a meeting. Each once.
 */
export function objectionsOf(
  { objections, registrations }: Pick<Vault, 'objections' | 'registrations'>,
  { identityKey, name }: { readonly identityKey: string; readonly name: string },
): readonly Objection[] {
  const addresses = registrations
    .all()
    .filter((one) => one.identityKey === identityKey)
    .flatMap(({ answers }) => answers.flatMap(({ id, text }) => (id === 'email' ? [{ email: text }] : [])));
  const known: readonly Objector[] = [name === '' ? { identityKey } : { identityKey, name }, ...addresses];
  return [...new Map(known.flatMap((who) => objections.of(who)).map((one) => [one.id, one])).values()];
}
