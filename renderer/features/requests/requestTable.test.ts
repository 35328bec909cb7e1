import { describe, expect, it } from 'vitest';
import { documentContentSchema } from '../../../common/privacy/documentContent';
import type { LoggedRequest } from '../../../common/privacy/requestLog';
import { createI18n } from '../../i18n/createI18n';
import { requestTable } from './requestTable';
import { urgentAmong } from './useDueWords';

const request: LoggedRequest = {
  ...{ requestId: 'A'.repeat(22), identityKey: 'K'.repeat(43), name: '=Gustav', knownAs: null, right: 'erasure' },
  ...{ text: 'x', way: 'app', check: 'key', receivedAt: 1, dueOn: '2026-06-04', extension: null, extendable: true },
  ...{ state: 'open', closedAt: null, answer: '', erasure: null, notes: 'n', told: false },
};

describe.each(['de', 'en'] as const)('R25: the log as a table in %s', (language) => {
  const { t } = createI18n(language);
  const table = (requests: readonly LoggedRequest[]) =>
    requestTable(
      requests,
      t,
      (at) => `at ${at}`,
      (day) => day,
    );

  it('has a column for each fact, the newest first, and fits what main takes whatever is in it', () => {
    const many = Array.from({ length: 700 }, (_, at) => ({ ...request, receivedAt: at, answer: 'a'.repeat(5_000) }));
    const content = table(many);
    expect(documentContentSchema.parse(content)).toEqual(content);
    const [block] = content.blocks;
    expect(table(many.map((one) => ({ ...one, answer: '' }))).blocks[0]).toMatchObject({ rows: { length: 500 } });
    if (block?.type !== 'table') throw new Error('no table');
    expect(block.rows.length).toBeGreaterThan(400);
    expect(block.rows[0]![0]).toBe('at 699');
    expect(new Set(block.rows.map((row) => row.length))).toEqual(new Set([block.columns.length]));
    expect(JSON.stringify(content)).not.toMatch(/requests\.[a-z]|\{\{/u);
  });
});

describe('R25: what is urgent', () => {
  it('is open and due within a week, or overdue', () => {
    const on = (today: string, one = request) => urgentAmong([one], today).length;
    expect([on('2026-05-27'), on('2026-05-28'), on('2026-06-30')]).toEqual([0, 1, 1]);
    expect(on('2026-06-30', { ...request, state: 'answered' })).toBe(0);
  });
});
