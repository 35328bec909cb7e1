import { englishDate, germanDate } from '../../../common/consent/noticeDate';
import type { ProofLetter, WithdrawalLetter } from '../../../common/consent/letters';
import { recordingKinds, type RecordingKind, type WithdrawalScope } from '../../../common/consent/models';
import type { Language } from '../../../common/meeting/models';
import { armoured } from '../../documents/armour';
import { letterText } from './readLetters';

/** What the sentences of an e-mail name; none of it is signed, and whoever reads the letter in takes nothing from it. */
export interface MailFacts {
  readonly personName: string;
  readonly controllerName: string;
  readonly meetingTitle: string | null;
  readonly askedAt: number;
}

/**
 * The text of an e-mail to whoever recorded: sentences that somebody understands who has never heard of a signature, and the
 * letter as a block below them. Line feeds alone; no line begins or ends with a space.
 */
export function withdrawalMail(letter: WithdrawalLetter, facts: MailFacts, language: Language): string {
  const of = (scope: WithdrawalScope) =>
    kindsOf(
      letter.withdrawals.map(({ withdrawal }) => withdrawal).filter((one) => (one.scope ?? 'everything') === scope),
    );
  const words = texts[language];
  return mail([
    ...words.withdrawal(facts, list(of('everything'), language), list(of('future'), language)),
    armoured(letterText(letter)),
    facts.personName,
  ]);
}

/** The same in the other direction: what was destroyed, what could not be reached, and how to keep it. */
export function proofMail(letter: ProofLetter, facts: MailFacts, language: Language): string {
  const proofs = letter.erasures.map(({ proof }) => proof);
  const words = texts[language];
  const done = proofs.map(({ scope, kinds, erasedAt, tracks, chatLines }) =>
    words.done(scope, list(kinds, language), words.date(erasedAt), tracks, chatLines),
  );
  const exports = [...new Set(proofs.flatMap((proof) => proof.exports.map((at) => words.date(at))))];
  return mail([
    ...words.proof(facts, done.join('\n')),
    ...(exports.length > 0 ? [words.exports(listed(exports, words.and))] : []),
    words.keep,
    armoured(letterText(letter)),
    facts.controllerName,
  ]);
}

const mail = (paragraphs: readonly string[]) => `${paragraphs.filter((one) => one !== '').join('\n\n')}\n`;

function kindsOf(withdrawals: readonly { readonly kinds: readonly RecordingKind[] }[]): readonly RecordingKind[] {
  return recordingKinds.filter((kind) => withdrawals.some(({ kinds }) => kinds.includes(kind)));
}

const kindNames = {
  de: {
    audio: 'Ton',
    video: 'Bild',
    screen: 'geteilter Bildschirm',
    chat: 'Chat-Nachrichten',
    summary: 'Zusammenfassung',
    clip: 'Einwilligungs-Clip',
  },
  en: {
    audio: 'sound',
    video: 'picture',
    screen: 'shared screen',
    chat: 'chat messages',
    summary: 'summary',
    clip: 'consent clip',
  },
} as const satisfies Record<Language, Record<RecordingKind, string>>;

function list(kinds: readonly RecordingKind[], language: Language): string {
  return listed(
    kinds.map((kind) => kindNames[language][kind]),
    texts[language].and,
  );
}

/** Not Intl: its data differ between versions. */
function listed(parts: readonly string[], and: string): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

interface Texts {
  readonly and: string;
  date(at: number): string;
  withdrawal(facts: MailFacts, destroyed: string, stopped: string): readonly string[];
  proof(facts: MailFacts, done: string): readonly string[];
  done(scope: WithdrawalScope, kinds: string, date: string, files: number, lines: number): string;
  exports(dates: string): string;
  readonly keep: string;
}

const texts: Readonly<Record<Language, Texts>> = {
  de: {
    and: 'und',
    date: germanDate,
    withdrawal: (facts, destroyed, stopped) => [
      `Guten Tag ${facts.controllerName},`,
      `hiermit nehme ich meine Einwilligung in die Aufzeichnung ${germanRecording(facts)} zurück.`,
      destroyed && `Bitte löschen Sie, was davon aufgezeichnet ist: ${destroyed}.`,
      stopped && `Bitte zeichnen Sie davon nichts weiter auf: ${stopped}.`,
      'So geht es: Öffnen Sie Konklave auf dem Computer, mit dem Sie aufgezeichnet haben. Wählen Sie oben „Aufnahmen“, dann „Nachricht einlesen“, und fügen Sie diese ganze E-Mail ein. Konklave prüft meine Unterschrift, löscht, und gibt Ihnen eine unterschriebene Bestätigung. Die schicken Sie mir bitte zurück.',
      'Meine Unterschrift steht in diesem Block. Bitte lassen Sie ihn, wie er ist:',
    ],
    proof: (facts, done) => [
      `Guten Tag ${facts.personName},`,
      `Sie haben Ihre Einwilligung in die Aufzeichnung ${germanRecording(facts)} zurückgenommen. Das ist geschehen:`,
      done,
    ],
    done: (scope, kinds, date, files, lines) =>
      scope === 'future'
        ? `- Am ${date} beendet: ${kinds}. Was bis dahin aufgezeichnet war, bleibt.`
        : `- Am ${date} unwiderruflich gelöscht: ${kinds} (${germanCount(files, lines)}).`,
    exports: (dates) =>
      `Nicht erreichen kann das Programm Kopien, die vorher als Datei exportiert wurden, am ${dates}. Diese müssen von Hand gelöscht werden.`,
    keep: 'So bewahren Sie die Bestätigung auf: Öffnen Sie Konklave, wählen Sie oben „Einwilligungen“, dann „Nachricht einlesen“, und fügen Sie diese ganze E-Mail ein. Die Unterschrift steht in diesem Block:',
  },
  en: {
    and: 'and',
    date: englishDate,
    withdrawal: (facts, destroyed, stopped) => [
      `Dear ${facts.controllerName},`,
      `I take back my consent to the recording ${englishRecording(facts)}.`,
      destroyed && `Please delete what was recorded of it: ${destroyed}.`,
      stopped && `Please record no more of it: ${stopped}.`,
      'How to do it: open Konklave on the computer you recorded with. Choose “Recordings” at the top, then “Read in a message”, and paste this whole e-mail. Konklave checks my signature, deletes, and gives you a signed confirmation. Please send that back to me.',
      'My signature is in this block. Please leave it as it is:',
    ],
    proof: (facts, done) => [
      `Dear ${facts.personName},`,
      `You took back your consent to the recording ${englishRecording(facts)}. This has been done:`,
      done,
    ],
    done: (scope, kinds, date, files, lines) =>
      scope === 'future'
        ? `- Ended on ${date}: ${kinds}. What had been recorded by then stays.`
        : `- Deleted for good on ${date}: ${kinds} (${englishCount(files, lines)}).`,
    exports: (dates) =>
      `The program cannot reach copies that had been exported as files before, on ${dates}. They have to be deleted by hand.`,
    keep: 'How to keep this confirmation: open Konklave, choose “Consents” at the top, then “Read in a message”, and paste this whole e-mail. The signature is in this block:',
  },
};

const germanRecording = ({ meetingTitle, askedAt }: MailFacts) =>
  `${meetingTitle === null ? '' : `der Besprechung „${meetingTitle}“ `}vom ${germanDate(askedAt)}`;
const englishRecording = ({ meetingTitle, askedAt }: MailFacts) =>
  `${meetingTitle === null ? '' : `of the meeting “${meetingTitle}” `}on ${englishDate(askedAt)}`;
const germanCount = (files: number, lines: number) =>
  counted([files, 'eine Datei', 'Dateien'], [lines, 'eine Chatzeile', 'Chatzeilen']) || 'gespeichert war davon nichts';
const englishCount = (files: number, lines: number) =>
  counted([files, '1 file', 'files'], [lines, '1 chat line', 'chat lines']) || 'nothing of it was stored';
const counted = (...things: readonly (readonly [number, string, string])[]) =>
  things.flatMap(([count, one, many]) => (count === 0 ? [] : [count === 1 ? one : `${count} ${many}`])).join(', ');
