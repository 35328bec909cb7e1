import { cpus, totalmem } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { SetupError } from '../setup/report.mjs';

/** @typedef {{ columns: string[], rows: string[][] }} Table */

/** @param {Table} table */
export const markdown = ({ columns, rows }) =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {Table} table @returns {string} the table in columns, for a terminal */
export function plain({ columns, rows }) {
  const widths = columns.map((_, index) => Math.max(...[columns, ...rows].map((cells) => cells[index]?.length ?? 0)));
  return [columns, ...rows]
    .map((cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
    .join('\n');
}

/** What it was measured on; nothing that names the machine. */
export const machine = () =>
  `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ` +
  `${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

/**
 * Puts a text between the marks of this measurement, `<!-- bench:NAME -->`.
 * @param {string} document its path
 * @param {string} name
 * @param {string} text
 */
export function writeBetweenMarks(document, name, text) {
  const before = readFileSync(document, 'utf8');
  const pattern = new RegExp(`(<!-- bench:${name} -->)[^]*?(<!-- /bench:${name} -->)`, 'u');
  if (!pattern.test(before)) throw new SetupError(`${document} has no place for ${name}`);
  writeFileSync(
    document,
    before.replace(pattern, (_, start, end) => `${start}\n\n${text}\n\n${end}`),
  );
}
