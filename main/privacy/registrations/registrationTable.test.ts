import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../common/meeting/registration';
import { registrationTable } from './registrationTable';

const one: Registration = {
  ...{ meetingId: 'M'.repeat(22), title: 'Budget', identityKey: 'K'.repeat(43), name: 'Gesa "G" Berg' },
  ...{ registeredAt: Date.UTC(2026, 10, 22, 9, 5), deleteAfter: 0 },
  answers: [
    { id: 'email', question: null, text: 'gesa@kanzlei.example' },
    { id: 'question1', question: '=HYPERLINK("x")', text: '+49 30' },
  ],
};

describe('a table of registrations', () => {
  it('has a line for each person and a column for each question, and no formula', () => {
    const other = { ...one, name: '@Ralf', answers: [{ id: 'phone', question: null, text: '-1' } as const] };
    expect(registrationTable([one, other], 'en')).toBe(
      [
        '\uFEFF"Name";"Registered (UTC)";"E-mail";"\'=HYPERLINK(""x"")";"Telephone"',
        '"Gesa ""G"" Berg";"2026-11-22 09:05";"gesa@kanzlei.example";"\'+49 30";""',
        '"\'@Ralf";"2026-11-22 09:05";"";"";"\'-1"',
        '',
      ].join('\r\n'),
    );
  });

  it('speaks German, too', () => expect(registrationTable([one], 'de')).toContain('"E-Mail"'));
});
