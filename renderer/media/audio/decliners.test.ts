import { describe, expect, it } from 'vitest';
import type { ConsentStatus, RecordingKind, RecordingState } from '../../../common/consent/models';
import { DeclinerGate } from './declinerGate';
import { declinersOf } from './decliners';

const recording = (
  audio: Record<string, ConsentStatus>,
  { pauseForDecliners = true, recordable = ['audio', 'video'] as readonly RecordingKind[] } = {},
): RecordingState =>
  ({
    request: { terms: { kinds: ['audio', 'video'], pauseForDecliners } },
    consents: Object.entries(audio).map(([participantId, status]) => ({ participantId, audio: status, video: 'yes' })),
    recordable,
  }) as unknown as RecordingState;

describe('declinersOf', () => {
  const here = ['anna', 'ben', 'cleo', 'dora', 'emil', 'fay'];

  it('names everybody here whose yes to their sound does not stand, also who has not answered or was not asked', () => {
    const state = recording({
      anna: 'yes',
      ben: 'no',
      cleo: 'pending',
      dora: 'withdrawn',
      emil: 'stopped',
      gone: 'no',
    });
    expect(declinersOf(state, here)).toEqual(['ben', 'cleo', 'dora', 'emil', 'fay']);
  });

  it('names nobody where it was not promised, where no sound is recorded, and without a recording', () => {
    expect(declinersOf(recording({ ben: 'no' }, { pauseForDecliners: false }), here)).toEqual([]);
    expect(declinersOf(recording({ ben: 'no' }, { recordable: ['video'] }), here)).toEqual([]);
    expect(declinersOf(null, here)).toEqual([]);
  });
});

describe('DeclinerGate', () => {
  const one = (level: number) => new Map([['ben', level]]);

  it('opens with the first sound above silence, and stays so for 0.7 s after the last', () => {
    const gate = new DeclinerGate();
    expect(gate.update(one(0.1), 0)).toEqual([]);
    expect(gate.update(one(0.22), 40)).toEqual(['ben']);
    expect(gate.update(one(0), 700)).toEqual(['ben']);
    expect(gate.update(one(0.22), 730)).toEqual(['ben']);
    expect(gate.update(one(0), 1_420)).toEqual(['ben']);
    expect(gate.update(one(0), 1_430)).toEqual([]);
  });

  it('holds for each on their own, and forgets who is not to be watched any more', () => {
    const gate = new DeclinerGate();
    gate.update(new Map([...one(0.9), ['cleo', 0]]), 0);
    expect(gate.update(new Map([...one(0), ['cleo', 0.9]]), 400)).toEqual(['ben', 'cleo']);
    expect(gate.update(new Map([['cleo', 0]]), 500)).toEqual(['cleo']);
    expect(gate.update(new Map([...one(0), ['cleo', 0]]), 600)).toEqual(['cleo']);
  });
});
