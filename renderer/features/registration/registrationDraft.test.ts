import { describe, expect, it } from 'vitest';
import type { RegistrationForm } from '../../../common/meeting/registration';
import { checkAnswers } from './guestAnswers';
import { draftOf, formOf, mostQuestions, withQuestion } from './registrationDraft';

const form: RegistrationForm = {
  purpose: 'Minutes.',
  fields: [
    { id: 'email', question: null, required: true },
    { id: 'phone', question: null, required: false },
    { id: 'question1', question: 'First?', required: false },
    { id: 'question2', question: 'Second?', required: true },
  ],
};

describe('R10: choosing what is asked at the door', () => {
  it('begins with nothing, and asks for nothing nobody chose', () => {
    const draft = draftOf(null);
    expect(new Set(Object.values(draft.known))).toEqual(new Set(['off']));
    expect(formOf({ ...draft, purpose: 'Minutes.' })).toBeNull();
  });

  it('is the same again after it was offered again', () => expect(formOf(draftOf(form))).toEqual(form));

  it('numbers own questions anew when one is taken out', () => {
    const draft = draftOf(form);
    const left = formOf({ ...draft, questions: draft.questions.slice(1) });
    expect(left?.fields.at(-1)).toEqual({ id: 'question1', question: 'Second?', required: true });
  });

  it('has no form while a question is empty, a purpose is missing, or there are too many questions', () => {
    const draft = draftOf(form);
    expect(formOf(withQuestion(draft))).toBeNull();
    expect(formOf({ ...draft, purpose: ' ' })).toBeNull();
    const many = Array.from({ length: mostQuestions + 1 }, (_, key) => ({ key, question: `${key}?`, required: false }));
    expect(formOf({ ...draft, questions: many })).toBeNull();
  });

  it('gives each question of a draft a key of its own', () => {
    let draft = withQuestion(withQuestion(draftOf(null)));
    draft = withQuestion({ ...draft, questions: draft.questions.slice(1) });
    expect(new Set(draft.questions.map(({ key }) => key)).size).toBe(2);
  });
});

describe('R10: filling it in', () => {
  it('sends what was typed, trimmed, and nothing for what was left empty or is not asked', () => {
    const typed = { email: ' a@b.example ', phone: '  ', organisation: 'Kanzlei', question2: 'Yes' };
    expect(checkAnswers(form, typed)).toEqual({ answers: { email: 'a@b.example', question2: 'Yes' }, problems: [] });
    expect(checkAnswers(null, typed)).toEqual({ answers: {}, problems: [] });
  });

  it('says of each field once what is wrong with it', () => {
    expect(checkAnswers(form, { email: 'a@b', question1: 'x'.repeat(201), question2: '\u202Ex' }).problems).toEqual([
      { id: 'question1', problem: 'malformed' },
      { id: 'question2', problem: 'malformed' },
      { id: 'email', problem: 'malformed' },
    ]);
  });
});
