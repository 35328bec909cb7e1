import { writeFileSync } from 'node:fs';

/** Writes a document as JSON, readable by this user only. */
export function writeJson(path: string, document: unknown): void {
  writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
}

interface Line {
  readonly when: string;
  readonly name: string;
  readonly text: string;
}

/** Writes a chat as Markdown. */
export function writeChat(path: string, title: string, lines: readonly Line[]): void {
  const body = lines.map(({ when, name, text }) => `- ${when} **${plain(name)}**: ${plain(text)}\n`);
  writeFileSync(path, `# ${plain(title)}\n\n${body.join('')}`, { flag: 'wx', mode: 0o600 });
}

/** Text that Markdown shows as it was written; a line break stays within its list item. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|&~]/g, String.raw`\$&`).replaceAll(/\r?\n/g, '  \n  ');
}

/** What stands on top of everything that was recovered. */
export const warning =
  'What is in this folder is NOT ENCRYPTED. Whoever can read it can read, see and hear all of it, and a consent that is ' +
  'taken back, a retention that ends and a deletion in the app do not reach it. Keep it as long as you need it, and delete it.';
