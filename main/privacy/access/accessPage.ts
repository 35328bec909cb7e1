import type { RecordingKind } from '../../../common/consent/models';
import type { Language } from '../../../common/meeting/models';
import type { AccessDocument } from './accessDocument';
import { registrationLabels } from '../registrations/registrationLabels';
import { accessWords } from './accessWords';
import { standingSection } from './standingSection';
import { escapeHtml, pageOf } from '../../documents/htmlPage';

/**
 * The same as a page for people: one HTML file that needs nothing else, runs nothing and links only to files beside it.
 * Everything that people wrote is escaped.
 */
export function accessPage(document: AccessDocument, language: Language): string {
  const words = accessWords[language];
  const { person, controller, kept, meetings, registrations, chat, recordings, consents, requests, standing } =
    document;
  const { noticesRead, noticeOfPerson } = document;
  const date = (at: number) => dateIn(language, at);
  const time = (at: number) => dateIn(language, at, true);
  const contact = controller.contact === '' ? words.noContact : controller.contact;
  const section = (title: string, content: readonly string[]) =>
    `<section><h2>${escapeHtml(title)}</h2>${content.length === 0 ? `<p>${escapeHtml(words.none)}</p>` : content.join('\n')}</section>`;
  const list = (items: readonly string[]) =>
    items.length === 0 ? [] : [`<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`];

  const inForce = standingSection(standing, language, date);

  const body = [
    `<h1>${escapeHtml(words.title(person.name))}</h1>`,
    `<p>${escapeHtml(words.intro(controller.name, time(document.createdAt)))}</p>`,
    `<p>${escapeHtml(words.redacted)}</p>`,
    person.otherNames.length === 0
      ? ''
      : `<p>${escapeHtml(words.alsoAs)}: ${person.otherNames.map(escapeHtml).join(', ')}</p>`,
    person.verifiedAt === null ? '' : `<p>${escapeHtml(words.verified(date(person.verifiedAt)))}</p>`,
    `<p>${escapeHtml(words.controller)}: <strong>${escapeHtml(controller.name)}</strong> (${escapeHtml(contact)})</p>`,
    section(words.kept, [
      `<table><thead><tr>${words.columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')}</tr></thead><tbody>`,
      ...kept.map(({ kind, title, since, until, basis }) => {
        const what = `${escapeHtml(words.kinds[kind])}${title === null ? '' : `<br><small>${escapeHtml(title)}</small>`}`;
        const end = until === null ? escapeHtml(words.held) : escapeHtml(date(until));
        return `<tr><td>${what}</td><td>${escapeHtml(date(since))}</td><td>${end}</td><td>${escapeHtml(words.bases[basis])}</td></tr>`;
      }),
      '</tbody></table>',
    ]),
    section(
      words.meetings,
      list(
        meetings.map(
          ({ title, startedAt, otherParticipants }) =>
            `${escapeHtml(time(startedAt))}: ${escapeHtml(title)} (${escapeHtml(words.others(otherParticipants))})`,
        ),
      ),
    ),
    section(
      words.registrations,
      registrations.flatMap(({ meeting, registeredAt, answers }) => [
        `<h3>${escapeHtml(meeting)}</h3><p>${escapeHtml(time(registeredAt))}</p>`,
        ...list(
          answers.map(
            ({ id, question, text }) =>
              `<small>${escapeHtml(question ?? registrationLabels[language][id])}</small><br>${escapeHtml(text)}`,
          ),
        ),
      ]),
    ),
    section(
      words.chat,
      list(
        chat.map(
          ({ meeting, sentAt, text }) =>
            `<small>${escapeHtml(`${time(sentAt)}, ${meeting}`)}</small><br>${lines(text)}`,
        ),
      ),
    ),
    section(
      words.notices,
      list([
        ...noticesRead.map(
          ({ meeting, version, readAt }) =>
            `<small>${escapeHtml(time(readAt))}</small><br>${escapeHtml(words.noticeRead(version.number, date(version.since), meeting))}`,
        ),
        ...(noticeOfPerson === null
          ? []
          : [escapeHtml(words.noticeOfPerson(noticeOfPerson.version.number, date(noticeOfPerson.readAt)))]),
      ]),
    ),
    section(
      words.recordings,
      recordings.map(({ title, purpose, startedAt, cuts, exportedAt, tracks }) =>
        [
          `<h3>${escapeHtml(title)}</h3><p>${escapeHtml(time(startedAt))}. ${escapeHtml(words.purpose)}: ${escapeHtml(purpose)}</p>`,
          cuts.length === 0
            ? ''
            : `<p>${escapeHtml(words.cut)} ${escapeHtml(cuts.map(({ cutAt }) => date(cutAt)).join(', '))}</p>`,
          exportedAt.length === 0
            ? ''
            : `<p>${escapeHtml(words.exported)} ${escapeHtml(exportedAt.map(date).join(', '))}</p>`,
          ...list(
            tracks.map(({ kind, file, missing }) =>
              file === null
                ? escapeHtml(`${words.tracks[kind]}: ${words.missing[missing ?? 'damaged']}`)
                : link(file, words.tracks[kind]),
            ),
          ),
        ].join('\n'),
      ),
    ),
    section(
      words.consents,
      consents.map(({ by, recording, answeredAt, decisions, withdrawals, noticeText, file }) => {
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
          recording === null ? '' : `<h3>${escapeHtml(recording)}</h3>`,
          by === 'person' ? '' : `<p>${escapeHtml(words.ownAnswer)}</p>`,
          ...list(facts.map(escapeHtml)),
          `<blockquote>${lines(noticeText)}</blockquote><p>${link(file, words.signed)}</p>`,
        ].join('\n');
      }),
    ),
    section(
      words.requests,
      requests.map(({ by, right, at, text, state, answer, notes }) =>
        [
          `<h3>${escapeHtml(`${date(at)}: ${words.rights[right]} (${words.requestStates[state]})`)}</h3>`,
          `<p>${escapeHtml(by === 'person' ? words.asked : words.askedYou)}</p>`,
          text === '' ? '' : `<blockquote>${lines(text)}</blockquote>`,
          answer === '' ? '' : `<p>${lines(answer)}</p>`,
          notes === '' ? '' : `<p>${escapeHtml(words.notes)}: ${lines(notes)}</p>`,
        ].join('\n'),
      ),
    ),
    section(inForce.title, list(inForce.lines.map(lines))),
    section(
      words.aboutTitle,
      words.about.map((text) => `<p>${escapeHtml(text)}</p>`),
    ),
  ];
  return pageOf(language, words.title(person.name), body);
}

function link(file: string, label: string): string {
  return `<a href="${escapeHtml(file)}">${escapeHtml(label)}</a> <small>${escapeHtml(file)}</small>`;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

function dateIn(language: Language, at: number, withTime = false): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    ...(withTime ? { timeStyle: 'short' } : {}),
  }).format(at);
}
