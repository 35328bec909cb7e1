import type { RelayRefusal } from './relayLines';

/** What a relay tells about itself: sums, nothing of anybody. */
export interface RelayCounters {
  open(connections: number): void;
  rooms(open: number): void;
  pass(bytes: number): void;
  refuse(reason: RelayRefusal): void;
  /** In the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
  text(): string;
}

export function createRelayCounters(): RelayCounters {
  let openConnections = 0;
  let openRooms = 0;
  let roomsEver = 0;
  let bytes = 0;
  const refused: Record<RelayRefusal, number> = { full: 0, unknown: 0, taken: 0, late: 0, protocol: 0 };
  const metric = (name: string, type: 'gauge' | 'counter', help: string, lines: readonly string[]) =>
    [`# HELP konklave_relay_${name} ${help}`, `# TYPE konklave_relay_${name} ${type}`, ...lines].join('\n');
  return {
    open: (connections) => {
      openConnections = connections;
    },
    rooms: (open) => {
      if (open > openRooms) roomsEver += 1;
      openRooms = open;
    },
    pass: (count) => {
      bytes += count;
    },
    refuse: (reason) => {
      refused[reason] += 1;
    },
    text: () =>
      `${[
        metric('connections', 'gauge', 'Connections open now.', [`konklave_relay_connections ${openConnections}`]),
        metric('rooms', 'gauge', 'Rooms open now, two for each meeting.', [`konklave_relay_rooms ${openRooms}`]),
        metric('rooms_total', 'counter', 'Rooms opened since the start.', [`konklave_relay_rooms_total ${roomsEver}`]),
        metric('bytes_total', 'counter', 'Bytes passed through since the start.', [
          `konklave_relay_bytes_total ${bytes}`,
        ]),
        metric(
          'refused_total',
          'counter',
          'Connections refused or cut since the start, by reason.',
          Object.entries(refused).map(([reason, count]) => `konklave_relay_refused_total{reason="${reason}"} ${count}`),
        ),
      ].join('\n')}\n`,
  };
}
