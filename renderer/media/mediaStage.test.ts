import { describe, expect, it } from 'vitest';
import type { Result } from '../../common/errors';
import type { SessionState } from '../../common/meeting/sessionState';
import { follow } from './follow';
import { mediaStage } from './mediaStage';

describe('mediaStage (R11)', () => {
  const meeting = (meetingId: string) => ({ phase: 'meeting', meeting: { meetingId, selfId: 's' } }) as SessionState;
  const phase = (name: string) => ({ phase: name }) as SessionState;

  it('changes with every new preview and every new meeting, and with nothing in between', () => {
    const stages = [phase('idle'), phase('connecting'), phase('preview'), phase('waiting'), meeting('m'), meeting('m')];
    const changes = stages.map(mediaStage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(changes).toEqual(['none', 'preview', 'meeting m s']);
    expect(mediaStage(meeting('n'))).not.toBe(mediaStage(meeting('m')));
    expect(mediaStage(phase('ended'))).toBe('none');
  });
});

describe('follow', () => {
  function setUp() {
    let answer: (result: Result<number>) => void = () => undefined;
    let tell: (value: number) => void = () => undefined;
    const handled: number[] = [];
    const stop = follow<number>(
      () => new Promise((resolve) => (answer = resolve)),
      (handle) => {
        tell = handle;
        return () => (tell = () => undefined);
      },
      (value) => handled.push(value),
    );
    const settle = async (value: number) => {
      answer({ ok: true, value });
      await Promise.resolve();
    };
    return { handled, settle, stop, tell: (value: number) => tell(value) };
  }

  it('takes the answer, and then what is told', async () => {
    const { handled, settle, tell } = setUp();
    await settle(1);
    tell(2);
    expect(handled).toEqual([1, 2]);
  });

  it('drops an answer that what was told has overtaken, and everything after the end', async () => {
    const { handled, settle, tell, stop } = setUp();
    tell(2);
    await settle(1);
    stop();
    tell(3);
    expect(handled).toEqual([2]);
  });
});
