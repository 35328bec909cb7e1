import type { Language } from '../meeting/models';
import { limits } from '../meeting/limits';
import { deleteAfter } from '../recording/retention';
import { termsOf, type ConsentRequest, type RecordingKind } from './models';
import { englishDate, germanDate } from './noticeDate';
import { noticeTextV1 } from './noticeTextV1';
import { purposeOf } from './purposeTemplates';

/** Raised with every change of the wording below: receipts name it, and older texts must be renderable to be verified. */
export const noticeVersion = 2;

/**
 * The full text a person is asked to agree to. Pure: the same request, language and version give the same text on every
 * machine, in every time zone, so that host and guest can compare its hash. Paragraphs are separated by an empty line;
 * each begins with its heading and a colon, except the first. Null for a version this program does not know.
 *
 * It covers what Art. 7 and Art. 13 GDPR ask for: who, for what, what, how long, where, on which ground, that it is
 * free, and how to take it back.
 */
export function noticeTextOf(version: number, request: ConsentRequest, language: Language): string | null {
  switch (version) {
    case 1:
      return noticeTextV1(request, language);
    case noticeVersion:
      return noticeText(request, language);
    default:
      return null;
  }
}

/** The same in the wording that people are asked with now. */
export function noticeText(request: ConsentRequest, language: Language): string {
  switch (language) {
    case 'de':
      return german(request).join('\n\n');
    case 'en':
      return english(request).join('\n\n');
  }
}

function german(request: ConsentRequest): string[] {
  const { controllerName: name, controllerContact, requestedAt, retentionDays } = request;
  const { kinds, policy, answerSeconds, clipRetentionDays, pauseForDecliners } = termsOf(request);
  const contact = controllerContact === '' ? '' : ` Kontakt: ${controllerContact}.`;
  const days = (count: number) => (count === 1 ? 'einen Tag' : `${count} Tage`);
  const until = (count: number) => `${germanDate(deleteAfter(requestedAt, count))} (UTC)`;
  const what: Readonly<Record<RecordingKind, string>> = {
    audio: 'Ihren Ton (was Ihr Mikrofon überträgt)',
    video: 'Ihr Bild (was Ihre Kamera überträgt)',
    screen: 'Ihren Bildschirm (was Sie davon teilen)',
    chat: 'Ihre Chat-Nachrichten (Text, Name und Zeitpunkt)',
    summary: `eine Zusammenfassung dessen, was Sie sagen (auf dem Computer von ${name} erstellt)`,
    clip: `einen Einwilligungs-Clip (die ersten ${limits.clipSeconds} Sekunden, in denen Sie Ihr Ja sagen oder zeigen, als Nachweis)`,
  };
  const clip =
    clipRetentionDays === null
      ? ''
      : ` Der Einwilligungs-Clip bleibt als Nachweis höchstens ${days(clipRetentionDays)}, bis zum ${until(clipRetentionDays)}, auch wenn die übrige Aufzeichnung früher gelöscht ist.`;
  const chat = kinds.includes('chat') ? ', auch Ihre Chat-Nachrichten dieser Besprechung' : '';
  return [
    `${name} möchte diese Besprechung aufzeichnen und bittet Sie um Ihre Einwilligung (Anfrage vom ${germanDate(requestedAt)}).`,
    `Wer aufzeichnet: ${name}. Diese Person ist für die Aufzeichnung verantwortlich.${contact}`,
    `Wozu: ${purposeOf(request, 'de')}`,
    `Was: Sie entscheiden einzeln über ${listed(
      kinds.map((kind) => what[kind]),
      'und',
    )}. Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja.`,
    policy === 'everybody'
      ? 'Wer: Aufgezeichnet wird nur, solange alle Anwesenden Ja gesagt haben, je für Ton, Bild und alles andere einzeln. Kommt jemand dazu oder sagt jemand Nein, setzt die Aufzeichnung aus.'
      : `Wer: Aufgezeichnet wird, wer Ja sagt; die anderen nicht. Spricht jemand, der nicht aufgezeichnet wird, kann die Stimme leise über den Lautsprecher eines anderen mit aufgenommen werden; Kopfhörer verhindern das.${pauseForDecliners ? ' Solange jemand ohne Einwilligung in den Ton spricht, setzt die Aufzeichnung des Tons aller anderen aus.' : ''}`,
    `Wie lange: höchstens ${days(retentionDays)}, bis zum ${until(retentionDays)}. Danach löscht das Programm die Aufzeichnung von selbst, sobald es läuft.${clip}`,
    `Wo: verschlüsselt und nur auf dem Computer von ${name}. Es gibt keinen Server und keinen Anbieter, der sie speichert. Wird die Aufzeichnung als Datei exportiert, kann das Programm diese Kopie später nicht mehr löschen; das muss ${name} selbst tun.`,
    `Freiwillig: Ein Nein hat für Sie keine Nachteile. Sie bleiben in der Besprechung und können sprechen, sehen und chatten wie alle anderen; nur aufgezeichnet werden Sie nicht. Keine Antwort innerhalb von ${germanDuration(answerSeconds)} gilt als Nein; zustimmen können Sie auch später noch.`,
    `Widerruf: Sie können Ihr Ja jederzeit ganz oder teilweise zurücknehmen, in der Besprechung mit einem Klick, danach in diesem Programm unter „Einwilligungen“. In der Besprechung wählen Sie, ob von da an nichts mehr aufgezeichnet oder ob alles gelöscht wird, was von Ihnen aufgezeichnet ist${chat}; danach wird gelöscht. Der Widerruf erreicht ${name} sofort, bei der nächsten Verbindung oder als Datei oder E-Mail von Ihnen; das Löschen wird Ihnen mit einer Unterschrift bestätigt. Was vor dem Widerruf geschah, bleibt rechtmäßig.`,
    'Nachweis: Ihre Antwort wird mit diesem Text und den Unterschriften beider Seiten auf beiden Computern gespeichert, auch ein Nein.',
    `Ihre Rechte: Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO). Sie können von ${name} Auskunft, Berichtigung, Löschung, Einschränkung und Ihre Daten in übertragbarer Form verlangen und sich bei einer Datenschutz-Aufsichtsbehörde beschweren.`,
  ];
}

function english(request: ConsentRequest): string[] {
  const { controllerName: name, controllerContact, requestedAt, retentionDays } = request;
  const { kinds, policy, answerSeconds, clipRetentionDays, pauseForDecliners } = termsOf(request);
  const contact = controllerContact === '' ? '' : ` Contact: ${controllerContact}.`;
  const days = (count: number) => (count === 1 ? 'one day' : `${count} days`);
  const until = (count: number) => `${englishDate(deleteAfter(requestedAt, count))} (UTC)`;
  const what: Readonly<Record<RecordingKind, string>> = {
    audio: 'your sound (what your microphone sends)',
    video: 'your picture (what your camera sends)',
    screen: 'your screen (what you share of it)',
    chat: 'your chat messages (text, name and time)',
    summary: `a summary of what you say (made on the computer of ${name})`,
    clip: `a consent clip (the first ${limits.clipSeconds} seconds, in which you say or show your yes, as proof)`,
  };
  const clip =
    clipRetentionDays === null
      ? ''
      : ` The consent clip stays as proof for at most ${days(clipRetentionDays)}, until ${until(clipRetentionDays)}, even if the rest of the recording is deleted earlier.`;
  const chat = kinds.includes('chat') ? ', your chat messages of this meeting included' : '';
  return [
    `${name} would like to record this meeting and asks for your consent (asked on ${englishDate(requestedAt)}).`,
    `Who records: ${name}. This person is responsible for the recording.${contact}`,
    `What for: ${purposeOf(request, 'en')}`,
    `What: you decide separately about ${listed(
      kinds.map((kind) => what[kind]),
      'and',
    )}. Only what you say yes to is recorded, and only from your yes on.`,
    policy === 'everybody'
      ? 'Who: the meeting is recorded only while everybody in it has said yes, for sound, picture and everything else separately. When somebody joins or says no, recording pauses.'
      : `Who: those who say yes are recorded; the others are not. When somebody speaks who is not recorded, their voice may be picked up faintly through somebody else's loudspeaker; headphones prevent that.${pauseForDecliners ? ' While somebody speaks who has not agreed to their sound, recording of the sound of all others pauses.' : ''}`,
    `How long: at most ${days(retentionDays)}, until ${until(retentionDays)}. After that the program deletes the recording by itself, as soon as it runs.${clip}`,
    `Where: encrypted, and only on the computer of ${name}. There is no server and no provider that stores it. If the recording is exported as a file, the program cannot delete that copy later; ${name} has to do so.`,
    `Voluntary: saying no has no disadvantage for you. You stay in the meeting and can speak, see and chat like everyone else; you are just not recorded. No answer within ${englishDuration(answerSeconds)} counts as no; you can still agree later.`,
    `Taking it back: you can take back your yes at any time, in whole or in part, in the meeting with one click, afterwards in this program under “Consents”. In the meeting you choose whether nothing more is recorded from then on or whether everything recorded of you is deleted${chat}; afterwards it is deleted. The withdrawal reaches ${name} at once, with the next connection, or as a file or e-mail from you; you get a signed confirmation of the deletion. What happened before remains lawful.`,
    'Proof: your answer is kept on both computers with this text and the signatures of both sides, also a no.',
    `Your rights: the legal ground is your consent (Art. 6(1)(a) GDPR). You can ask ${name} for access, rectification, erasure, restriction and your data in a portable form, and complain to a data protection authority.`,
  ];
}

/** `a, b und c` */
function listed(items: readonly string[], and: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}

function germanDuration(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} Sekunden`;
  return seconds === 60 ? 'einer Minute' : `${seconds / 60} Minuten`;
}

function englishDuration(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? 'one minute' : `${seconds / 60} minutes`;
}
