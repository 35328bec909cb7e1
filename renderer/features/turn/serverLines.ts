import {
  formatIceServer,
  maxIceServers,
  parseIceServer,
  type IceServerFault,
} from '../../../common/meeting/iceServers';

/** What is wrong with what somebody typed, and in which line. */
export interface ServersFault {
  readonly fault: IceServerFault | 'too-many';
  readonly line: string;
}

/** Servers as a person types them, one a line; empty lines do not matter, and the same twice is once. */
export function readServerLines(text: string): readonly string[] | ServersFault {
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  const servers: string[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const server = parseIceServer(line);
    if (typeof server === 'string') return { fault: server, line };
    const written = formatIceServer(server);
    if (!servers.includes(written)) servers.push(written);
    if (servers.length > maxIceServers) return { fault: 'too-many', line };
  }
  return servers;
}
