import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesiredConnection } from '../../../common/meeting/sessionState';
import type { SignalData } from '../../../common/protocol/bodies';
import type { RemoteMedia } from '../../stores/mediaStore';
import { noTracks, type LocalTracks } from '../devices/localTracks';
import { Mesh, type FoundCertificates, type MeshSignal } from './mesh';
import type { PeerConnection, PeerConnectionEvents, PeerConnectionOptions } from './peerConnection';

class FakeConnection implements PeerConnection {
  readonly signals: SignalData[] = [];
  destroyed = false;
  tracks: LocalTracks | null = null;
  changes = 0;

  constructor(
    readonly options: PeerConnectionOptions,
    readonly events: PeerConnectionEvents,
  ) {}

  handleSignal(signal: SignalData): void {
    this.signals.push(signal);
  }
  handleTracks(tracks: LocalTracks): void {
    this.tracks = tracks;
  }
  handleNetworkChange(): void {
    this.changes += 1;
  }
  report(): Promise<Iterable<unknown>> {
    return Promise.resolve([]);
  }
  handleVideoTarget(): void {}
  readonly carried: string[] = [];
  open = true;
  carry(text: string): boolean {
    if (this.open) this.carried.push(text);
    return this.open;
  }
  destroy(): void {
    this.destroyed = true;
  }
  fail(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.events.onFailed();
  }
}

/** `trusting`: as if main always found the certificates that were signed. */
function setUp(trusting = true) {
  const made: FakeConnection[] = [];
  const sent: MeshSignal[] = [];
  const came: { peerId: string; text: string }[] = [];
  const found: FoundCertificates[] = [];
  const failures: { peerId: string; generation: number }[] = [];
  let remote: Readonly<Record<string, RemoteMedia>> = {};
  const mesh = new Mesh({
    createConnection: (options, events) => {
      const connection = new FakeConnection(options, events);
      made.push(connection);
      events.onSignal(offer(`made-${made.length}`));
      return connection;
    },
    ice: () => ice,
    sendSignal: (signal) => sent.push(signal),
    reportCarried: (carried) => came.push(carried),
    reportFailure: (failure) => failures.push(failure),
    reportCertificates: (each) => {
      found.push(each);
      if (trusting) mesh.handleSecured(secured(each.peerId, each.generation));
    },
    onRemote: (value) => (remote = value),
    onFacts: () => undefined,
  });
  const alive = () => made.filter((one) => !one.destroyed);
  return { mesh, made, sent, came, found, failures, remote: () => remote, alive };
}

const ice = { servers: [], relayOnly: false, hasRelay: false, notFound: [] };
const offer = (sdp: string): SignalData => ({ type: 'offer', sdp });
const to = (peerId: string, generation: number, initiator = false): DesiredConnection => ({
  peerId,
  generation,
  initiator,
});
const stream = {} as MediaStream;
const certificates = [new Uint8Array(4)];
const secured = (peerId: string, generation: number) => new Map([[peerId, generation]]);

describe('Mesh', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens, keeps and closes what main wants', () => {
    const { mesh, made, remote, alive } = setUp();
    mesh.handleDesired([to('a', 0, true), to('b', 0)]);
    mesh.handleDesired([to('b', 0), to('a', 0, true)]);
    expect(made.map(({ options }) => options.initiator)).toEqual([true, false]);
    mesh.handleDesired([to('b', 0)]);
    expect(alive()).toEqual([made[1]]);
    expect(Object.keys(remote())).toEqual(['b']);
  });

  it('rebuilds on a new generation and calls it reconnecting', () => {
    const { mesh, made, remote, sent } = setUp();
    mesh.handleDesired([to('a', 0)]);
    expect(remote()['a']).toEqual({ connection: 'connecting', stream: null });
    mesh.handleDesired([to('a', 3)]);
    expect(made[0]?.destroyed).toBe(true);
    expect(remote()['a']).toEqual({ connection: 'reconnecting', stream: null });
    made[0]?.events.onConnected(stream, certificates);
    made[0]?.events.onSignal(offer('late'));
    expect(remote()['a']?.connection).toBe('reconnecting');
    expect(sent.map(({ generation }) => generation)).toEqual([0, 3]);
  });

  it('asks once for another connection, and shows whichever carries media until the new one does', () => {
    const { mesh, made, remote, failures, alive } = setUp();
    const second = {} as MediaStream;
    mesh.handleDesired([to('a', 0)]);
    made[0]?.events.onConnected(stream, certificates);
    made[0]?.events.onInterrupted();
    made[0]?.events.onReplaceable();
    made[0]?.events.onReplaceable();
    expect(failures).toEqual([{ peerId: 'a', generation: 0 }]);
    mesh.handleDesired([to('a', 1)]);
    expect(alive()).toHaveLength(2);
    expect(remote()['a']).toEqual({ connection: 'reconnecting', stream });
    made[0]?.events.onConnected(stream, certificates);
    expect(remote()['a'], 'it came back first').toEqual({ connection: 'connected', stream });
    made[1]?.fail();
    expect(remote()['a'], 'the new one failed').toEqual({ connection: 'connected', stream });
    mesh.handleDesired([to('a', 2)]);
    made[2]?.events.onConnected(second, certificates);
    expect(remote()['a']).toEqual({ connection: 'connected', stream: second });
    expect(alive()).toEqual([made[2]]);
    made[0]?.events.onInterrupted();
    expect(remote()['a']?.connection).toBe('connected');
  });

  it('keeps one connection in reserve, not several, and gives news to both, tracks to what main has compared', () => {
    const { mesh, made, remote, alive } = setUp();
    mesh.handleDesired([to('a', 0)]);
    for (const generation of [1, 2, 3]) {
      made.at(-1)?.events.onConnected(stream, certificates);
      made.at(-1)?.events.onInterrupted();
      mesh.handleDesired([to('a', generation)]);
    }
    expect(alive()).toEqual([made[2], made[3]]);
    const tracks: LocalTracks = { audio: {} as MediaStreamTrack, video: null };
    mesh.handleTracks(tracks);
    mesh.handleNetworkChange();
    expect(alive().map((one) => [one.tracks, one.changes])).toEqual([
      [tracks, 1],
      [null, 1],
    ]);
    made[2]?.fail();
    expect(remote()['a']).toEqual({ connection: 'reconnecting', stream: null });
    mesh.handleDesired([]);
    expect(alive()).toEqual([]);
  });

  it('shows nothing and sends nothing of a connection before main has compared it', () => {
    const { mesh, made, remote, found } = setUp(false);
    const tracks = { audio: {} as MediaStreamTrack, video: null };
    mesh.handleTracks(tracks);
    mesh.handleDesired([to('a', 4)]);
    const [connection] = made;
    connection?.events.onConnected(stream, certificates);
    expect(found).toEqual([{ peerId: 'a', generation: 4, certificates }]);
    mesh.handleSecured(secured('a', 3));
    mesh.handleSecured(secured('b', 4));
    mesh.handleTracks(tracks);
    expect(remote()['a']).toEqual({ connection: 'connecting', stream: null });
    expect(connection?.options.tracks).toEqual(noTracks);
    expect(connection?.tracks).toBeNull();

    mesh.handleSecured(secured('a', 4));
    expect(remote()['a']).toEqual({ connection: 'connected', stream });
    expect(connection?.tracks).toEqual(tracks);
    connection?.events.onInterrupted();
    connection?.events.onConnected(stream, certificates);
    expect(remote()['a']).toEqual({ connection: 'connected', stream });
    expect(found).toHaveLength(1);

    // What counted for one connection does not for the next; the earlier one is shown only while it is up.
    connection?.events.onInterrupted();
    const second = { id: 'second' } as MediaStream;
    mesh.handleDesired([to('a', 5)]);
    mesh.handleSecured(secured('a', 4));
    made[1]?.events.onConnected(second, certificates);
    expect(remote()['a']).toEqual({ connection: 'reconnecting', stream });
    expect(made[1]?.tracks).toBeNull();
    // Compared, and interrupted before: not shown as connected before it is.
    made[1]?.events.onInterrupted();
    mesh.handleSecured(secured('a', 5));
    expect(remote()['a']?.connection).toBe('reconnecting');
    made[1]?.events.onConnected(second, certificates);
    expect(remote()['a']).toEqual({ connection: 'connected', stream: second });
  });

  it('reports a failure once and waits for main, then says that it failed', () => {
    const { mesh, made, failures, remote } = setUp();
    mesh.handleDesired([to('a', 2)]);
    made[0]?.fail();
    mesh.handleDesired([to('a', 2)]);
    expect(made).toHaveLength(1);
    expect(failures).toEqual([{ peerId: 'a', generation: 2 }]);
    expect(remote()['a']?.connection).toBe('reconnecting');
    vi.advanceTimersByTime(60_000);
    expect(remote()['a']?.connection).toBe('failed');
    mesh.handleDesired([to('a', 3)]);
    expect(made).toHaveLength(2);
    expect(remote()['a']?.connection).toBe('reconnecting');
  });

  it('keeps signals that come before the state, and drops those of old generations', () => {
    const { mesh, made } = setUp();
    mesh.handleSignal({ peerId: 'a', generation: 1, signal: offer('old') });
    mesh.handleSignal({ peerId: 'a', generation: 2, signal: offer('first') });
    mesh.handleSignal({ peerId: 'a', generation: 2, signal: offer('second') });
    mesh.handleSignal({ peerId: 'a', generation: 1, signal: offer('older') });
    mesh.handleDesired([to('a', 2)]);
    mesh.handleSignal({ peerId: 'a', generation: 2, signal: offer('third') });
    mesh.handleSignal({ peerId: 'a', generation: 1, signal: offer('dropped') });
    expect(made[0]?.signals).toEqual([offer('first'), offer('second'), offer('third')]);
  });

  it('does not feed a connection that is made again with signals meant for the one before', () => {
    const { mesh, made } = setUp();
    mesh.handleDesired([to('a', 1)]);
    mesh.handleDesired([]);
    mesh.handleSignal({ peerId: 'a', generation: 1, signal: offer('late') });
    mesh.handleDesired([to('a', 1)]);
    expect(made[1]?.signals).toEqual([]);
  });

  it('carries what main sends to whom it can reach, and hands in what comes from a connection that lives', () => {
    const { mesh, made, came } = setUp();
    mesh.handleDesired([to('a', 1), to('b', 1), to('c', 1)]);
    const [a, b, c] = made;
    mesh.handleSecured(new Map(['a', 'b', 'c'].map((peerId) => [peerId, 1])));
    mesh.handleCarry({ to: 'a', spread: true, except: [], text: '1' });
    mesh.handleCarry({ to: null, spread: true, except: ['b'], text: '2' });
    if (a) a.open = false;
    mesh.handleCarry({ to: 'a', spread: true, except: ['b'], text: '3' });
    mesh.handleCarry({ to: 'a', spread: false, except: [], text: '4' });
    expect([a?.carried, b?.carried, c?.carried]).toEqual([['1', '2'], [], ['2', '3']]);
    b?.events.onCarried('x');
    mesh.handleDesired([to('b', 2)]);
    b?.events.onCarried('late');
    expect(came).toEqual([{ peerId: 'b', text: 'x' }]);
  });

  it('leaves nothing behind', () => {
    const { mesh, made, alive, remote, failures } = setUp();
    mesh.handleDesired([to('a', 1), to('b', 1)]);
    made[0]?.fail();
    mesh.dispose();
    mesh.handleDesired([to('c', 1)]);
    expect(alive()).toEqual([]);
    expect(remote()).toEqual({});
    expect(failures).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends with exactly the desired set, whatever came before it in whichever order', () => {
    const peer = fc.constantFrom('a', 'b', 'c', 'd');
    const generation = fc.nat({ max: 4 });
    const desired = fc.uniqueArray(fc.record({ peerId: peer, generation, initiator: fc.boolean() }), {
      selector: ({ peerId }) => peerId,
    });
    const event = fc.oneof(
      fc.record({ type: fc.constant('desired' as const), desired }),
      fc.record({ type: fc.constant('signal' as const), peerId: peer, generation }),
      fc.record({ type: fc.constantFrom('fail', 'connect', 'interrupt', 'replace'), at: fc.nat() }),
      fc.record({ type: fc.constant('wait' as const), ms: fc.nat({ max: 40_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), desired, (events, last) => {
        const { mesh, made, alive, remote, failures } = setUp();
        for (const each of events) {
          if (each.type === 'desired') mesh.handleDesired(each.desired);
          else if (each.type === 'signal') mesh.handleSignal({ ...each, signal: offer(`${each.generation}`) });
          else if (each.type === 'wait') vi.advanceTimersByTime(each.ms);
          else if (made.length > 0) {
            const one = made[each.at % made.length];
            if (each.type === 'fail') one?.fail();
            // A destroyed connection may still call back: nothing may come of it.
            else if (each.type === 'connect') one?.events.onConnected(stream, certificates);
            else if (each.type === 'replace') one?.events.onReplaceable();
            else one?.events.onInterrupted();
          }
        }
        mesh.handleDesired(last.map((one) => ({ ...one, generation: one.generation + 5 })));
        const reported = failures.length;
        for (const { destroyed, events: late } of made) {
          if (!destroyed) continue;
          late.onConnected(stream, certificates);
          late.onInterrupted();
          late.onFailed();
        }
        expect(failures).toHaveLength(reported);
        expect(alive().length, 'one each, and at most one in reserve').toBeLessThanOrEqual(2 * last.length);
        expect(Object.keys(remote()).sort()).toEqual(last.map(({ peerId }) => peerId).sort());
        const newest = last.length === 0 ? [] : made.slice(-last.length);
        const streams = newest.map(() => ({}) as MediaStream);
        newest.forEach((one, n) => one.events.onConnected(streams[n]!, certificates));
        expect(alive()).toEqual(newest);
        expect(alive().map(({ options }) => options.initiator)).toEqual(last.map(({ initiator }) => initiator));
        expect(last.map(({ peerId }) => remote()[peerId]?.stream)).toEqual(streams);
        mesh.dispose();
        expect(alive()).toEqual([]);
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
