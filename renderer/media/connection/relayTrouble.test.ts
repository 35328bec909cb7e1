import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchRelay } from './relayTrouble';

/** As much of a connection as is watched; its events are made by hand. */
class Connection extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'gathering';
  connectionState: RTCPeerConnectionState = 'connecting';

  say(type: string, facts: object): void {
    this.dispatchEvent(Object.assign(new Event(type), facts));
  }
}

function watched() {
  const connection = new Connection();
  const news: (string | null)[] = [];
  watchRelay(connection, (one) => void news.push(one));
  return { connection, news };
}
const gathered = (connection: Connection) => {
  connection.iceGatheringState = 'complete';
  connection.say('icegatheringstatechange', {});
};
const refusal = { errorCode: 401, url: 'turn:192.0.2.1:3478' };

describe('what is known of the TURN servers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is that one refuses, as soon as it does', () => {
    const { connection, news } = watched();
    connection.say('icecandidateerror', refusal);
    gathered(connection);
    vi.runAllTimers();
    expect(news).toEqual(['refused']);
  });

  it('is that none answers, when all was tried or after a while', () => {
    const [ended, silent] = [watched(), watched()];
    gathered(ended.connection);
    silent.connection.say('icecandidateerror', { ...refusal, errorCode: 701 });
    expect([ended.news, silent.news]).toEqual([['unreachable'], []]);
    vi.runAllTimers();
    expect(silent.news).toEqual(['unreachable']);
  });

  it('is that one helps, once it does', () => {
    const { connection, news } = watched();
    connection.say('icecandidate', { candidate: { type: 'relay' } });
    gathered(connection);
    vi.runAllTimers();
    expect(news).toEqual([null]);
  });

  it('is nothing where the connection came about without them', () => {
    const { connection, news } = watched();
    connection.connectionState = 'connected';
    gathered(connection);
    vi.runAllTimers();
    expect(news).toEqual([]);
  });
});
