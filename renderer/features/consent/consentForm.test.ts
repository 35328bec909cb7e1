import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing, type Decisions } from '../../../common/consent/models';
import { consentForm, emptyConsentForm, type ConsentForm, type ConsentFormEvent } from './consentForm';

function play(events: readonly ConsentFormEvent[]) {
  let form: ConsentForm = emptyConsentForm;
  const answers: Decisions[] = [];
  for (const event of events) {
    const step = consentForm(form, event);
    form = step.form;
    if (step.answer !== null) answers.push(step.answer);
  }
  return { form, answers };
}

describe('consentForm', () => {
  it('begins with nothing chosen', () => {
    expect(emptyConsentForm.decisions).toEqual({ audio: false, video: false, chat: false });
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

  it.each(['no', 'closed'] as const)('%s is a refusal, whatever was switched on', (type) => {
    const { answers } = play([{ type: 'switched', kind: 'video', on: true }, { type }]);
    expect(answers).toEqual([nothing]);
  });

  it('answers once, and again only after a failure', () => {
    expect(play([{ type: 'no' }, { type: 'no' }, { type: 'closed' }]).answers).toHaveLength(1);
    expect(play([{ type: 'no' }, { type: 'failed' }, { type: 'no' }]).answers).toHaveLength(2);
  });

  it('never turns anything but a yes into consent', () => {
    const event: fc.Arbitrary<ConsentFormEvent> = fc.oneof(
      fc.record({
        type: fc.constant('switched' as const),
        kind: fc.constantFrom('audio' as const, 'video' as const, 'chat' as const),
        on: fc.boolean(),
      }),
      fc.constantFrom({ type: 'no' as const }, { type: 'closed' as const }, { type: 'failed' as const }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        for (const answer of play(events).answers) expect(answer).toEqual(nothing);
      }),
    );
  });
});
