import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { defaultPolicy } from '../policy';
import { ManualTime } from '../testing/manualTimers';
import { openWire, type WireEnd } from './wire';

/** What a wire uses of a WebSocket, without a network. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly CLOSED = 3;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly calls: string[] = [];
  ping = () => void this.calls.push('ping');
  resume = () => void this.calls.push('resume');
  terminate = () => void this.calls.push('terminate');
  close = (code: number) => void this.calls.push(`close ${code}`);
  send = (text: string) => void this.sent.push(text);
}

function setUp() {
  const time = new ManualTime(0);
  const socket = new FakeSocket();
  const ends: WireEnd[] = [];
  const frames: string[] = [];
  const wire = openWire(
    socket as unknown as WebSocket,
    { frame: (text) => frames.push(text), ended: (reason) => ends.push(reason) },
    time,
    defaultPolicy,
  );
  return { time, socket, ends, frames, wire };
}

const { intervalMs, missed } = defaultPolicy.heartbeat;

describe('a wire', () => {
  it.each(['pong', 'ping', 'message'])('is alive as long as there is a %s now and then', (sign) => {
    const { time, socket, ends } = setUp();
    for (let count = 0; count < 20; count += 1) {
      time.advance(intervalMs * (missed - 1));
      socket.emit(sign, Buffer.from('x'), false);
    }
    expect(ends).toEqual([]);
  });

  it('ends as silent after 6 seconds and one beat without one, whatever the clock does meanwhile', () => {
    const { time, socket, ends } = setUp();
    expect(intervalMs * missed).toBe(6_000);
    time.advance(intervalMs * missed);
    expect(ends).toEqual([]);
    time.advance(intervalMs);
    expect(ends).toEqual(['silent']);
    expect(socket.calls.at(-1)).toBe('terminate');
    expect(time.pending).toBe(0);
  });

  it('hands in text, and nothing for what is binary', () => {
    const { socket, frames } = setUp();
    socket.emit('message', Buffer.from('{"a":"ä"}'), false);
    socket.emit('message', Buffer.from('x'), true);
    expect(frames).toEqual(['{"a":"ä"}', '']);
  });

  it('cuts off who does not read', () => {
    const { socket, ends, wire } = setUp();
    wire.send({ a: 1 });
    socket.bufferedAmount = defaultPolicy.queuedBytes + 1;
    wire.send({ b: 2 });
    wire.send({ c: 3 });
    expect(socket.sent).toEqual(['{"a":1}']);
    expect(ends).toEqual(['slow']);
  });

  it('closes with time to say the last words, but not for ever, and hears nothing any more', () => {
    const { time, socket, ends, frames, wire } = setUp();
    wire.close();
    wire.close();
    socket.emit('message', Buffer.from('late'), false);
    expect([frames, ends]).toEqual([[], []]);
    expect(socket.calls).toEqual(['resume', 'close 1000']);
    time.advance(defaultPolicy.closeGraceMs);
    expect(socket.calls.at(-1)).toBe('terminate');
    expect(time.pending).toBe(0);
  });

  it.each([
    [1009, 'protocol'],
    [1002, 'protocol'],
    [1006, 'gone'],
    [1000, 'gone'],
  ])('says why it ended: close code %i is %s', (code, reason) => {
    const { socket, ends } = setUp();
    socket.emit('close', code);
    socket.emit('error', new Error('afterwards'));
    expect(ends).toEqual([reason]);
  });
});
