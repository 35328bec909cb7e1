import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonical } from '../protocol/canonical';
import { consentRequestSchema, type ConsentRequest, type ConsentTerms } from './models';
import { noticeText, noticeTextOf, noticeVersion } from './noticeText';
import { currentTemplates, purposeOf, purposeTemplates } from './purposeTemplates';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const before: ConsentRequest = consentRequestSchema.parse({
  recordingId: id,
  meetingId: id,
  controllerName: 'Hanna Muster',
  controllerContact: 'datenschutz@example.org',
  controllerKey: 'A'.repeat(43),
  purpose: 'Protokoll der Mandantenbesprechung',
  retentionDays: 14,
  requestedAt: Date.UTC(2026, 11, 20, 23, 59),
});
const terms: ConsentTerms = {
  ...{ kinds: ['audio', 'video', 'chat'], policy: 'those-who-agree', template: null, answerSeconds: 120 },
  ...{ clipRetentionDays: null, pauseForDecliners: false },
};
const asking = (change: Partial<ConsentTerms> = {}) => ({ ...before, terms: { ...terms, ...change } });
const request = asking();
const everything = asking({
  ...{ kinds: ['audio', 'video', 'screen', 'chat', 'summary', 'clip'], policy: 'everybody', clipRetentionDays: 365 },
  ...{ answerSeconds: 45, template: template('minutes') },
});

function template(name: string) {
  const { id: templateId, version, ...rest } = purposeTemplates.find((one) => one.id === name)!;
  return { id: templateId, version, hash: sha256(canonical({ id: templateId, version, ...rest })) };
}
function sha256(text: string) {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** The paragraph with this heading. */
const paragraph = (text: string, heading: string) => text.split('\n\n').find((one) => one.startsWith(`${heading}:`));

describe('the text of version 1', () => {
  test('says in German who, what, why, how long, where, that it is free and how to take it back', () => {
    expect(noticeTextOf(1, before, 'de')).toMatchInlineSnapshot(`
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
    expect(noticeTextOf(1, before, 'en')).toMatchInlineSnapshot(`
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

  test('is rendered as it was, whatever a request says today', () => {
    // Receipts that name it are verified with it: when this fails, they all fail.
    const hashes = (['de', 'en'] as const).map((language) => sha256(noticeTextOf(1, before, language) ?? ''));
    expect(hashes).toMatchInlineSnapshot(`
      [
        "_NHkykbhclvi6CZJR3pkB_45c0hrYWTgzi7bYCDqP6s",
        "DDABpHbS4wrZ2I3m3WF6AGM9jsquIHXkAnR2SfPePMM",
      ]
    `);
    expect(noticeTextOf(1, everything, 'de')).toBe(noticeTextOf(1, before, 'de'));
    expect([0, 3, 1.5].map((version) => noticeTextOf(version, before, 'de'))).toEqual([null, null, null]);
  });
});

describe('the consent text', () => {
  test('says in German who, what, why, of whom, how long, where, that it is free and how to take it back', () => {
    expect(noticeText(request, 'de')).toMatchInlineSnapshot(`
      "Hanna Muster möchte diese Besprechung aufzeichnen und bittet Sie um Ihre Einwilligung (Anfrage vom 20. Dezember 2026).

      Wer aufzeichnet: Hanna Muster. Diese Person ist für die Aufzeichnung verantwortlich. Kontakt: datenschutz@example.org.

      Wozu: Protokoll der Mandantenbesprechung

      Was: Sie entscheiden einzeln über Ihren Ton (was Ihr Mikrofon überträgt), Ihr Bild (was Ihre Kamera überträgt) und Ihre Chat-Nachrichten (Text, Name und Zeitpunkt). Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja.

      Wer: Aufgezeichnet wird, wer Ja sagt; die anderen nicht. Spricht jemand, der nicht aufgezeichnet wird, kann die Stimme leise über den Lautsprecher eines anderen mit aufgenommen werden; Kopfhörer verhindern das.

      Wie lange: höchstens 14 Tage, bis zum 3. Januar 2027 (UTC). Danach löscht das Programm die Aufzeichnung von selbst, sobald es läuft.

      Wo: verschlüsselt und nur auf dem Computer von Hanna Muster. Es gibt keinen Server und keinen Anbieter, der sie speichert. Wird die Aufzeichnung als Datei exportiert, kann das Programm diese Kopie später nicht mehr löschen; das muss Hanna Muster selbst tun.

      Freiwillig: Ein Nein hat für Sie keine Nachteile. Sie bleiben in der Besprechung und können sprechen, sehen und chatten wie alle anderen; nur aufgezeichnet werden Sie nicht. Keine Antwort innerhalb von 2 Minuten gilt als Nein; zustimmen können Sie auch später noch.

      Widerruf: Sie können Ihr Ja jederzeit ganz oder teilweise zurücknehmen, in der Besprechung mit einem Klick, danach in diesem Programm unter „Einwilligungen“. In der Besprechung wählen Sie, ob von da an nichts mehr aufgezeichnet oder ob alles gelöscht wird, was von Ihnen aufgezeichnet ist, auch Ihre Chat-Nachrichten dieser Besprechung; danach wird gelöscht. Der Widerruf erreicht Hanna Muster sofort, bei der nächsten Verbindung oder als Datei oder E-Mail von Ihnen; das Löschen wird Ihnen mit einer Unterschrift bestätigt. Was vor dem Widerruf geschah, bleibt rechtmäßig.

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

      Who: those who say yes are recorded; the others are not. When somebody speaks who is not recorded, their voice may be picked up faintly through somebody else's loudspeaker; headphones prevent that.

      How long: at most 14 days, until 3 January 2027 (UTC). After that the program deletes the recording by itself, as soon as it runs.

      Where: encrypted, and only on the computer of Hanna Muster. There is no server and no provider that stores it. If the recording is exported as a file, the program cannot delete that copy later; Hanna Muster has to do so.

      Voluntary: saying no has no disadvantage for you. You stay in the meeting and can speak, see and chat like everyone else; you are just not recorded. No answer within 2 minutes counts as no; you can still agree later.

      Taking it back: you can take back your yes at any time, in whole or in part, in the meeting with one click, afterwards in this program under “Consents”. In the meeting you choose whether nothing more is recorded from then on or whether everything recorded of you is deleted, your chat messages of this meeting included; afterwards it is deleted. The withdrawal reaches Hanna Muster at once, with the next connection, or as a file or e-mail from you; you get a signed confirmation of the deletion. What happened before remains lawful.

      Proof: your answer is kept on both computers with this text and the signatures of both sides, also a no.

      Your rights: the legal ground is your consent (Art. 6(1)(a) GDPR). You can ask Hanna Muster for access, rectification, erasure, restriction and your data in a portable form, and complain to a data protection authority."
    `);
  });

  test('of everything that can be asked, where everybody has to agree, in German', () => {
    expect(noticeText(everything, 'de')).toMatchInlineSnapshot(`
      "Hanna Muster möchte diese Besprechung aufzeichnen und bittet Sie um Ihre Einwilligung (Anfrage vom 20. Dezember 2026).

      Wer aufzeichnet: Hanna Muster. Diese Person ist für die Aufzeichnung verantwortlich. Kontakt: datenschutz@example.org.

      Wozu: Protokoll: Aus der Aufnahme wird das Protokoll dieser Besprechung geschrieben. Danach wird sie gelöscht.

      Was: Sie entscheiden einzeln über Ihren Ton (was Ihr Mikrofon überträgt), Ihr Bild (was Ihre Kamera überträgt), Ihren Bildschirm (was Sie davon teilen), Ihre Chat-Nachrichten (Text, Name und Zeitpunkt), eine Zusammenfassung dessen, was Sie sagen (auf dem Computer von Hanna Muster erstellt) und einen Einwilligungs-Clip (die ersten 10 Sekunden, in denen Sie Ihr Ja sagen oder zeigen, als Nachweis). Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja.

      Wer: Aufgezeichnet wird nur, solange alle Anwesenden Ja gesagt haben, je für Ton, Bild und alles andere einzeln. Kommt jemand dazu oder sagt jemand Nein, setzt die Aufzeichnung aus.

      Wie lange: höchstens 14 Tage, bis zum 3. Januar 2027 (UTC). Danach löscht das Programm die Aufzeichnung von selbst, sobald es läuft. Der Einwilligungs-Clip bleibt als Nachweis höchstens 365 Tage, bis zum 20. Dezember 2027 (UTC), auch wenn die übrige Aufzeichnung früher gelöscht ist.

      Wo: verschlüsselt und nur auf dem Computer von Hanna Muster. Es gibt keinen Server und keinen Anbieter, der sie speichert. Wird die Aufzeichnung als Datei exportiert, kann das Programm diese Kopie später nicht mehr löschen; das muss Hanna Muster selbst tun.

      Freiwillig: Ein Nein hat für Sie keine Nachteile. Sie bleiben in der Besprechung und können sprechen, sehen und chatten wie alle anderen; nur aufgezeichnet werden Sie nicht. Keine Antwort innerhalb von 45 Sekunden gilt als Nein; zustimmen können Sie auch später noch.

      Widerruf: Sie können Ihr Ja jederzeit ganz oder teilweise zurücknehmen, in der Besprechung mit einem Klick, danach in diesem Programm unter „Einwilligungen“. In der Besprechung wählen Sie, ob von da an nichts mehr aufgezeichnet oder ob alles gelöscht wird, was von Ihnen aufgezeichnet ist, auch Ihre Chat-Nachrichten dieser Besprechung; danach wird gelöscht. Der Widerruf erreicht Hanna Muster sofort, bei der nächsten Verbindung oder als Datei oder E-Mail von Ihnen; das Löschen wird Ihnen mit einer Unterschrift bestätigt. Was vor dem Widerruf geschah, bleibt rechtmäßig.

      Nachweis: Ihre Antwort wird mit diesem Text und den Unterschriften beider Seiten auf beiden Computern gespeichert, auch ein Nein.

      Ihre Rechte: Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO). Sie können von Hanna Muster Auskunft, Berichtigung, Löschung, Einschränkung und Ihre Daten in übertragbarer Form verlangen und sich bei einer Datenschutz-Aufsichtsbehörde beschweren."
    `);
  });

  test('of everything that can be asked, where everybody has to agree, in English', () => {
    expect(noticeText(everything, 'en')).toMatchInlineSnapshot(`
      "Hanna Muster would like to record this meeting and asks for your consent (asked on 20 December 2026).

      Who records: Hanna Muster. This person is responsible for the recording. Contact: datenschutz@example.org.

      What for: Minutes: the minutes of this meeting are written from the recording. After that it is deleted.

      What: you decide separately about your sound (what your microphone sends), your picture (what your camera sends), your screen (what you share of it), your chat messages (text, name and time), a summary of what you say (made on the computer of Hanna Muster) and a consent clip (the first 10 seconds, in which you say or show your yes, as proof). Only what you say yes to is recorded, and only from your yes on.

      Who: the meeting is recorded only while everybody in it has said yes, for sound, picture and everything else separately. When somebody joins or says no, recording pauses.

      How long: at most 14 days, until 3 January 2027 (UTC). After that the program deletes the recording by itself, as soon as it runs. The consent clip stays as proof for at most 365 days, until 20 December 2027 (UTC), even if the rest of the recording is deleted earlier.

      Where: encrypted, and only on the computer of Hanna Muster. There is no server and no provider that stores it. If the recording is exported as a file, the program cannot delete that copy later; Hanna Muster has to do so.

      Voluntary: saying no has no disadvantage for you. You stay in the meeting and can speak, see and chat like everyone else; you are just not recorded. No answer within 45 seconds counts as no; you can still agree later.

      Taking it back: you can take back your yes at any time, in whole or in part, in the meeting with one click, afterwards in this program under “Consents”. In the meeting you choose whether nothing more is recorded from then on or whether everything recorded of you is deleted, your chat messages of this meeting included; afterwards it is deleted. The withdrawal reaches Hanna Muster at once, with the next connection, or as a file or e-mail from you; you get a signed confirmation of the deletion. What happened before remains lawful.

      Proof: your answer is kept on both computers with this text and the signatures of both sides, also a no.

      Your rights: the legal ground is your consent (Art. 6(1)(a) GDPR). You can ask Hanna Muster for access, rectification, erasure, restriction and your data in a portable form, and complain to a data protection authority."
    `);
  });

  test('says whose sound pauses while somebody speaks who has not agreed', () => {
    const pausing = asking({ pauseForDecliners: true });
    expect(paragraph(noticeText(pausing, 'de'), 'Wer')).toMatchInlineSnapshot(
      `"Wer: Aufgezeichnet wird, wer Ja sagt; die anderen nicht. Spricht jemand, der nicht aufgezeichnet wird, kann die Stimme leise über den Lautsprecher eines anderen mit aufgenommen werden; Kopfhörer verhindern das. Solange jemand ohne Einwilligung in den Ton spricht, setzt die Aufzeichnung des Tons aller anderen aus."`,
    );
    expect(paragraph(noticeText(pausing, 'en'), 'Who')).toMatchInlineSnapshot(
      `"Who: those who say yes are recorded; the others are not. When somebody speaks who is not recorded, their voice may be picked up faintly through somebody else's loudspeaker; headphones prevent that. While somebody speaks who has not agreed to their sound, recording of the sound of all others pauses."`,
    );
  });

  test('of one kind, one day and one minute is plain language too', () => {
    const short = { ...asking({ kinds: ['audio'], answerSeconds: 60 }), retentionDays: 1, controllerContact: '' };
    expect(paragraph(noticeText(short, 'de'), 'Was')).toMatchInlineSnapshot(
      `"Was: Sie entscheiden einzeln über Ihren Ton (was Ihr Mikrofon überträgt). Aufgezeichnet wird nur, wozu Sie Ja sagen, und erst ab Ihrem Ja."`,
    );
    expect(noticeText(short, 'de')).toContain('höchstens einen Tag, bis zum 21. Dezember 2026 (UTC)');
    expect(noticeText(short, 'de')).toContain('innerhalb von einer Minute gilt als Nein');
    expect(noticeText(short, 'en')).toContain('at most one day, until 21 December 2026 (UTC)');
    expect(noticeText(short, 'en')).toContain('No answer within one minute counts as no');
    for (const language of ['de', 'en'] as const) expect(noticeText(short, language)).not.toMatch(/Kontakt:|Contact:/);
    // Not asked for, so not spoken of.
    expect(noticeText(short, 'de')).not.toContain('Chat-Nachrichten');
    expect(noticeText(short, 'en')).not.toContain('chat messages');
  });

  test('both have the same paragraphs, and change with every fact', () => {
    for (const language of ['de', 'en'] as const) {
      const text = noticeText(request, language);
      expect(text.split('\n\n')).toHaveLength(11);
      const changes: ConsentRequest[] = [
        { ...request, controllerName: 'Otto' },
        { ...request, controllerContact: 'else' },
        { ...request, controllerContact: '' },
        { ...request, purpose: 'Else' },
        { ...request, retentionDays: 1 },
        { ...request, requestedAt: request.requestedAt + 24 * 60 * 60 * 1000 },
        asking({ kinds: ['audio', 'video'] }),
        asking({ kinds: ['audio', 'video', 'screen'] }),
        asking({ kinds: ['audio', 'video', 'chat', 'clip'], clipRetentionDays: 30 }),
        asking({ policy: 'everybody' }),
        asking({ answerSeconds: 60 }),
        asking({ pauseForDecliners: true }),
        asking({ template: template('minutes') }),
      ];
      const texts = changes.map((change) => noticeText(change, language));
      expect(new Set([text, ...texts]).size).toBe(changes.length + 1);
    }
  });

  test('says what a text of the library says, in the reader’s language, and the host’s own words as they are', () => {
    const named = asking({ template: template('training') });
    for (const language of ['de', 'en'] as const) {
      const words = currentTemplates().find((one) => one.id === 'training')!.texts[language];
      expect(purposeOf(named, language)).toBe(words);
      expect(noticeText(named, language)).toContain(words);
      expect(purposeOf(request, language)).toBe(before.purpose);
    }
  });

  test('a change of the wording raises the version', () => {
    // When this fails: raise noticeVersion, keep the old wording renderable, and take the new text into the snapshots.
    expect(noticeVersion).toBe(2);
  });
});

describe('the library of purposes', () => {
  test('is what receipts name: another wording is another version of that text', () => {
    // When this fails: put the old wording back, add the new one with the next version, and raise noticeVersion.
    expect([noticeVersion, sha256(canonical(purposeTemplates))]).toMatchInlineSnapshot(`
      [
        2,
        "6sCF-nl2C3cpfPmZpTFsAWAX5Zr_MPWzIivKNufrFi4",
      ]
    `);
  });

  test('names each text and version once, in both languages', () => {
    const names = purposeTemplates.map(({ id: name, version }) => `${name} ${version}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { texts } of purposeTemplates) expect(Object.keys(texts).sort()).toEqual(['de', 'en']);
    expect(new Set(currentTemplates().map(({ id: name }) => name)).size).toBe(currentTemplates().length);
  });
});
