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

  it('has a column for each fact and a row for each request, the newest first', () => {
    const many = Array.from({ length: 1_500 }, (_, at) => ({ ...request, receivedAt: at }));
    const { content, missing } = table(many);
    expect(documentContentSchema.parse(content)).toEqual(content);
    const [block, ...others] = content.blocks;
    if (block?.type !== 'table') throw new Error('no table');
    expect(block.rows.map(([first]) => first)).toEqual(many.map(({ receivedAt }) => `at ${receivedAt}`).reverse());
    expect(new Set(block.rows.map((row) => row.length))).toEqual(new Set([block.columns.length]));
    expect([others, missing]).toEqual([[], 0]);
    expect(JSON.stringify(content)).not.toMatch(/requests\.[a-z]|\{\{/u);
  });

  it('fits what main takes whatever is in it, and says how many of the oldest are missing', () => {
    const many = Array.from({ length: 700 }, (_, at) => ({ ...request, receivedAt: at, answer: 'a'.repeat(5_000) }));
    const { content, missing } = table(many);
    expect(documentContentSchema.parse(content)).toEqual(content);
    const [block, last] = content.blocks;
    if (block?.type !== 'table' || last?.type !== 'table') throw new Error('no table');
    expect(missing).toBeGreaterThan(0);
    expect(block.rows).toHaveLength(700 - missing);
    expect([block.rows[0]![0], block.rows.at(-1)![0]]).toEqual(['at 699', `at ${missing}`]);
    expect(last.columns).toEqual([t('requests.missing', { count: missing })]);
    expect(last.columns[0]).toContain(String(missing));
  });
});

describe('R25: what is urgent', () => {
  it('is open and due within a week, or overdue', () => {
    const on = (today: string, one = request) => urgentAmong([one], today).length;
    expect([on('2026-05-27'), on('2026-05-28'), on('2026-06-30')]).toEqual([0, 1, 1]);
    expect(on('2026-06-30', { ...request, state: 'answered' })).toBe(0);
  });
});
