import { describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../../common/meeting/models';
import { changedFacts } from '../../../common/privacy/notice';
import { createI18n } from '../../i18n/createI18n';
import { invitationText } from './invitationText';
import { noticeChanges } from './noticeChanges';
import { noticeLines } from './noticeLines';

const facts: NoticeFacts = {
  ...{ controllerName: 'Kanzlei Weber', controllerContact: 'datenschutz@kanzlei.example' },
  ...{ chatRetentionDays: 30, recordingRetentionDays: 14, relay: null, iceServers: [], employees: false },
  officerContact: '',
  registration: null,
};
const everything: NoticeFacts = {
  ...{ controllerName: 'Kanzlei Winter', controllerContact: 'winter@kanzlei.example' },
  ...{ chatRetentionDays: 7, recordingRetentionDays: 1, relay: 'relay.kanzlei.example:4433', employees: true },
  iceServers: ['stun:stun.kanzlei.example:3478', 'turn:turn.kanzlei.example:3478?transport=tcp'],
  officerContact: 'Oskar Schutz, dsb@kanzlei.example',
  registration: {
    purpose: 'To send the minutes',
    fields: [{ id: 'email', question: null, required: true }],
    retentionDays: 21,
  },
};
const invitation = {
  ...{ title: 'Beratung', startedAt: Date.UTC(2026, 10, 22, 9), expiresAt: Date.UTC(2026, 10, 23, 9) },
  ...{ link: 'konklave://join/x', passcode: 'Apfelbaum 42' },
  notice: {
    ...{ facts: everything, version: { number: 3, since: Date.UTC(2026, 10, 1) }, hash: 'h' },
    ...{ acknowledged: true, before: null, missing: [] },
  },
};

describe.each(['de', 'en'] as const)('R10, R24: the notice in %s', (language) => {
  const { t } = createI18n(language);

  it('says in its short form all that is set', () => {
    const text = noticeLines(everything, t)
      .map((line) => line.text)
      .join('\n');
    for (const said of [
      ...['Kanzlei Winter', 'winter@kanzlei.example', 'relay.kanzlei.example:4433', 'stun.kanzlei.example:3478'],
      t('notice.officer', { officer: 'Oskar Schutz, dsb@kanzlei.example' }),
      ...['turn.kanzlei.example:3478', 'To send the minutes', t('registration.field.email')],
      ...[7, 1].map((count) => t('notice.days', { count })),
      ...[t('notice.recording'), t('notice.employees', { name: 'Kanzlei Winter' }), t('notice.rights')],
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toContain(t('notice.afterDays', { count: 21 }));
    expect(noticeLines(facts, t).map(({ id }) => id)).not.toContain('employees');
    // Nobody is designated: nothing is said of it.
    expect(JSON.stringify(noticeLines(facts, t))).not.toContain(t('notice.officer', { officer: '' }).slice(0, -3));
  });

  it('goes with an invitation: link, times, version, controller, and never the passcode', () => {
    const text = invitationText(invitation, t, language);
    for (const said of ['Beratung', 'konklave://join/x', 'Kanzlei Winter', 'winter@kanzlei.example', '3', '2026']) {
      expect(text).toContain(said);
    }
    for (const { text: line } of noticeLines(everything, t)) expect(text).toContain(line);
    expect(text).toContain(t('notices.inviteConsent'));
    expect(text).toContain(t('notices.invitePasscode'));
    expect(text).not.toContain('Apfelbaum');
    expect(text).not.toMatch(/\{\{|undefined|notices?\.[a-z]/u);
    expect(invitationText({ ...invitation, passcode: null }, t, language)).not.toContain(t('notices.invitePasscode'));
  });

  it('names each fact that has changed, with the old value and the new, and no other', () => {
    const changes = noticeChanges(facts, everything, t);
    expect(changes.map(({ fact }) => fact).sort()).toEqual(Object.keys(facts).sort());
    for (const { title, before, after } of changes) {
      expect(before).not.toBe(after);
      expect(`${title} ${before} ${after}`).not.toMatch(/\{\{|undefined|notices?\.[a-z]/u);
    }
    expect(noticeChanges(facts, { ...facts }, t)).toEqual([]);
    expect(changedFacts(facts, { ...facts, iceServers: [] })).toEqual([]);
  });
});
