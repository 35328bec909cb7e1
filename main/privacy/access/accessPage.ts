import type { RecordingKind } from '../../../common/consent/models';
import type { Language } from '../../../common/meeting/models';
import type { AccessDocument } from './accessDocument';
import { accessWords } from './accessWords';

/**
 * The same as a page for people: one HTML file that needs nothing else, runs nothing and links only to files beside it.
 * Everything that people wrote is escaped.
 */
export function accessPage(document: AccessDocument, language: Language): string {
  const words = accessWords[language];
  const { person, controller, kept, meetings, chat, recordings, consents } = document;
  const date = (at: number) => dateIn(language, at);
  const time = (at: number) => dateIn(language, at, true);
  const contact = controller.contact === '' ? words.noContact : controller.contact;
  const section = (title: string, content: readonly string[]) =>
    `<section><h2>${escaped(title)}</h2>${content.length === 0 ? `<p>${escaped(words.none)}</p>` : content.join('\n')}</section>`;
  const list = (items: readonly string[]) =>
    items.length === 0 ? [] : [`<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`];

  const body = [
    `<h1>${escaped(words.title(person.name))}</h1>`,
    `<p>${escaped(words.intro(controller.name, time(document.createdAt)))}</p>`,
    `<p>${escaped(words.redacted)}</p>`,
    person.otherNames.length === 0
      ? ''
      : `<p>${escaped(words.alsoAs)}: ${person.otherNames.map(escaped).join(', ')}</p>`,
    `<p>${escaped(words.controller)}: <strong>${escaped(controller.name)}</strong> (${escaped(contact)})</p>`,
    section(words.kept, [
      `<table><thead><tr>${words.columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead><tbody>`,
      ...kept.map(({ kind, title, since, until, basis }) => {
        const what = `${escaped(words.kinds[kind])}${title === null ? '' : `<br><small>${escaped(title)}</small>`}`;
        const end = until === null ? escaped(words.held) : escaped(date(until));
        return `<tr><td>${what}</td><td>${escaped(date(since))}</td><td>${end}</td><td>${escaped(words.bases[basis])}</td></tr>`;
      }),
      '</tbody></table>',
    ]),
    section(
      words.meetings,
      list(
        meetings.map(
          ({ title, startedAt, otherParticipants }) =>
            `${escaped(time(startedAt))}: ${escaped(title)} (${escaped(words.others(otherParticipants))})`,
        ),
      ),
    ),
    section(
      words.chat,
      list(
        chat.map(
          ({ meeting, sentAt, text }) => `<small>${escaped(`${time(sentAt)}, ${meeting}`)}</small><br>${lines(text)}`,
        ),
      ),
    ),
    section(
      words.recordings,
      recordings.map(({ title, purpose, startedAt, exportedAt, tracks }) =>
        [
          `<h3>${escaped(title)}</h3><p>${escaped(time(startedAt))}. ${escaped(words.purpose)}: ${escaped(purpose)}</p>`,
          exportedAt.length === 0
            ? ''
            : `<p>${escaped(words.exported)} ${escaped(exportedAt.map(date).join(', '))}</p>`,
          ...list(
            tracks.map(({ kind, file, missing }) =>
              file === null
                ? escaped(`${words.tracks[kind]}: ${words.missing[missing ?? 'damaged']}`)
                : link(file, words.tracks[kind]),
            ),
          ),
        ].join('\n'),
      ),
    ),
    section(
      words.consents,
      consents.map(({ recording, answeredAt, decisions, withdrawals, noticeText, file }) => {
        const named = (yes: boolean) =>
          Object.entries(decisions)
            .filter(([, decision]) => decision === yes)
            .map(([kind]) => words.tracks[kind as RecordingKind]);
        const facts = [
          `${words.answered}: ${time(answeredAt)}`,
          ...(named(true).length > 0 ? [`${words.yesTo} ${named(true).join(', ')}`] : []),
          ...(named(false).length > 0 ? [`${words.noTo} ${named(false).join(', ')}`] : []),
          ...withdrawals.map(({ withdrawnAt }) => `${words.takenBack}: ${time(withdrawnAt)}`),
        ];
        return [
          recording === null ? '' : `<h3>${escaped(recording)}</h3>`,
          ...list(facts.map(escaped)),
          `<blockquote>${lines(noticeText)}</blockquote><p>${link(file, words.signed)}</p>`,
        ].join('\n');
      }),
    ),
    section(
      words.aboutTitle,
      words.about.map((text) => `<p>${escaped(text)}</p>`),
    ),
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(words.title(person.name))}</title><style>${style}</style></head><body>`,
    ...body.filter((part) => part !== ''),
    '</body></html>\n',
  ].join('\n');
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2422;background:#fff}
h1{font-size:1.7rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #ccc}h3{font-size:1rem;margin-bottom:0}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #ddd}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid #ccc;color:#444}small{color:#555}`;

function link(file: string, label: string): string {
  return `<a href="${escaped(file)}">${escaped(label)}</a> <small>${escaped(file)}</small>`;
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function dateIn(language: Language, at: number, withTime = false): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    ...(withTime ? { timeStyle: 'short' } : {}),
  }).format(at);
}
