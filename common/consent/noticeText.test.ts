import { describe, expect, test } from 'vitest';
import { consentRequestSchema } from './models';
import { noticeText, noticeVersion } from './noticeText';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const request = consentRequestSchema.parse({
  recordingId: id,
  meetingId: id,
  controllerName: 'Hanna Muster',
  controllerContact: 'datenschutz@example.org',
  controllerKey: 'A'.repeat(43),
  purpose: 'Protokoll der Mandantenbesprechung',
  retentionDays: 14,
  requestedAt: Date.UTC(2026, 11, 20, 23, 59),
});

describe('the consent text', () => {
  test('says in German who, what, why, how long, where, that it is free and how to take it back', () => {
    expect(noticeText(request, 'de')).toMatchInlineSnapshot(`
      "Hanna Muster möchte diese Besprechung aufzeichnen und bittet Sie um Ihre Einwilligung (Anfrage vom 20. Dezember 2026).

      Wer aufzeichnet: Hanna Muster. Diese Person ist für die Aufzeichnung verantwortlich. Kontakt: datenschutz@example.org.

      Wozu: Protokoll der Mandantenbesprechung

      Was: Sie entscheiden einzeln über Ihren Ton (was Ihr Mikrofon überträgt), Ihr Bild (was Ihre Kamera überträgt) und Ihre Chat-Nachrichten (Text, Name und Zeitpunkt). Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja.

      Wie lange: höchstens 14 Tage, bis zum 3. Januar 2027 (UTC). Danach löscht das Programm die Aufzeichnung von selbst, sobald es läuft.

      Wo: verschlüsselt und nur auf dem Computer von Hanna Muster. Es gibt keinen Server und keinen Anbieter, der sie speichert. Wird die Aufzeichnung als Datei exportiert, kann das Programm diese Kopie später nicht mehr löschen; das muss Hanna Muster selbst tun.

      Freiwillig: Ein Nein oder keine Antwort hat für Sie keine Nachteile. Sie bleiben in der Besprechung und können sprechen, sehen und chatten wie alle anderen; nur aufgezeichnet werden Sie nicht.

      Widerruf: Sie können Ihr Ja jederzeit ganz oder teilweise zurücknehmen, in der Besprechung mit einem Klick, danach bei Hanna Muster. Was bis dahin von Ihnen aufgezeichnet wurde, wird sofort gelöscht. Was vor dem Widerruf geschah, bleibt rechtmäßig.

      Nachweis: Ihre Antwort wird mit diesem Text und den Unterschriften beider Seiten auf beiden Computern gespeichert, auch ein Nein.

      Ihre Rechte: Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO). Sie können von Hanna Muster Auskunft, Berichtigung, Löschung, Einschränkung und Ihre Daten in übertragbarer Form verlangen und sich bei einer Datenschutz-Aufsichtsbehörde beschweren."
    `);
  });

  test('says the same in English', () => {
    expect(noticeText(request, 'en')).toMatchInlineSnapshot(`
      "Hanna Muster would like to record this meeting and asks for your consent (asked on 20 December 2026).

      Who records: Hanna Muster. This person is responsible for the recording. Contact: datenschutz@example.org.

      What for: Protokoll der Mandantenbesprechung

      What: you decide separately about your sound (what your microphone sends), your picture (what your camera sends) and your chat messages (text, name and time). Only what you say yes to is recorded, and only from your yes on.

      How long: at most 14 days, until 3 January 2027 (UTC). After that the program deletes the recording by itself, as soon as it runs.

      Where: encrypted, and only on the computer of Hanna Muster. There is no server and no provider that stores it. If the recording is exported as a file, the program cannot delete that copy later; Hanna Muster has to do so.

      Voluntary: saying no, or not answering, has no disadvantage for you. You stay in the meeting and can speak, see and chat like everyone else; you are just not recorded.

      Taking it back: you can take back your yes at any time, in whole or in part, in the meeting with one click, afterwards with Hanna Muster. What was recorded of you until then is deleted at once. What happened before remains lawful.

      Proof: your answer is kept on both computers with this text and the signatures of both sides, also a no.

      Your rights: the legal ground is your consent (Art. 6(1)(a) GDPR). You can ask Hanna Muster for access, rectification, erasure, restriction and your data in a portable form, and complain to a data protection authority."
    `);
  });

  test('both have the same paragraphs, and change with every fact', () => {
    for (const language of ['de', 'en'] as const) {
      const text = noticeText(request, language);
      expect(text.split('\n\n')).toHaveLength(10);
      const changes = [
        { controllerName: 'Otto' },
        { controllerContact: 'else' },
        { controllerContact: '' },
        { purpose: 'Else' },
        { retentionDays: 1 },
        { requestedAt: request.requestedAt + 24 * 60 * 60 * 1000 },
      ];
      for (const change of changes) expect(noticeText({ ...request, ...change }, language)).not.toBe(text);
    }
    expect(noticeText({ ...request, retentionDays: 1 }, 'de')).toContain('höchstens einen Tag, bis zum 21. Dezember');
    expect(noticeText({ ...request, controllerContact: '' }, 'en')).not.toContain('Contact:');
  });

  test('a change of the wording raises the version', () => {
    // When this fails: raise noticeVersion, keep the old wording renderable, and take the new text into the snapshots.
    expect(noticeVersion).toBe(1);
  });
});
