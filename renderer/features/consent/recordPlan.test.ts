import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentTermsSchema, offeredKinds, recordingKinds } from '../../../common/consent/models';
import {
  askedKinds,
  canPause,
  emptyPlan,
  isPurposeMissing,
  ownDecisions,
  planAsAnnounced,
  termsOfPlan,
  withKind,
  type RecordPlan,
} from './recordPlan';

const begin = emptyPlan(14);

describe('recordPlan', () => {
  it('begins without a purpose and with nothing of the host ticked', () => {
    expect(isPurposeMissing(begin)).toBe(true);
    expect(ownDecisions(begin)).toEqual({ audio: false, video: false, chat: false });
  });

  it('wants words when they are to be the host’s own', () => {
    expect(isPurposeMissing({ ...begin, purpose: 'own' })).toBe(true);
    expect(isPurposeMissing({ ...begin, purpose: 'own', ownPurpose: '   ' })).toBe(true);
    expect(isPurposeMissing({ ...begin, purpose: 'own', ownPurpose: 'Protokoll' })).toBe(false);
    expect(isPurposeMissing({ ...begin, purpose: 'minutes' })).toBe(false);
  });

  it('names a text of the library, and none for one’s own words', () => {
    expect(termsOfPlan({ ...begin, purpose: 'minutes' }, 'Text').templateId).toBe('minutes');
    expect(termsOfPlan({ ...begin, purpose: 'own' }, 'Text').templateId).toBeNull();
  });

  it('always asks for something', () => {
    const only = withKind(withKind(begin, 'video', false), 'chat', false);
    expect(askedKinds(only)).toEqual(['audio']);
    expect(withKind(only, 'audio', false)).toBe(only);
    // A clip alone would prove a consent to nothing.
    expect(withKind({ ...only, clip: true }, 'audio', false).kinds).toEqual(['audio']);
  });

  it('does not take back what was switched on while a kind is off for a moment, and does not send it either', () => {
    const on: RecordPlan = { ...begin, own: { chat: true } };
    const without = withKind(on, 'chat', false);
    expect(ownDecisions(without)).toEqual({ audio: false, video: false });
    expect(ownDecisions(withKind(without, 'chat', true))).toMatchObject({ chat: true });
  });

  it('pauses for decliners only where there can be some, and their sound matters', () => {
    const pausing: RecordPlan = { ...begin, purpose: 'minutes', pauseForDecliners: true };
    expect(termsOfPlan(pausing, '').pauseForDecliners).toBe(true);
    expect(termsOfPlan({ ...pausing, policy: 'everybody' }, '').pauseForDecliners).toBe(false);
    expect(canPause(withKind(pausing, 'audio', false))).toBe(false);
    expect(termsOfPlan(withKind(pausing, 'audio', false), '').pauseForDecliners).toBe(false);
  });

  it('whatever is chosen can be asked, and the host answers for exactly that', () => {
    const plan = fc.record({
      kinds: fc.subarray([...offeredKinds], { minLength: 1 }),
      policy: fc.constantFrom('those-who-agree' as const, 'everybody' as const),
      clip: fc.boolean(),
      pauseForDecliners: fc.boolean(),
      own: fc.dictionary(fc.constantFrom(...recordingKinds), fc.boolean()),
    });
    fc.assert(
      fc.property(plan, (chosen) => {
        const whole: RecordPlan = { ...begin, purpose: 'minutes', ...chosen };
        const { purpose: _purpose, templateId: _id, retentionDays: _days, ...terms } = termsOfPlan(whole, 'Text');
        expect(consentTermsSchema.safeParse({ ...terms, template: null }).success).toBe(true);
        expect(terms.clipRetentionDays === null).toBe(!terms.kinds.includes('clip'));
        expect(Object.keys(ownDecisions(whole))).toEqual(terms.kinds);
      }),
    );
  });

  it('takes over what was announced, word for word, and ticks nothing', () => {
    const announced: RecordPlan = {
      ...{ ...begin, purpose: 'own', ownPurpose: 'Beratung', policy: 'everybody', retentionDays: 30 },
      ...{ kinds: ['audio'], clip: true, clipRetentionDays: 365, answerSeconds: 600 },
    };
    const { purpose, retentionDays, templateId: _id, ...terms } = termsOfPlan(announced, 'Beratung');
    const plan = planAsAnnounced({ purpose, retentionDays, terms: { ...terms, template: null } });
    expect(plan).toEqual(announced);
    expect(ownDecisions(plan)).toEqual({ audio: false, clip: false });
  });
});
