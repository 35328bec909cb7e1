import { expect, test } from 'vitest';
import { exportFileName } from './exportName';

const day = new Date(2026, 2, 5, 12).getTime();

test.each([
  ['Quarterly review', 'Quarterly review 2026-03-05.webm'],
  ['../../etc/passwd', 'etc passwd 2026-03-05.webm'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j 2026-03-05.webm'],
  [' ... ', 'Konklave 2026-03-05.webm'],
  ['CON', 'CON 2026-03-05.webm'],
  ['evil\u202Egpj\u0000', 'evil gpj 2026-03-05.webm'],
])('%j becomes %j', (title, name) => {
  expect(exportFileName(title, day, 'webm')).toBe(name);
});
