import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../common/privacy/documentContent';
import type { LoggedRequest } from '../../../common/privacy/requestLog';

/** As many rows as a document takes; the newest. */
const maxRows = 500;
/** As many characters as a cell of a document takes. */
const maxCell = 4_000;

/** The log as a table. `date`: of a moment, in words; `day`: of a day of the calendar. */
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
        rows: newest.map((one) =>
          [
            ...[date(one.receivedAt), one.name, one.identityKey ?? '', t(`requests.right.${one.right}`)],
            ...[t(`requests.way.${one.way}`), t(`requests.check.${one.check}`), day(one.dueOn)],
            ...[one.extension?.reason ?? '', t(`requests.state.${one.state}`)],
            ...[one.closedAt === null ? '' : date(one.closedAt), one.answer, one.notes],
          ].map((cell) => cell.slice(0, maxCell)),
        ),
      },
    ],
  };
}
