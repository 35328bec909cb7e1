import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../common/privacy/documentContent';
import type { LoggedRequest } from '../../../common/privacy/requestLog';

/** As much as a document takes (`documentContentSchema`): rows, characters in a cell, and in all. */
const maxRows = 500;
const maxCell = 4_000;
const maxText = 1_900_000;

/** The log as a table, the newest first, as many as a document takes. `date`: of a moment, in words; `day`: of a day of the calendar. */
export function requestTable(
  requests: readonly LoggedRequest[],
  t: TFunction,
  date: (at: number) => string,
  day: (day: string) => string,
): DocumentContent {
  const columns = [
    ...(['received', 'from', 'key', 'right', 'way', 'check', 'due', 'extended'] as const),
    ...(['state', 'closed', 'answer', 'notes'] as const),
  ];
  const newest = [...requests].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, maxRows);
  return {
    title: t('requests.title'),
    lead: t('requests.intro'),
    blocks: [
      {
        type: 'table',
        columns: columns.map((column) => t(`requests.column.${column}`)),
        rows: fitting(
          newest.map((one) =>
            [
              ...[date(one.receivedAt), one.name, one.identityKey ?? '', t(`requests.right.${one.right}`)],
              ...[t(`requests.way.${one.way}`), t(`requests.check.${one.check}`), day(one.dueOn)],
              ...[one.extension?.reason ?? '', t(`requests.state.${one.state}`)],
              ...[one.closedAt === null ? '' : date(one.closedAt), one.answer, one.notes],
            ].map((cell) => cell.slice(0, maxCell)),
          ),
        ),
      },
    ],
  };
}

function fitting(rows: readonly string[][]): string[][] {
  let size = 0;
  return rows.filter((row) => {
    size += JSON.stringify(row).length + 1;
    return size <= maxText;
  });
}
