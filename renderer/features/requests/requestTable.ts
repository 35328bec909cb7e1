import type { TFunction } from 'i18next';
import { mostRows, type DocumentContent } from '../../../common/privacy/documentContent';
import type { LoggedRequest } from '../../../common/privacy/requestLog';

/** As much as a document takes (`documentContentSchema`): characters in a cell, and in all. */
const maxCell = 4_000;
const maxText = 1_900_000;

/**
 * The log as a table, the newest first, and how many did not fit, which the document says too. `date`: of a moment, in words; `day`: of a day of the calendar.
 */
export function requestTable(
  requests: readonly LoggedRequest[],
  t: TFunction,
  date: (at: number) => string,
  day: (day: string) => string,
): { readonly content: DocumentContent; readonly missing: number } {
  const columns = [
    ...(['received', 'from', 'key', 'right', 'way', 'check', 'due', 'extended'] as const),
    ...(['state', 'closed', 'answer', 'notes'] as const),
  ];
  const newest = [...requests].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, mostRows);
  const rows = fitting(
    newest.map((one) =>
      [
        ...[date(one.receivedAt), one.name, one.identityKey ?? '', t(`requests.right.${one.right}`)],
        ...[t(`requests.way.${one.way}`), t(`requests.check.${one.check}`), day(one.dueOn)],
        ...[one.extension?.reason ?? '', t(`requests.state.${one.state}`)],
        ...[one.closedAt === null ? '' : date(one.closedAt), one.answer, one.notes],
      ].map((cell) => cell.slice(0, maxCell)),
    ),
  );
  const missing = requests.length - rows.length;
  const content: DocumentContent = {
    title: t('requests.title'),
    lead: t('requests.intro'),
    blocks: [
      { type: 'table', columns: columns.map((column) => t(`requests.column.${column}`)), rows },
      // A table has no other place for a sentence.
      ...(missing === 0
        ? []
        : [{ type: 'table' as const, columns: [t('requests.missing', { count: missing })], rows: [] }]),
    ],
  };
  return { content, missing };
}

/** The first ones that fit, without a gap between them. */
function fitting(rows: readonly string[][]): string[][] {
  let size = 0;
  const over = rows.findIndex((row) => {
    size += JSON.stringify(row).length + 1;
    return size > maxText;
  });
  return over === -1 ? [...rows] : rows.slice(0, over);
}
