import { englishDate, germanDate } from '../../../common/consent/noticeDate';
import type { AnswerLetter, RequestLetter } from '../../../common/consent/letters';
import type { Language } from '../../../common/meeting/models';
import { noonOf } from '../../../common/privacy/deadline';
import type { RequestRight, RequestState } from '../../../common/privacy/personRequests';
import { canonical } from '../../../common/protocol/canonical';
import { armoured } from '../../documents/armour';

/**
 * The text of an e-mail about a request: sentences that somebody understands who has never heard of a signature, and the
 * letter as a block below them. Whoever reads it in takes nothing from the sentences.
 */
export function requestMail(
  letter: RequestLetter | AnswerLetter,
  { from, to }: { readonly from: string; readonly to: string },
  language: Language,
): string {
  const words = texts[language];
  const { right, text, madeAt } = letter.request.request;
  const paragraphs =
    letter.type === 'data-request'
      ? [
          words.hello(to),
          letter.withdrawal === null ? words.ask(words.rights[right]) : words.takeBack(words.rights[right]),
          text,
          ...words.howToRead,
        ]
      : [
          words.hello(to),
          words.about(words.rights[right], words.date(madeAt), words.states[letter.status.status.state]),
          words.due(letter.status.status.state, words.date(noonOf(letter.status.status.dueOn))),
          letter.status.status.extension ?? '',
          letter.status.status.answer,
          words.howToKeep,
        ];
  return `${[...paragraphs, armoured(canonical(letter)), from].filter((one) => one !== '').join('\n\n')}\n`;
}

interface Texts {
  readonly rights: Readonly<Record<RequestRight, string>>;
  readonly states: Readonly<Record<RequestState, string>>;
  date(at: number): string;
  hello(name: string): string;
  ask(right: string): string;
  takeBack(right: string): string;
  readonly howToRead: readonly string[];
  about(right: string, date: string, state: string): string;
  due(state: RequestState, date: string): string;
  readonly howToKeep: string;
}

const texts: Readonly<Record<Language, Texts>> = {
  de: {
    rights: {
      access: 'Auskunft über meine Daten (Art. 15 DSGVO)',
      portability: 'meine Daten in maschinenlesbarer Form (Art. 20 DSGVO)',
      rectification: 'Berichtigung meiner Daten (Art. 16 DSGVO)',
      erasure: 'Löschung meiner Daten (Art. 17 DSGVO)',
      restriction: 'Einschränkung der Verarbeitung (Art. 18 DSGVO)',
      objection: 'Beachtung meines Widerspruchs (Art. 21 DSGVO)',
      other: 'Antwort auf eine Frage zu meinen Daten',
    },
    states: { open: 'offen', answered: 'beantwortet', refused: 'abgelehnt', withdrawn: 'zurückgenommen' },
    date: germanDate,
    hello: (name) => `Guten Tag ${name},`,
    ask: (right) => `ich bitte um ${right}. Es geht um das, was Sie in Konklave über mich gespeichert haben.`,
    takeBack: (right) => `ich nehme meine Bitte um ${right} zurück.`,
    howToRead: [
      'Dafür haben Sie von heute an einen Monat Zeit (Art. 12 Abs. 3 DSGVO). So geht es: Öffnen Sie Konklave auf dem Computer, mit dem Sie Besprechungen abhalten. Wählen Sie oben „Einwilligungen“, dann „Nachricht einlesen“, und fügen Sie diese ganze E-Mail ein. Konklave prüft meine Unterschrift; die Anfrage steht dann unter „Datenschutz“, „Anfragen“.',
      'Meine Unterschrift steht in diesem Block. Bitte lassen Sie ihn, wie er ist:',
    ],
    about: (right, date, state) => `zu Ihrer Bitte vom ${date} um ${right}: ${state}.`,
    due: (state, date) => (state === 'open' ? `Sie bekommen bis zum ${date} eine Antwort.` : ''),
    howToKeep:
      'So bewahren Sie das auf: Öffnen Sie Konklave, wählen Sie oben „Einwilligungen“, dann „Nachricht einlesen“, und fügen Sie diese ganze E-Mail ein. Die Unterschrift steht in diesem Block:',
  },
  en: {
    rights: {
      access: 'access to my data (Art. 15 GDPR)',
      portability: 'my data in machine-readable form (Art. 20 GDPR)',
      rectification: 'rectification of my data (Art. 16 GDPR)',
      erasure: 'erasure of my data (Art. 17 GDPR)',
      restriction: 'restriction of processing (Art. 18 GDPR)',
      objection: 'respect for my objection (Art. 21 GDPR)',
      other: 'an answer to a question about my data',
    },
    states: { open: 'open', answered: 'answered', refused: 'refused', withdrawn: 'taken back' },
    date: englishDate,
    hello: (name) => `Dear ${name},`,
    ask: (right) => `I ask for ${right}. It is about what you keep about me in Konklave.`,
    takeBack: (right) => `I take back my request for ${right}.`,
    howToRead: [
      'You have one month from today for it (Art. 12 (3) GDPR). How to do it: open Konklave on the computer you hold meetings with. Choose “Consents” at the top, then “Read in a message”, and paste this whole e-mail. Konklave checks my signature; the request then stands under “Data protection”, “Requests”.',
      'My signature is in this block. Please leave it as it is:',
    ],
    about: (right, date, state) => `about your request of ${date} for ${right}: ${state}.`,
    due: (state, date) => (state === 'open' ? `You will get an answer by ${date}.` : ''),
    howToKeep:
      'How to keep this: open Konklave, choose “Consents” at the top, then “Read in a message”, and paste this whole e-mail. The signature is in this block:',
  },
};
