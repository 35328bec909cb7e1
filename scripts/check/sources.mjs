import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';
import { ROOT } from '../setup/paths.mjs';

/**
 * @typedef {{ type: string, start: number, [key: string]: any }} Node
 * @typedef {{ path: string, text: string, program: Node }} Source path is relative to the root, with slashes
 */

/**
 * The TypeScript sources of the given folders, parsed; tests are left out.
 * @param {string[]} folders relative to the root
 * @param {string} [root]
 * @returns {Source[]}
 * @throws {Error} when a file does not parse
 */
export function readSources(folders, root = ROOT) {
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name) && !/\.test\.tsx?$/u.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      const { program, errors } = parseSync(file, text);
      if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
      return { path: relative(root, file).replaceAll('\\', '/'), text, program: /** @type {any} */ (program) };
    });
}

/**
 * Calls `visit` for each node below `node`, itself included.
 * @param {unknown} node
 * @param {(node: Node) => void} visit
 */
export function walk(node, visit) {
  if (Array.isArray(node)) node.forEach((one) => walk(one, visit));
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node && typeof node.type === 'string') visit(/** @type {Node} */ (node));
    Object.values(node).forEach((one) => walk(one, visit));
  }
}

/**
 * @param {Source} source
 * @param {Node} node
 * @returns {string} `path:line`
 */
export const placeOf = ({ path, text }, node) => `${path}:${text.slice(0, node.start).split('\n').length}`;

/**
 * Prints what is wrong and sets the exit code.
 * @param {string[]} complaints
 */
export function report(complaints) {
  complaints.forEach((complaint) => console.error(complaint));
  process.exitCode = complaints.length > 0 ? 1 : 0;
}
