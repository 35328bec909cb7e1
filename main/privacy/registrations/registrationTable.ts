import type { Language } from '../../../common/meeting/models';
import type { RegisteredAnswer, Registration } from '../../../common/meeting/registration';
import { documentTable } from '../../documents/documentPage';
import { registrationLabels } from './registrationLabels';

const heads = { de: { name: 'Name', at: 'Angemeldet (UTC)' }, en: { name: 'Name', at: 'Registered (UTC)' } } as const;

/** What people filled in for one meeting as a table for spreadsheets, one person a line; no cell of it is a formula. */
export function registrationTable(registrations: readonly Registration[], language: Language): string {
  const headOf = ({ id, question }: RegisteredAnswer) => question ?? registrationLabels[language][id];
  const columns = [...new Set(registrations.flatMap(({ answers }) => answers.map(headOf)))];
  const rows = registrations.map(({ name, registeredAt, answers }) => [
    ...[name, new Date(registeredAt).toISOString().slice(0, 16).replace('T', ' ')],
    ...columns.map((column) => answers.find((one) => headOf(one) === column)?.text ?? ''),
  ]);
  const head = [heads[language].name, heads[language].at, ...columns];
  return documentTable({ title: '', lead: '', blocks: [{ type: 'table', columns: head, rows }] });
}
