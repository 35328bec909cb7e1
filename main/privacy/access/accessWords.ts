import type { RecordingKind } from '../../../common/consent/models';
import type { Language } from '../../../common/meeting/models';
import type { LegalBasis, PersonalKind } from '../../../common/privacy/heldData';
import type { RequestRight, RequestState } from '../../../common/privacy/personRequests';

interface AccessWords {
  readonly title: (name: string) => string;
  readonly intro: (controller: string, date: string) => string;
  readonly alsoAs: string;
  readonly verified: (date: string) => string;
  readonly noContact: string;
  readonly controller: string;
  readonly kept: string;
  readonly columns: readonly [string, string, string, string];
  readonly kinds: Readonly<Record<PersonalKind, string>>;
  readonly bases: Readonly<Record<LegalBasis, string>>;
  readonly held: string;
  readonly meetings: string;
  readonly others: (count: number) => string;
  readonly registrations: string;
  readonly chat: string;
  readonly notices: string;
  readonly noticeRead: (version: number, since: string, meeting: string) => string;
  readonly noticeOfPerson: (version: number, readAt: string) => string;
  readonly recordings: string;
  readonly purpose: string;
  readonly exported: string;
  readonly cut: string;
  readonly tracks: Readonly<Record<RecordingKind, string>>;
  readonly missing: Readonly<Record<'being-written' | 'damaged' | 'erased', string>>;
  readonly consents: string;
  readonly answered: string;
  readonly yesTo: string;
  readonly noTo: string;
  readonly takenBack: string;
  readonly signed: string;
  readonly ownAnswer: string;
  readonly requests: string;
  readonly rights: Readonly<Record<RequestRight, string>>;
  readonly asked: string;
  readonly askedYou: string;
  readonly requestStates: Readonly<Record<RequestState, string>>;
  readonly notes: string;
  readonly none: string;
  readonly redacted: string;
  readonly aboutTitle: string;
  readonly about: readonly string[];
}

/** What the readable page of an answer to an access request says (Art. 12 (1), 15 (1) GDPR). */
export const accessWords: Readonly<Record<Language, AccessWords>> = {
  de: {
    title: (name) => `Auskunft über ${name}`,
    intro: (controller, date) =>
      `Das ist alles, was ${controller} in Konklave über Sie gespeichert hat, Stand ${date} (Art. 15 und 20 DSGVO). Dieselben Angaben in maschinenlesbarer Form stehen in data.json.`,
    alsoAs: 'Auch gespeichert als',
    verified: (date) => `Am ${date} wurden Codes verglichen; Ihr Schlüssel gilt seitdem als überprüft.`,
    noContact: 'kein Kontakt angegeben',
    controller: 'Verantwortlich',
    kept: 'Was gespeichert ist, warum und bis wann',
    columns: ['Was', 'Seit', 'Bis', 'Rechtsgrundlage'],
    kinds: {
      contact: 'Kontakt: Ihr Name und Ihr Schlüssel',
      meeting: 'Teilnahme an einer Besprechung',
      registration: 'Was Sie zur Anmeldung eingetragen haben',
      chat: 'Ihre Nachrichten',
      recording: 'Aufnahme von Ihnen',
      consent: 'Nachweis Ihrer Antwort auf eine Bitte um Einwilligung',
      request: 'Ihre Anfrage zu Ihren Daten',
    },
    bases: {
      consent: 'Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)',
      meeting: 'für die Besprechung nötig (Art. 6 Abs. 1 Buchst. b DSGVO)',
      proof: 'Nachweis der Einwilligung (Art. 6 Abs. 1 Buchst. c mit Art. 5 Abs. 2 und 7 Abs. 1 DSGVO)',
      answer:
        'Pflicht, Ihre Anfrage zu beantworten und das nachzuweisen (Art. 6 Abs. 1 Buchst. c mit Art. 5 Abs. 2 und 12 DSGVO)',
      interest: 'berechtigtes Interesse, Sie wiederzuerkennen (Art. 6 Abs. 1 Buchst. f DSGVO)',
    },
    held: 'zurückgehalten, solange es für Rechtsansprüche gebraucht wird (Art. 17 Abs. 3 DSGVO)',
    meetings: 'Besprechungen',
    others: (count) => (count === 1 ? 'mit einer weiteren Person' : `mit ${count} weiteren Personen`),
    registrations: 'Anmeldungen',
    chat: 'Ihre Nachrichten',
    notices: 'Datenschutzhinweise',
    noticeRead: (version, since, meeting) => `Version ${version}, seit ${since}, gelesen für „${meeting}“`,
    noticeOfPerson: (version, readAt) =>
      `Ihr eigener Hinweis als einladende Person, Version ${version}, hier gelesen am ${readAt}`,
    recordings: 'Aufnahmen',
    purpose: 'Zweck',
    exported: 'Kopien wurden gesichert am',
    cut: 'Für alle wurde etwas herausgeschnitten am',
    tracks: {
      audio: 'Ton',
      video: 'Bild',
      screen: 'Bildschirm',
      chat: 'Chat',
      summary: 'Zusammenfassung',
      clip: 'Einwilligungsclip',
    },
    missing: { 'being-written': 'wird noch geschrieben', damaged: 'beschädigt, nicht lesbar', erased: 'gelöscht' },
    consents: 'Einwilligungen',
    answered: 'Beantwortet',
    yesTo: 'Ja zu',
    noTo: 'Nein zu',
    takenBack: 'Zurückgenommen',
    signed: 'signierter Beleg',
    ownAnswer: 'Sie hatten gefragt; das ist die Antwort der verantwortlichen Stelle.',
    requests: 'Anfragen zu Daten',
    rights: {
      access: 'Auskunft',
      portability: 'Daten zum Mitnehmen',
      rectification: 'Berichtigung',
      erasure: 'Löschung',
      restriction: 'Einschränkung',
      objection: 'Widerspruch',
      other: 'Sonstiges',
    },
    asked: 'von Ihnen gestellt',
    askedYou: 'an Sie gestellt',
    requestStates: {
      open: 'offen',
      answered: 'beantwortet',
      refused: 'abgelehnt',
      withdrawn: 'zurückgenommen',
    },
    notes: 'Notizen',
    none: 'Nichts.',
    redacted: 'Namen anderer Personen sind durch [Person 1], [Person 2] … ersetzt (Art. 15 Abs. 4 DSGVO).',
    aboutTitle: 'Woher, wohin, und Ihre Rechte',
    about: [
      'Die Daten stammen von Ihnen selbst und von Ihrem Gerät. Sie liegen verschlüsselt auf einem Computer der oder des Verantwortlichen und nirgends sonst; in der Besprechung haben die anderen Beteiligten Sie gesehen, gehört und gelesen. Es gibt keinen Auftragsverarbeiter und keine Übermittlung in Drittländer durch Konklave.',
      'Es findet keine automatisierte Entscheidung und kein Profiling statt.',
      'Sie können Berichtigung, Löschung oder Einschränkung verlangen, der Verarbeitung widersprechen und eine Einwilligung jederzeit widerrufen (Art. 7, 16 bis 18 und 21 DSGVO), und sich bei einer Datenschutzaufsicht beschweren (Art. 77 DSGVO).',
    ],
  },
  en: {
    title: (name) => `What is kept about ${name}`,
    intro: (controller, date) =>
      `This is everything that ${controller} keeps about you in Konklave, as of ${date} (Art. 15 and 20 GDPR). The same in machine-readable form is in data.json.`,
    alsoAs: 'Also kept as',
    verified: (date) => `Codes were compared on ${date}; your key has counted as verified since then.`,
    noContact: 'no contact given',
    controller: 'Controller',
    kept: 'What is kept, why and until when',
    columns: ['What', 'Since', 'Until', 'Legal basis'],
    kinds: {
      contact: 'Contact: your name and your key',
      meeting: 'That you were in a meeting',
      registration: 'What you filled in to register',
      chat: 'Your messages',
      recording: 'A recording of you',
      consent: 'Proof of your answer when asked for consent',
      request: 'Your request about your data',
    },
    bases: {
      consent: 'your consent (Art. 6 (1) (a) GDPR)',
      meeting: 'needed for the meeting (Art. 6 (1) (b) GDPR)',
      proof: 'proof of consent (Art. 6 (1) (c) with Art. 5 (2) and 7 (1) GDPR)',
      answer: 'duty to answer your request and to prove it (Art. 6 (1) (c) with Art. 5 (2) and 12 GDPR)',
      interest: 'legitimate interest in knowing you again (Art. 6 (1) (f) GDPR)',
    },
    held: 'held back while it is needed for legal claims (Art. 17 (3) GDPR)',
    meetings: 'Meetings',
    others: (count) => (count === 1 ? 'with one other person' : `with ${count} other people`),
    registrations: 'Registrations',
    chat: 'Your messages',
    notices: 'Privacy notices',
    noticeRead: (version, since, meeting) => `Version ${version}, since ${since}, read for “${meeting}”`,
    noticeOfPerson: (version, readAt) => `Your own notice when you invited, version ${version}, read here on ${readAt}`,
    recordings: 'Recordings',
    purpose: 'Purpose',
    exported: 'Copies were saved on',
    cut: 'Something was cut out for everybody on',
    tracks: {
      audio: 'Sound',
      video: 'Picture',
      screen: 'Screen',
      chat: 'Chat',
      summary: 'Summary',
      clip: 'Consent clip',
    },
    missing: { 'being-written': 'still being written', damaged: 'damaged, can’t be read', erased: 'erased' },
    consents: 'Consents',
    answered: 'Answered',
    yesTo: 'Yes to',
    noTo: 'No to',
    takenBack: 'Taken back',
    signed: 'signed receipt',
    ownAnswer: 'You had asked; this is the controller’s answer.',
    requests: 'Requests about data',
    rights: {
      access: 'Access',
      portability: 'Data to take along',
      rectification: 'Rectification',
      erasure: 'Erasure',
      restriction: 'Restriction',
      objection: 'Objection',
      other: 'Other',
    },
    asked: 'made by you',
    askedYou: 'made to you',
    requestStates: {
      open: 'open',
      answered: 'answered',
      refused: 'refused',
      withdrawn: 'taken back',
    },
    notes: 'Notes',
    none: 'Nothing.',
    redacted: 'Names of other people are replaced by [Person 1], [Person 2] … (Art. 15 (4) GDPR).',
    aboutTitle: 'Where from, where to, and your rights',
    about: [
      'The data came from you and your device. It lies encrypted on one computer of the controller and nowhere else; in the meeting, the other participants saw, heard and read you. There is no processor, and Konklave transfers nothing to third countries.',
      'There is no automated decision-making and no profiling.',
      'You can ask for rectification, erasure or restriction, object to the processing and take back a consent at any time (Art. 7, 16 to 18 and 21 GDPR), and complain to a data protection authority (Art. 77 GDPR).',
    ],
  },
};
