import { describe, expect, it } from 'vitest';
import type { ConsentStatus } from '../../../common/consent/models';
import type { Participant } from '../../../common/meeting/models';
import { recordingNotes } from './recordingNotes';
import { recordingOf } from './testing/recordingOf';

const person = (id: string, role: 'host' | 'guest'): Participant => ({
  ...{ id, role, name: id, identityKey: id, joinedAt: 1, media: { microphone: true, camera: true } },
  ...{ presence: 'here', returns: 0 },
});
const participants = [person('Anna', 'host'), person('Ben', 'guest'), person('Cleo', 'guest')];
const asHost = { selfId: 'Anna', role: 'host', participants } as const;
const asBen = { selfId: 'Ben', role: 'guest', participants } as const;
const asCleo = { selfId: 'Cleo', role: 'guest', participants } as const;
const sound = (...statuses: readonly ConsentStatus[]) =>
  statuses.map((audio, index) => ({ participantId: participants[index]!.id, audio }));
const recorded = (...statuses: readonly ConsentStatus[]) =>
  recordingOf({ consents: sound(...statuses), recordable: ['audio'] }, { kinds: ['audio'] });

describe('recordingNotes', () => {
  it('tells who has objected why they are not asked, and the host nothing of the kind', () => {
    const recording = { ...recorded('no', 'no', 'no'), objected: ['Ben'], given: null };
    expect(recordingNotes(recording, asBen)).toEqual([{ type: 'objected', host: 'Anna' }]);
    expect(recordingNotes(recording, asHost)).toEqual([]);
    expect(recordingNotes(recording, asCleo)).toEqual([]);
  });

  it('says that it answered with No by itself, until the person agrees by hand', () => {
    const given = 'own-setting' as const;
    expect(recordingNotes({ ...recorded('no', 'no', 'no'), given }, asBen)).toEqual([{ type: 'own-setting' }]);
    expect(recordingNotes({ ...recorded('yes', 'yes', 'yes'), given }, asBen)).toEqual([]);
  });

  it('warns the host of voices in loudspeakers, and those who are recorded; not who is not', () => {
    const recording = recorded('yes', 'yes', 'no');
    const names = ['Cleo'];
    expect(recordingNotes(recording, asHost)).toEqual([{ type: 'loudspeaker', names, own: false }]);
    expect(recordingNotes(recording, asBen)).toEqual([{ type: 'loudspeaker', names, own: true }]);
    expect(recordingNotes(recording, asCleo)).toEqual([]);
  });

  it('does so when all have answered, and not where the others’ sound pauses, or is not recorded', () => {
    expect(recordingNotes(recorded('yes', 'pending', 'no'), asHost)).toEqual([]);
    expect(recordingNotes(recorded('no', 'no', 'no'), asHost)).toEqual([]);
    const consents = sound('yes', 'yes', 'no');
    const pausing = recordingOf({ consents, recordable: ['audio'] }, { kinds: ['audio'], pauseForDecliners: true });
    expect(recordingNotes(pausing, asHost)).toEqual([]);
  });

  it('says that the time ran out, until the person answers after all', () => {
    const silent = { ...recorded('yes', 'yes', 'yes'), given: 'time-ran-out' } as const;
    expect(recordingNotes(silent, asCleo)).toEqual([{ type: 'time-ran-out' }]);
    expect(recordingNotes({ ...silent, given: 'later' }, asCleo)).toEqual([]);
  });

  it('says that a No from before the meeting stands, without having asked', () => {
    const chosen = { ...recorded('yes', 'yes', 'no'), given: 'beforehand' } as const;
    expect(recordingNotes(chosen, asCleo)).toEqual([{ type: 'no-beforehand' }]);
    expect(recordingNotes(chosen, asBen).filter(({ type }) => type === 'no-beforehand')).toEqual([]);
  });

  it('says what stands of an earlier answer, once the host has it, until the person changes it', () => {
    const same = { ...recorded('yes', 'yes', 'no'), given: 'same-terms' } as const;
    expect(recordingNotes(same, asCleo)).toEqual([{ type: 'same-terms', kinds: [] }]);
    expect(recordingNotes(same, asBen)[0]).toEqual({ type: 'same-terms', kinds: ['audio'] });
    for (const status of ['pending', 'stopped', 'withdrawn'] as const) {
      const now = { ...recorded('yes', status, 'yes'), given: 'same-terms' } as const;
      expect(recordingNotes(now, asBen).filter(({ type }) => type === 'same-terms')).toEqual([]);
    }
  });
});
