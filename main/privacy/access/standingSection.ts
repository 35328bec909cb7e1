import type { Language } from '../../../common/meeting/models';
import type { ObjectionKind, ObjectionReason } from '../../../common/privacy/objections';
import type { RestrictionGround } from '../../../common/privacy/personStanding';
import type { AccessStanding } from './accessStanding';

interface StandingWords {
  readonly title: string;
  readonly corrected: (name: string, date: string) => string;
  readonly restricted: (ground: string, date: string) => string;
  readonly statement: (date: string) => string;
  readonly about: (line: string) => string;
  readonly objected: (list: string, reason: string, date: string) => string;
  readonly grounds: Readonly<Record<RestrictionGround, string>>;
  readonly lists: Readonly<Record<ObjectionKind, string>>;
  readonly reasons: Readonly<Record<ObjectionReason, string>>;
}

const words: Readonly<Record<Language, StandingWords>> = {
  de: {
    title: 'Berichtigt, eingeschränkt, widersprochen',
    corrected: (name, date) => `Name am ${date} berichtigt: ${name}. Was unterschrieben ist, trägt den früheren.`,
    restricted: (ground, date) => `Wird seit ${date} nur noch gespeichert (Art. 18 DSGVO): ${ground}`,
    statement: (date) => `Ihre Erklärung vom ${date}:`,
    about: (line) => `Zu: „${line}“`,
    objected: (list, reason, date) => `${list}, seit ${date} (${reason}). Vermerkt als Abdruck, ohne Namen.`,
    grounds: {
      accuracy: 'Sie bestreiten, dass etwas richtig ist',
      unlawful: 'es war unrechtmäßig, und Sie wollten keine Löschung',
      claims: 'Sie brauchen es für Rechtsansprüche',
      objection: 'Sie haben widersprochen, und das wird geprüft',
    },
    lists: {
      recording: 'Sie werden nicht aufgezeichnet',
      summary: 'Sie kommen in keiner Zusammenfassung vor',
      contact: 'Sie werden nicht angeschrieben',
    },
    reasons: {
      wish: 'Ihr Wunsch',
      situation: 'Ihre besondere Situation, Art. 21 Abs. 1 DSGVO',
      advertising: 'Direktwerbung, Art. 21 Abs. 2 DSGVO',
    },
  },
  en: {
    title: 'Put right, restricted, objected to',
    corrected: (name, date) => `Name corrected on ${date}: ${name}. What is signed bears the earlier one.`,
    restricted: (ground, date) => `Only stored since ${date} (Art. 18 GDPR): ${ground}`,
    statement: (date) => `Your statement of ${date}:`,
    about: (line) => `About: “${line}”`,
    objected: (list, reason, date) => `${list}, since ${date} (${reason}). Noted as a fingerprint, without a name.`,
    grounds: {
      accuracy: 'you contest that something is right',
      unlawful: 'it was unlawful, and you did not want it erased',
      claims: 'you need it for legal claims',
      objection: 'you have objected, and that is being looked at',
    },
    lists: {
      recording: 'You are not recorded',
      summary: 'You are in no summary',
      contact: 'You are not contacted',
    },
    reasons: {
      wish: 'your wish',
      situation: 'your particular situation, Art. 21 (1) GDPR',
      advertising: 'direct marketing, Art. 21 (2) GDPR',
    },
  },
};

/** The same to read: a title and lines of text, not escaped yet. */
export function standingSection(
  { restriction, correction, statements, objections }: AccessStanding,
  language: Language,
  date: (at: number) => string,
): { readonly title: string; readonly lines: readonly string[] } {
  const w = words[language];
  return {
    title: w.title,
    lines: [
      ...(correction === null ? [] : [w.corrected(correction.name, date(correction.correctedAt))]),
      ...(restriction === null ? [] : [w.restricted(w.grounds[restriction.ground], date(restriction.since))]),
      ...objections.map(({ kind, reason, addedAt }) => w.objected(w.lists[kind], w.reasons[reason], date(addedAt))),
      ...statements.map(({ madeAt, text, about }) =>
        [w.statement(date(madeAt)), text, ...(about === null ? [] : [w.about(about)])].join('\n'),
      ),
    ],
  };
}
