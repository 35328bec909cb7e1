import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program of the system to its end; rejects with what it wrote when it fails. */
export async function command(line: readonly string[]): Promise<string> {
  const [program = '', ...args] = line;
  const { stdout } = await execute(program, args).catch((error: unknown) => {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${line.join(' ')}: ${stderr?.trim() || message}`, { cause: error });
  });
  return stdout;
}
