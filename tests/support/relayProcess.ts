import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '..', '..');

/** A relay as somebody runs it: `npm run rendezvous`, with its health on another port. */
export class RelayProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly statusPort: number,
    /** What it has written, line by line. */
    readonly output: readonly string[],
  ) {}

  /** Resolves when it listens; throws when it ends before. Ports 0: any. */
  static async start(port = 0, statusPort = 0): Promise<RelayProcess> {
    const args = ['--port', String(port), '--status-port', String(statusPort)];
    // A group of its own: npm does not pass on how it is ended.
    const child = spawn('npm', ['run', '--silent', 'rendezvous', '--', ...args], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
    const ports: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      output.push(line);
      const told = /port (\d+)\.$/u.exec(line)?.[1] ?? /127\.0\.0\.1:(\d+)\//u.exec(line)?.[1];
      if (told !== undefined) ports.push(Number(told));
      const [relay, status] = ports;
      if (relay !== undefined && status !== undefined) return new RelayProcess(child, relay, status, output);
    }
    throw new Error(`The relay ended: ${output.join('\n')}`);
  }

  async status(path: '/health' | '/metrics'): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.statusPort}${path}`);
    return response.text();
  }

  /** As a crash would end it. Does nothing the second time. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    process.kill(-this.child.pid!, 'SIGKILL');
    await ended;
  }
}
