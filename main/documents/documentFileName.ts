import type { Language } from '../../common/meeting/models';
import type { DocumentKind } from './documents';
import { safeName } from './safeName';

const prefixes = {
  withdrawal: { de: 'konklave-widerruf', en: 'konklave-withdrawal' },
  'erasure-proof': { de: 'konklave-loeschbestaetigung', en: 'konklave-erasure-proof' },
  'data-request': { de: 'konklave-anfrage', en: 'konklave-request' },
  'data-answer': { de: 'konklave-antwort', en: 'konklave-answer' },
  receipt: { de: 'konklave-beleg', en: 'konklave-receipt' },
  kantara: { de: 'konklave-beleg-kantara', en: 'konklave-receipt-kantara' },
  access: { de: 'konklave-auskunft', en: 'konklave-access' },
  'person-erasure': { de: 'konklave-loeschnachweis', en: 'konklave-erasure' },
} as const satisfies Partial<Record<DocumentKind, Record<Language, string>>>;

/** Without the dot. */
export const documentEndings = {
  withdrawal: 'json',
  'erasure-proof': 'json',
  'data-request': 'json',
  'data-answer': 'json',
  receipt: 'jsonld',
  kantara: 'json',
  access: 'zip',
  'person-erasure': 'json',
  pdf: 'pdf',
  html: 'html',
  csv: 'csv',
  json: 'json',
} as const satisfies Record<DocumentKind, string>;

/** A name to suggest for a document about a recording, with its day (UTC, as in the notice). `about` may hold anything. */
export function documentFileName(kind: keyof typeof prefixes, about: string, at: number, language: Language): string {
  const part = [...safeName(about).replaceAll(' ', '-')].slice(0, 60).join('');
  // A signed document may hold a time that no date can.
  const day = new Date(Math.min(at, Date.UTC(9999, 0))).toISOString().slice(0, 10);
  return `${prefixes[kind][language]}-${part}-${day}.${documentEndings[kind]}`;
}
