import type { SignalData } from '../../../common/protocol/bodies';

/** An offer, and candidates of some network interfaces; what is beyond is noise. */
const signalsPerPeer = 64;
const peersAtMost = 16;

interface Waiting {
  readonly generation: number;
  readonly signals: SignalData[];
}

/** Signals that arrived before main told us of the connection they belong to: kept for the newest generation only. */
export class EarlySignals {
  private readonly waiting = new Map<string, Waiting>();

  keep(peerId: string, generation: number, signal: SignalData): void {
    const known = this.waiting.get(peerId);
    if (known !== undefined && known.generation > generation) return;
    if (known?.generation === generation) {
      if (known.signals.length < signalsPerPeer) known.signals.push(signal);
      return;
    }
    if (known === undefined && this.waiting.size >= peersAtMost) return;
    this.waiting.set(peerId, { generation, signals: [signal] });
  }

  /** Those of this generation; older ones are forgotten, newer ones stay. */
  take(peerId: string, generation: number): readonly SignalData[] {
    const known = this.waiting.get(peerId);
    if (known === undefined || known.generation > generation) return [];
    this.waiting.delete(peerId);
    return known.generation === generation ? known.signals : [];
  }
}
