import { parseArgs } from 'node:util';

export interface RendezvousOptions {
  readonly port: number;
  /** Undefined: every interface. */
  readonly host: string | undefined;
  /** Health and metrics; null: none. */
  readonly status: { readonly port: number; readonly host: string } | null;
}

export const rendezvousUsage =
  'Usage: npm run rendezvous -- --port PORT [--host ADDRESS] [--status-port PORT [--status-host ADDRESS]]';

/** What the command line asks for; null when it is not understood. Health and metrics are for this machine alone by default. */
export function rendezvousOptions(args: readonly string[]): RendezvousOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'status-port': { type: 'string' },
        'status-host': { type: 'string', default: '127.0.0.1' },
      },
    });
    const port = portOf(values.port);
    const statusPort = values['status-port'] === undefined ? null : portOf(values['status-port']);
    const status = statusPort === null ? null : { port: statusPort, host: values['status-host'] };
    return { port, host: values.host, status };
  } catch {
    return null;
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined || !/^(0|[1-9][0-9]{0,4})$/.test(text) || Number(text) > 65_535)
    throw new RangeError('no port');
  return Number(text);
}
