import type { LeftRegistration } from '../../../common/privacy/facts';
import type { Vault } from '../../vault/repositories';

const day = 24 * 60 * 60 * 1000;

/** What is still kept of registrations now that nothing is asked for at the door; null when something is, or nothing is kept. */
export function leftRegistration({ registrations }: Pick<Vault, 'registrations'>): LeftRegistration | null {
  const kept = registrations.formInUse() === null ? registrations.all() : [];
  const form = registrations.lastForm();
  if (kept.length === 0 || form === null) return null;
  // An earlier form may have asked for something else.
  const asked = [...form.fields, ...kept.flatMap(({ answers }) => answers)];
  const fields = new Map(asked.map(({ id, question }) => [`${id} ${question ?? ''}`, { id, question }]));
  const retentionDays = Math.max(
    ...kept.map(({ registeredAt, deleteAfter }) => Math.ceil((deleteAfter - registeredAt) / day)),
  );
  return { purpose: form.purpose, fields: [...fields.values()], retentionDays };
}
