import { expect, it } from 'vitest';
import type { MeetingState, SessionState } from '../../common/meeting/sessionState';
import { ContactLog } from './contactLog';

function rig() {
  let now = 1_000;
  const due: (() => void)[] = [];
  const told = { times: 0 };
  const log = new ContactLog({
    now: () => (now += 1),
    after: (_milliseconds, work) => due.push(work),
    changed: () => (told.times += 1),
  });
  return { log, due, told, rows: () => log.list().entries };
}
const inMeeting = (title: string): SessionState => ({ phase: 'meeting', meeting: { title } as MeetingState });

it('is empty at the start, and knows since when', () => {
  expect(rig().log.list()).toEqual({ startedAt: 1_001, entries: [], forgotten: 0 });
});

it('keeps one line for an address and a purpose, with the first and the last time and how often', () => {
  const { log, rows } = rig();
  log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'trying' });
  log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'reached' });
  log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'trying' });
  log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'failed' });
  log.note({ purpose: 'relay-join', address: '192.0.2.1:9', state: 'failed' });
  expect(rows()).toMatchObject([
    { purpose: 'relay-join', state: 'failed', count: 1 },
    { purpose: 'host', state: 'reached', count: 2, firstAt: 1_002, lastAt: 1_005 },
  ]);
});

it('counts every coming in', () => {
  const { log, rows } = rig();
  for (let time = 0; time < 3; time += 1) log.note({ purpose: 'guest', address: '192.0.2.7', state: 'reached' });
  expect(rows()).toMatchObject([{ count: 3, state: 'reached' }]);
});

it('says which meeting an address belonged to, as soon as its topic is known, and in the next one anew', () => {
  const { log, rows } = rig();
  const note = () => log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'trying' });
  note();
  log.handleSession({ phase: 'connecting' });
  note();
  expect(rows().map(({ meeting }) => meeting)).toEqual([null, null]);
  log.handleSession(inMeeting('Budget'));
  expect(rows().map(({ meeting }) => meeting)).toEqual(['Budget', null]);
  log.handleSession({ phase: 'ended', reason: 'left', title: 'Budget', durationMs: 0 });
  log.handleSession({ phase: 'idle' });
  log.handleSession({ phase: 'connecting' });
  note();
  log.handleSession(inMeeting('Budget'));
  expect(rows().map(({ meeting, count }) => [meeting, count])).toEqual([
    ['Budget', 1],
    ['Budget', 1],
    [null, 1],
  ]);
});

it('calls what has not answered by the end of its meeting not reached, and nothing else', () => {
  const { log, rows } = rig();
  log.note({ purpose: 'nearby', address: '224.0.0.251:5353', state: 'trying' });
  log.handleSession({ phase: 'connecting' });
  log.note({ purpose: 'media', address: '192.0.2.1:9', state: 'trying', who: 'Anna' });
  log.note({ purpose: 'media', address: '192.0.2.2:9', state: 'trying', who: 'Anna' });
  log.note({ purpose: 'media', address: '192.0.2.2:9', state: 'reached' });
  log.handleSession({ phase: 'idle' });
  expect(rows().map(({ address, state, who }) => [address, state, who])).toEqual([
    ['192.0.2.2:9', 'reached', 'Anna'],
    ['192.0.2.1:9', 'failed', 'Anna'],
    ['224.0.0.251:5353', 'trying', null],
  ]);
});

it('is bounded: strangers at the door push out each other, and not what this app did itself', () => {
  const { log, rows } = rig();
  log.note({ purpose: 'host', address: '192.0.2.1:9', state: 'reached' });
  for (let index = 0; index < 100_000; index += 1) {
    log.note({ purpose: 'guest', address: `2001:db8::${index.toString(16)}`, state: 'reached' });
  }
  expect(rows()).toHaveLength(201);
  expect(rows().at(-1)).toMatchObject({ purpose: 'host' });
  expect(log.list().forgotten).toBe(99_800);
  for (let index = 0; index < 2_000; index += 1) {
    log.note({ purpose: 'media', address: `192.0.2.1:${index}`, state: 'trying' });
  }
  expect(rows()).toHaveLength(700);
});

it('tells once of many changes, and again of the next', () => {
  const { log, due, told } = rig();
  for (let index = 0; index < 50; index += 1) log.note({ purpose: 'guest', address: `${index}`, state: 'reached' });
  expect(due).toHaveLength(1);
  due[0]!();
  expect(told.times).toBe(1);
  log.note({ purpose: 'guest', address: 'x', state: 'reached' });
  expect(due).toHaveLength(2);
});
