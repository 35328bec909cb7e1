/**
 * Tells whether anything has arrived over a connection since the last question. Mostly without the statistics, which cost more:
 * they are asked only when nothing is seen otherwise, for example because nobody plays the sound.
 */
export class SignsOfLife {
  private newest = Number.NEGATIVE_INFINITY;
  private packets = -1;

  constructor(private readonly connection: Pick<RTCPeerConnection, 'getReceivers' | 'getStats'>) {}

  async sinceLast(): Promise<boolean> {
    const sources = this.connection.getReceivers().flatMap((receiver) => receiver.getSynchronizationSources());
    const newest = Math.max(...sources.map(({ timestamp }) => timestamp));
    // Another time, not a later one: the clock it is taken from may be set back.
    const played = Number.isFinite(newest) && newest !== this.newest;
    this.newest = newest;
    if (played) return true;
    let packets = 0;
    for (const entry of (await this.connection.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (entry['type'] === 'transport') packets += Number(entry['packetsReceived'] ?? 0);
    }
    const arrived = this.packets >= 0 && packets !== this.packets;
    this.packets = packets;
    return arrived;
  }
}
