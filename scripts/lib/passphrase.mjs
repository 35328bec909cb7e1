import { SetupError } from '../setup/report.mjs';

/** @returns {Promise<string>} the first line of what comes on the standard input */
export async function readPassphrase() {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return text.split(/\r?\n/u)[0] ?? '';
}

/**
 * Asks on the terminal; what is typed is not shown.
 * @param {string} question
 * @returns {Promise<string>}
 * @throws {SetupError} when there is no terminal, or on Ctrl-C
 */
export async function askPassphrase(question) {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw new SetupError('There is no terminal to ask for the passphrase on: pipe it in, with --passphrase-stdin');
  }
  stderr.write(question);
  stdin.setEncoding('utf8').setRawMode(true).resume();
  /** @type {string[]} code points */
  const typed = [];
  try {
    return await new Promise((resolve, reject) => {
      stdin.on('data', (chunk) => {
        for (const character of String(chunk)) {
          if (character === '\r' || character === '\n') resolve(typed.join(''));
          else if (character === '\u0003' || character === '\u0004')
            reject(new SetupError('Given up, nothing was done'));
          else if (character === '\u007F' || character === '\b') typed.pop();
          else typed.push(character);
        }
      });
    });
  } finally {
    stdin.removeAllListeners('data').setRawMode(false).pause();
    stderr.write('\n');
  }
}
