import { describe, expect, it } from 'vitest';
import {
  answersTo,
  registrationAnswersSchema,
  registrationFormSchema,
  registrationProblems,
  type RegistrationAnswers,
} from './registration';

const email = { id: 'email', question: null, required: true } as const;
const own = { id: 'question1', question: 'Do you need an interpreter?', required: false } as const;
const form = { purpose: 'Minutes.', fields: [email, own] };

describe('R10: what a host may ask for at the door', () => {
  it.each<[string, unknown]>([
    ['no purpose', { ...form, purpose: ' ' }],
    ['too long a purpose', { ...form, purpose: 'x'.repeat(301) }],
    ['nothing', { ...form, fields: [] }],
    ['the same twice', { ...form, fields: [email, email] }],
    ['a field there is none of', { ...form, fields: [{ ...email, id: 'birthday' }] }],
    ['a fourth question', { ...form, fields: [{ ...own, id: 'question4' }] }],
    ['an own question without words', { ...form, fields: [{ ...own, question: null }] }],
    ['other words for a known field', { ...form, fields: [{ ...email, question: 'Your wallet' }] }],
    ['too long a question', { ...form, fields: [{ ...own, question: 'x'.repeat(121) }] }],
    ['control characters', { ...form, fields: [{ ...own, question: 'Why\u0000?' }] }],
  ])('is not %s', (_what, unfit) => {
    expect(registrationFormSchema.safeParse(form).success).toBe(true);
    expect(registrationFormSchema.safeParse(unfit).success).toBe(false);
  });

  it('is answered without what is optional, and not without what is required', () => {
    expect(registrationProblems(form, { email: 'a@b.example' })).toEqual([]);
    expect(registrationProblems(form, { question1: 'No' })).toEqual([{ id: 'email', problem: 'missing' }]);
  });

  it.each([
    ['email', 'a@b.example', true],
    ['email', 'Jörg.Müller+x@bücher.example', true],
    ['email', 'a@b', false],
    ['email', 'a b@c.example', false],
    ['email', '@b.example', false],
    ['phone', '+49 (30) 12-34/5', true],
    ['phone', '030', true],
    ['phone', '=1+1', false],
    ['phone', '12', false],
  ] as const)('takes as %s “%s”: %s', (id, text, isFit) => {
    const asked = { fields: [{ id, question: null, required: false }] };
    const expected = isFit ? [] : [{ id, problem: 'malformed' }];
    expect(registrationProblems(asked, { [id]: text })).toEqual(expected);
  });

  it('keeps the answers with their questions, in the order of the form, and nothing else', () => {
    const answers: RegistrationAnswers = { phone: '030', question1: 'No', email: 'a@b.example' };
    expect(answersTo(form, answers)).toEqual([
      { id: 'email', question: null, text: 'a@b.example' },
      { id: 'question1', question: own.question, text: 'No' },
    ]);
  });

  it('what comes from outside has no other members, whatever they are called', () => {
    const read = (text: string) => registrationAnswersSchema.safeParse(JSON.parse(text));
    for (const text of ['{"constructor":"x"}', '{"question4":"x"}', '{"email":""}', '{"email":null}', '["x"]', 'null'])
      expect([text, read(text).success]).toEqual([text, false]);
    const { data } = read('{"__proto__":"x"}');
    expect([Object.keys(data ?? { missing: '' }), Object.getPrototypeOf(data)]).toEqual([[], Object.prototype]);
  });
});
