import type { Language } from '../meeting/models';
import { termsOf, type ConsentRequest } from './models';

/** A purpose worded with care, in both languages. Never changed: another wording is another version. */
export interface PurposeTemplate {
  readonly id: string;
  readonly version: number;
  readonly texts: Readonly<Record<Language, string>>;
}

/**
 * The library, all versions of each text, the newest last. Requests pin a text by the hash of its canonical form, and
 * everybody reads it in their own language. With every change here `noticeVersion` is raised: both sides must know it.
 */
export const purposeTemplates: readonly PurposeTemplate[] = [
  {
    id: 'minutes',
    version: 1,
    texts: {
      de: 'Protokoll: Aus der Aufnahme wird das Protokoll dieser Besprechung geschrieben. Danach wird sie gelöscht.',
      en: 'Minutes: the minutes of this meeting are written from the recording. After that it is deleted.',
    },
  },
  {
    id: 'agreements',
    version: 1,
    texts: {
      de: 'Nachweis: Die Aufnahme hält fest, was in dieser Besprechung vereinbart wird, für die Beteiligten selbst.',
      en: 'Proof: the recording keeps what is agreed in this meeting, for those who took part.',
    },
  },
  {
    id: 'absent',
    version: 1,
    texts: {
      de: 'Für Abwesende: Mitglieder des Teams, die heute fehlen, sehen sich die Aufnahme bei der Person an, die aufzeichnet.',
      en: 'For those absent: members of the team who are missing today watch the recording with the person who records.',
    },
  },
  {
    id: 'training',
    version: 1,
    texts: {
      de: 'Schulung: Die Aufnahme dient der Einarbeitung und Schulung im eigenen Team und wird nicht weitergegeben.',
      en: 'Training: the recording is for training within the own team and is not passed on.',
    },
  },
  {
    id: 'interview',
    version: 1,
    texts: {
      de: 'Auswertung eines Interviews: Die Aufnahme wird ausgewertet; was daraus veröffentlicht wird, ist ohne Namen.',
      en: 'Evaluating an interview: the recording is evaluated; whatever is published from it carries no names.',
    },
  },
];

/** The newest version of each text, in the order of the library. */
export function currentTemplates(): readonly PurposeTemplate[] {
  return purposeTemplates.filter(
    ({ id, version }) => !purposeTemplates.some((other) => other.id === id && other.version > version),
  );
}

/** The text of the library that a request names, or null: the host wrote it, or this program does not know it. */
export function templateOf(request: Pick<ConsentRequest, 'terms'>): PurposeTemplate | null {
  const { template } = termsOf(request);
  if (template === null) return null;
  return purposeTemplates.find(({ id, version }) => id === template.id && version === template.version) ?? null;
}

/** What the recording is for, in the reader's language if it is a text of the library, else as the host wrote it. */
export function purposeOf(request: Pick<ConsentRequest, 'purpose' | 'terms'>, language: Language): string {
  return templateOf(request)?.texts[language] ?? request.purpose;
}
