import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerQuality } from '../../stores/mediaStore';
import { measurePeer } from './peerMeasure';
import { readPeerSample } from './peerSample';
import { QualityMonitor, type MeasuredConnection } from './qualityMonitor';
import type { VideoTarget } from './videoTarget';

/** A connection whose statistics grow by what is set, as Chromium writes them. */
class Link implements MeasuredConnection {
  readonly targets: VideoTarget[] = [];
  lossThere = 0;
  lossHere = 0;
  frames = 24;
  gone = false;
  private sums = { received: 0, lost: 0, frames: 0 };

  report(): Promise<Iterable<unknown>> {
    if (this.gone) return Promise.reject(new Error('gone'));
    const { sums } = this;
    sums.received += 100 * (1 - this.lossHere);
    sums.lost += 100 * this.lossHere;
    sums.frames += this.frames;
    return Promise.resolve([
      { type: 'transport', id: 't', selectedCandidatePairId: 'p' },
      { type: 'candidate-pair', id: 'other', currentRoundTripTime: 9 },
      { type: 'candidate-pair', id: 'p', currentRoundTripTime: 0.04, availableOutgoingBitrate: 2_000_000 },
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: sums.received, packetsLost: sums.lost },
      { type: 'inbound-rtp', kind: 'video', framesDecoded: sums.frames },
      { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: this.lossThere },
    ]);
  }
  handleVideoTarget(target: VideoTarget): void {
    this.targets.push(target);
  }
}

describe('QualityMonitor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp(...ids: string[]) {
    const links = new Map(ids.map((id) => [id, new Link()]));
    let quality: Readonly<Record<string, PeerQuality>> = {};
    let told = 0;
    const monitor = new QualityMonitor({
      connections: () => links,
      onQuality: (now) => {
        quality = now;
        told += 1;
      },
      now: () => Date.now(),
    });
    monitor.handleFacts({ sending: true, camerasOn: new Set(ids), peers: ids.length });
    const pass = (measurements: number) => vi.advanceTimersByTimeAsync(measurements * 2_000);
    return { links, monitor, pass, quality: () => quality, told: () => told };
  }

  it('aims each new connection, tells little while all is well, and speaks of no picture where none comes', async () => {
    const { links, pass, quality, told } = setUp('a', 'b');
    expect([...links.values()].map(({ targets }) => targets.length)).toEqual([1, 1]);
    await pass(4);
    const before = told();
    await pass(20);
    expect(told()).toBe(before);
    expect(quality()['a']).toMatchObject({ level: 'good', side: null, theirPicturePaused: false });
    links.get('a')!.frames = 0;
    await pass(3);
    expect([quality()['a']?.theirPicturePaused, quality()['b']?.theirPicturePaused]).toEqual([true, false]);
  });

  it('marks whom it concerns, makes the picture to them smaller, and off in the end', async () => {
    const { links, monitor, pass, quality } = setUp('a', 'b', 'c');
    const anna = links.get('a')!;
    anna.lossThere = 0.3;
    await pass(5);
    expect(quality()['a']).toMatchObject({ level: 'bad', cause: 'sending', side: 'theirs', lostTherePercent: 30 });
    expect(quality()['b']?.level).toBe('good');
    expect(links.get('b')?.targets).toHaveLength(1);
    expect(anna.targets.length).toBeGreaterThan(1);
    await pass(5);
    expect(anna.targets.at(-1)).toBe('off');
    anna.lossThere = 0;
    expect(quality()['a']?.ownPicturePaused).toBe(true);
    monitor.handleFacts({ sending: false, camerasOn: new Set(), peers: 3 });
    expect(quality()['a']?.ownPicturePaused, 'it is off anyway').toBe(false);
  });

  it('does not adapt a picture that is not sent', async () => {
    const { links, monitor, pass } = setUp('a');
    monitor.handleFacts({ sending: false, camerasOn: new Set(), peers: 1 });
    links.get('a')!.lossThere = 0.5;
    await pass(20);
    expect(links.get('a')!.targets).toHaveLength(1);
  });

  it('keeps what it knows of the way for the connection that follows, and forgets who left', async () => {
    const { links, monitor, pass, quality } = setUp('a', 'b');
    links.get('a')!.lossThere = 0.3;
    await pass(5);
    const aim = links.get('a')!.targets.at(-1);
    const next = new Link();
    links.set('a', next);
    monitor.handleConnections();
    expect(next.targets).toEqual([aim]);
    expect(quality()['a']?.level, 'measured anew').toBe('good');
    links.get('b')!.gone = true;
    await pass(2);
    links.delete('b');
    monitor.handleConnections();
    expect(Object.keys(quality())).toEqual(['a']);
    monitor.dispose();
    expect(quality()).toEqual({});
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('measurePeer', () => {
  const inbound = (kind: string, sums: object) => ({ type: 'inbound-rtp', kind, ...sums });

  it('compares two moments of one connection', () => {
    const before = readPeerSample([], 0);
    const after = readPeerSample(
      [
        inbound('audio', {
          ...{ packetsReceived: 90, packetsLost: 10, totalSamplesReceived: 96_000 },
          ...{ concealedSamples: 20_000, silentConcealedSamples: 800 },
        }),
        inbound('video', { packetsReceived: 100, packetsLost: 0, framesDecoded: 48 }),
        { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.2, fractionLost: 0.02 },
        { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.04 },
      ],
      2_000,
    );
    expect(measurePeer(before, after)).toEqual({
      roundTripMs: 200,
      lostHere: 0.05,
      concealed: 0.2,
      lostThere: 0.04,
      outgoingBps: null,
      frames: 48,
    });
  });

  it('says nothing where they belong to different ones, and is not misled by what came late', () => {
    const full = readPeerSample([inbound('audio', { packetsReceived: 90, packetsLost: 10 })], 1_000);
    expect(measurePeer(full, readPeerSample([], 2_000))).toBeNull();
    expect(measurePeer(full, full)).toBeNull();
    const late = readPeerSample([inbound('audio', { packetsReceived: 190, packetsLost: 4 })], 3_000);
    expect(measurePeer(full, late)?.lostHere).toBe(0);
  });

  it('takes nothing strange for a number', () => {
    const strange = [null, 7, inbound('audio', { packetsReceived: 'many', packetsLost: Number.NaN })];
    expect(readPeerSample(strange, 0).audio).toMatchObject({ received: 0, lost: 0 });
  });
});
