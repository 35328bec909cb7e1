import type { Language } from '../meeting/models';
import { deleteAfter } from '../recording/retention';
import { englishDate, germanDate } from './noticeDate';
import type { ConsentRequest } from './models';

/**
 * The text of version 1, for requests without terms. Kept so that receipts that name it can be verified; never changed.
 */
export function noticeTextV1(request: ConsentRequest, language: Language): string {
  switch (language) {
    case 'de':
      return german(request).join('\n\n');
    case 'en':
      return english(request).join('\n\n');
  }
}

function german(request: ConsentRequest): string[] {
  const { controllerName, controllerContact, purpose, retentionDays } = request;
  const contact = controllerContact === '' ? '' : ` Kontakt: ${controllerContact}.`;
  const days = retentionDays === 1 ? 'einen Tag' : `${retentionDays} Tage`;
  const until = germanDate(deleteAfter(request.requestedAt, retentionDays));
  return [
    `${controllerName} möchte diese Besprechung aufzeichnen und bittet Sie um Ihre Einwilligung (Anfrage vom ${germanDate(request.requestedAt)}).`,
    `Wer aufzeichnet: ${controllerName}. Diese Person ist für die Aufzeichnung verantwortlich.${contact}`,
    `Wozu: ${purpose}`,
    'Was: Sie entscheiden einzeln über Ihren Ton (was Ihr Mikrofon überträgt), Ihr Bild (was Ihre Kamera überträgt) und Ihre Chat-Nachrichten (Text, Name und Zeitpunkt). Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja.',
    `Wie lange: höchstens ${days}, bis zum ${until} (UTC). Danach löscht das Programm die Aufzeichnung von selbst, sobald es läuft.`,
    `Wo: verschlüsselt und nur auf dem Computer von ${controllerName}. Es gibt keinen Server und keinen Anbieter, der sie speichert. Wird die Aufzeichnung als Datei exportiert, kann das Programm diese Kopie später nicht mehr löschen; das muss ${controllerName} selbst tun.`,
    'Freiwillig: Ein Nein oder keine Antwort hat für Sie keine Nachteile. Sie bleiben in der Besprechung und können sprechen, sehen und chatten wie alle anderen; nur aufgezeichnet werden Sie nicht.',
    `Widerruf: Sie können Ihr Ja jederzeit ganz oder teilweise zurücknehmen, in der Besprechung mit einem Klick, danach bei ${controllerName}. Was bis dahin von Ihnen aufgezeichnet wurde, wird sofort gelöscht. Was vor dem Widerruf geschah, bleibt rechtmäßig.`,
    'Nachweis: Ihre Antwort wird mit diesem Text und den Unterschriften beider Seiten auf beiden Computern gespeichert, auch ein Nein.',
    `Ihre Rechte: Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO). Sie können von ${controllerName} Auskunft, Berichtigung, Löschung, Einschränkung und Ihre Daten in übertragbarer Form verlangen und sich bei einer Datenschutz-Aufsichtsbehörde beschweren.`,
  ];
}

function english(request: ConsentRequest): string[] {
  const { controllerName, controllerContact, purpose, retentionDays } = request;
  const contact = controllerContact === '' ? '' : ` Contact: ${controllerContact}.`;
  const days = retentionDays === 1 ? 'one day' : `${retentionDays} days`;
  const until = englishDate(deleteAfter(request.requestedAt, retentionDays));
  return [
    `${controllerName} would like to record this meeting and asks for your consent (asked on ${englishDate(request.requestedAt)}).`,
    `Who records: ${controllerName}. This person is responsible for the recording.${contact}`,
    `What for: ${purpose}`,
    'What: you decide separately about your sound (what your microphone sends), your picture (what your camera sends) and your chat messages (text, name and time). Only what you say yes to is recorded, and only from your yes on.',
    `How long: at most ${days}, until ${until} (UTC). After that the program deletes the recording by itself, as soon as it runs.`,
    `Where: encrypted, and only on the computer of ${controllerName}. There is no server and no provider that stores it. If the recording is exported as a file, the program cannot delete that copy later; ${controllerName} has to do so.`,
    'Voluntary: saying no, or not answering, has no disadvantage for you. You stay in the meeting and can speak, see and chat like everyone else; you are just not recorded.',
    `Taking it back: you can take back your yes at any time, in whole or in part, in the meeting with one click, afterwards with ${controllerName}. What was recorded of you until then is deleted at once. What happened before remains lawful.`,
    'Proof: your answer is kept on both computers with this text and the signatures of both sides, also a no.',
    `Your rights: the legal ground is your consent (Art. 6(1)(a) GDPR). You can ask ${controllerName} for access, rectification, erasure, restriction and your data in a portable form, and complain to a data protection authority.`,
  ];
}
