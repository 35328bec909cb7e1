import type { TFunction } from 'i18next';
import type { Language } from '../../../common/meeting/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { formatDate, formatTime } from '../../i18n/format';
import { contactOf } from '../privacy/documents/noticeSections';
import { noticeLines } from './noticeLines';

/** What an invitation says besides its link. */
export type InvitationFacts = Pick<MeetingState, 'title' | 'startedAt' | 'notice' | 'passcode'> & {
  readonly link: string;
  readonly expiresAt: number;
};

/**
 * A message that invites: where and until when, and what happens with one's data (Art. 13 GDPR), so that nobody learns that
 * only at the door. `t` speaks the message's language. The passcode is not in it: it goes another way.
 */
export function invitationText(facts: InvitationFacts, t: TFunction, language: Language): string {
  const { title, startedAt, notice, link, expiresAt, passcode } = facts;
  const { facts: told, version } = notice;
  const at = (time: number) =>
    t('common.dayAtTime', { day: formatDate(time, language), time: formatTime(time, language) });
  return [
    t('notices.invite', { name: told.controllerName, title }),
    [t('notices.inviteWhen', { from: at(startedAt), until: at(expiresAt) }), link, t('notices.inviteHow')].join('\n'),
    ...(passcode === null ? [] : [t('notices.invitePasscode')]),
    [
      t('notices.inviteNotice', { number: version.number, date: formatDate(version.since, language) }),
      ...noticeLines(told, t).map(({ title: about, text }) => `- ${about} ${text}`),
    ].join('\n'),
    t('notices.inviteConsent'),
    t('notices.inviteController', { name: told.controllerName, contact: contactOf(told, t) }),
  ].join('\n\n');
}
