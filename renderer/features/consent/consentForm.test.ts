import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingKinds, refusalOf, type Decisions, type RecordingKind } from '../../../common/consent/models';
import { consentForm, emptyConsentForm, type ConsentForm, type ConsentFormEvent } from './consentForm';

const kinds = ['audio', 'video', 'chat'] as const satisfies readonly RecordingKind[];
const nothing = refusalOf(kinds);

function play(events: readonly ConsentFormEvent[], begin: ConsentForm = emptyConsentForm(kinds)) {
  let form = begin;
  const answers: Decisions[] = [];
  for (const event of events) {
    const step = consentForm(form, event);
    form = step.form;
    if (step.answer !== null) answers.push(step.answer);
  }
  return { form, answers };
}

describe('consentForm', () => {
  it('begins with nothing chosen, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.subarray([...recordingKinds], { minLength: 1 }), (asked) => {
        expect(emptyConsentForm(asked).decisions).toEqual(refusalOf(asked));
      }),
    );
  });

  it('begins with what the person had chosen before the meeting, and with that only', () => {
    expect(emptyConsentForm(kinds, { audio: true, chat: false, screen: true }).decisions).toEqual({
      ...{ audio: true, video: false, chat: false },
    });
  });

  it('does not take a yes without a choice, and says so', () => {
    const { form, answers } = play([{ type: 'yes' }]);
    expect(answers).toEqual([]);
    expect(form).toMatchObject({ needsChoice: true, phase: 'asking' });
    expect(consentForm(form, { type: 'switched', kind: 'audio', on: true }).form.needsChoice).toBe(false);
  });

  it('answers exactly what is switched on', () => {
    const { answers } = play([
      { type: 'switched', kind: 'audio', on: true },
      { type: 'switched', kind: 'chat', on: true },
      { type: 'switched', kind: 'audio', on: false },
      { type: 'yes' },
    ]);
    expect(answers).toEqual([{ audio: false, video: false, chat: true }]);
  });

  it('knows no yes to what was not asked for', () => {
    const { answers } = play([
      { type: 'switched', kind: 'screen', on: true },
      { type: 'switched', kind: 'audio', on: true },
      { type: 'yes' },
    ]);
    expect(answers).toEqual([{ audio: true, video: false, chat: false }]);
  });

  it('no is a refusal, whatever was switched on, also before the meeting', () => {
    expect(play([{ type: 'switched', kind: 'video', on: true }, { type: 'no' }]).answers).toEqual([nothing]);
    expect(play([{ type: 'no' }], emptyConsentForm(kinds, { audio: true })).answers).toEqual([nothing]);
  });

  it('confirms an earlier choice as it stands on the screen, be it a no', () => {
    const begin = emptyConsentForm(kinds, { audio: true });
    expect(play([{ type: 'confirmed' }], begin).answers).toEqual([{ ...nothing, audio: true }]);
    expect(play([{ type: 'switched', kind: 'audio', on: false }, { type: 'confirmed' }], begin).answers).toEqual([
      nothing,
    ]);
  });

  it('answers once, and again only after a failure', () => {
    expect(play([{ type: 'no' }, { type: 'no' }, { type: 'yes' }]).answers).toHaveLength(1);
    expect(play([{ type: 'no' }, { type: 'failed' }, { type: 'no' }]).answers).toHaveLength(2);
  });

  it('never turns anything but a yes into consent', () => {
    const event: fc.Arbitrary<ConsentFormEvent> = fc.oneof(
      fc.record({ type: fc.constant('switched' as const), kind: fc.constantFrom(...recordingKinds), on: fc.boolean() }),
      fc.constantFrom({ type: 'no' as const }, { type: 'failed' as const }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        for (const answer of play(events).answers) expect(answer).toEqual(nothing);
      }),
    );
  });
});
