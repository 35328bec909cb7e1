import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guestConsentStep, guestRecordingState, notRecorded, type GuestConsentEvent } from './guestConsent';
import {
  addsYes,
  hostConsentStep,
  mayAnswer,
  nobodyAsked,
  participantConsents,
  type HostConsent,
  type HostConsentEffect,
  type HostConsentEvent,
} from './hostConsent';
import {
  consentRequestSchema,
  refusalOf,
  type ConsentPolicy,
  type ConsentRequest,
  type Decisions,
  type ParticipantConsent,
  type RecordingKind,
} from './models';
import { kindsThat, standing, takenBack } from './standing';
import { recordableKinds } from './terms';

const people = ['anna', 'ben', 'cleo'] as const;
const asked = ['audio', 'video', 'chat', 'clip'] as const satisfies readonly RecordingKind[];
type Asked = (typeof asked)[number];
const kinds = fc.subarray([...asked], { minLength: 1 });
const decisions = fc.record({ audio: fc.boolean(), video: fc.boolean(), chat: fc.boolean(), clip: fc.boolean() });
const participantId = fc.constantFrom<string>(...people);
const hostEvent: fc.Arbitrary<HostConsentEvent> = fc.oneof(
  fc.record({ type: fc.constant('present' as const), participantId }),
  fc.record({ type: fc.constant('left' as const), participantId }),
  fc.record({ type: fc.constant('ranOut' as const), participantId }),
  fc.record({ type: fc.constant('answered' as const), participantId, decisions }),
  fc.record({
    type: fc.constant('withdrew' as const),
    participantId,
    kinds,
    scope: fc.constantFrom('everything' as const, 'future' as const),
  }),
);
const hostEvents = fc.array(hostEvent, { maxLength: 25 });

function play(events: readonly HostConsentEvent[]) {
  let state: HostConsent = nobodyAsked(asked);
  const effects: HostConsentEffect[] = [];
  for (const event of events) {
    const step = hostConsentStep(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const consentOf = (state: HostConsent, person: string) =>
  participantConsents(state).find((one) => one.participantId === person);

/** What the rules say of one person, told once more in the plainest way. */
function expected(events: readonly HostConsentEvent[], person: string): ParticipantConsent | undefined {
  let phase: 'unknown' | 'asked' | 'silent' | 'answered' = 'unknown';
  let said: Decisions = {};
  const erased = new Set<Asked>();
  const stopped = new Set<Asked>();
  for (const event of events.filter((one) => one.participantId === person)) {
    const yes = asked.filter((kind) => said[kind] === true);
    if (event.type === 'present' && phase === 'unknown') phase = 'asked';
    if (event.type === 'ranOut' && phase === 'asked') phase = 'silent';
    if (event.type === 'answered' && phase !== 'unknown') {
      const more = asked.filter((kind) => event.decisions[kind]);
      const keeps = yes.every((kind) => more.includes(kind));
      if (phase !== 'answered' || (keeps && more.length > yes.length)) said = event.decisions;
      phase = 'answered';
    }
    if (event.type === 'withdrew' && phase === 'answered') {
      for (const kind of yes.filter((one) => event.kinds.includes(one))) {
        (event.scope === 'everything' ? erased : stopped).add(kind);
      }
    }
  }
  const of = (kind: Asked) => {
    if (phase === 'asked') return 'pending';
    if (said[kind] !== true) return 'no';
    if (erased.has(kind)) return 'withdrawn';
    return stopped.has(kind) ? 'stopped' : 'yes';
  };
  if (phase === 'unknown') return undefined;
  return { participantId: person, ...Object.fromEntries(asked.map((kind) => [kind, of(kind)])) };
}

describe('the host’s consents, whatever happens in whatever order', () => {
  test('stand as the rules say: one question, a first answer, more yes later, and a taking back that is final', () => {
    fc.assert(
      fc.property(hostEvents, (events) => {
        const { state, effects } = play(events);
        for (const person of people) {
          const questions = effects.filter((effect) => effect.type === 'ask' && effect.participantId === person);
          expect(questions.length).toBe(events.some((e) => e.type === 'present' && e.participantId === person) ? 1 : 0);
          expect(consentOf(state, person)).toEqual(expected(events, person));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('no kind that was taken back is ever a yes again', () => {
    fc.assert(
      fc.property(hostEvents, (events) => {
        let state: HostConsent = nobodyAsked(asked);
        const gone = new Set<string>();
        for (const event of events) {
          const before = consentOf(state, event.participantId);
          state = hostConsentStep(state, event).state;
          if (event.type === 'withdrew') {
            for (const kind of event.kinds) if (before?.[kind] === 'yes') gone.add(`${event.participantId} ${kind}`);
          }
          const back = participantConsents(state).flatMap((consent) =>
            asked.filter((kind) => consent[kind] === 'yes' && gone.has(`${consent.participantId} ${kind}`)),
          );
          expect(back).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('each kind is erased at most once, exactly when it was taken back altogether, and stopped at most once', () => {
    fc.assert(
      fc.property(hostEvents, (events) => {
        const { state, effects } = play(events);
        for (const person of people) {
          const of = (type: 'erase' | 'stop') =>
            effects.flatMap((e) => (e.type === type && e.participantId === person ? e.kinds : []));
          const [erased, stopped] = [of('erase'), of('stop')];
          expect(new Set(erased).size).toBe(erased.length);
          expect(new Set(stopped).size).toBe(stopped.length);
          const consent = consentOf(state, person);
          expect([...erased].sort()).toEqual(asked.filter((kind) => consent?.[kind] === 'withdrawn').sort());
          for (const kind of asked) if (consent?.[kind] === 'stopped') expect(stopped).toContain(kind);
        }
      }),
    );
  });

  test('what was only stopped can still be destroyed, once, and what was destroyed cannot be stopped', () => {
    const anna = { participantId: 'anna' };
    const taking = (scope: 'everything' | 'future', ...which: Asked[]) => ({
      ...{ ...anna, type: 'withdrew' as const, kinds: which, scope },
    });
    const { state, effects } = play([
      { ...anna, type: 'present' },
      { ...anna, type: 'answered', decisions: { audio: true, video: true, chat: false, clip: true } },
      taking('future', 'audio', 'chat'),
      taking('everything', 'audio', 'video'),
      taking('everything', 'audio'),
      taking('future', 'audio', 'video'),
    ]);
    expect(effects.filter(({ type }) => type === 'stop' || type === 'erase')).toEqual([
      { ...anna, type: 'stop', kinds: ['audio'] },
      { ...anna, type: 'erase', kinds: ['audio', 'video'] },
    ]);
    expect(consentOf(state, 'anna')).toEqual({
      ...{ ...anna, audio: 'withdrawn', video: 'withdrawn', chat: 'no', clip: 'yes' },
    });
  });

  test('an answer that may not follow changes nothing', () => {
    fc.assert(
      fc.property(hostEvents, participantId, decisions, (events, person, answer) => {
        const { state } = play(events);
        const step = hostConsentStep(state, { type: 'answered', participantId: person, decisions: answer });
        if (mayAnswer(state, person, answer)) expect(step.effects).toEqual([{ type: 'announce' }]);
        else expect(step).toEqual({ state, effects: [] });
      }),
    );
  });

  test('a later answer adds a yes and drops none', () => {
    const no = refusalOf(asked);
    expect(addsYes(asked, no, no)).toBe(false);
    expect(addsYes(asked, no, { ...no, chat: true })).toBe(true);
    expect(addsYes(asked, { ...no, audio: true }, { ...no, chat: true })).toBe(false);
    expect(addsYes(asked, { ...no, audio: true }, { ...no, audio: true })).toBe(false);
    expect(addsYes(asked, { ...no, audio: true }, { ...no, audio: true, chat: true })).toBe(true);
    // A kind that was not asked for adds nothing.
    expect(addsYes(asked, no, { ...no, screen: true })).toBe(false);
  });
});

const request = (which: number, policy: ConsentPolicy = 'those-who-agree'): ConsentRequest =>
  consentRequestSchema.parse({
    recordingId: `${which}`.repeat(22),
    meetingId: 'A'.repeat(22),
    controllerName: 'Hanna',
    controllerContact: '',
    controllerKey: 'A'.repeat(43),
    purpose: 'Minutes',
    retentionDays: 14,
    requestedAt: which,
    terms: {
      ...{ kinds: [...asked], policy, template: null, answerSeconds: 120, clipRetentionDays: 30 },
      pauseForDecliners: false,
    },
  });

describe('what may be recorded', () => {
  const present = fc.subarray([...people]);

  test('is, where everybody has to agree, exactly what all present have a standing yes to, and the clips', () => {
    fc.assert(
      fc.property(hostEvents, present, (events, here) => {
        const consents = participantConsents(play(events).state);
        const recordable = recordableKinds(request(1, 'everybody'), consents, here);
        for (const kind of asked) {
          const all = here.every((person) => expected(events, person)?.[kind] === 'yes');
          expect([kind, recordable.includes(kind)]).toEqual([kind, all || kind === 'clip']);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is everything that was asked for, where those are recorded who agree', () => {
    fc.assert(
      fc.property(hostEvents, present, (events, here) => {
        expect(recordableKinds(request(1), participantConsents(play(events).state), here)).toEqual(asked);
      }),
    );
  });
});

describe('what was taken back', () => {
  const withdrawals = fc.array(fc.record({ kinds, scope: fc.constantFrom('everything' as const, 'future' as const) }), {
    maxLength: 6,
  });

  test('stands the same in whatever order it is read, altogether before from then on', () => {
    fc.assert(
      fc.property(decisions, withdrawals, (said, taken) => {
        const stands = standing(said, takenBack(taken));
        expect(standing(said, takenBack([...taken].reverse()))).toEqual(stands);
        for (const kind of asked) {
          const named = taken.filter((one) => one.kinds.includes(kind));
          expect(stands[kind] === 'yes').toBe(said[kind] && named.length === 0);
          expect(stands[kind] === 'withdrawn').toBe(said[kind] && named.some(({ scope }) => scope === 'everything'));
        }
        expect(stands.screen).toBeUndefined();
      }),
    );
  });

  test('from before there was a choice meant everything', () => {
    expect(takenBack([{ kinds: ['audio'] }])).toEqual({ withdrawn: ['audio'], stopped: [] });
    const both = [{ kinds: ['audio', 'chat'], scope: 'future' }, { kinds: ['audio'] }] as const;
    expect(takenBack(both.map((one) => ({ ...one, kinds: [...one.kinds] })))).toEqual({
      ...{ withdrawn: ['audio'], stopped: ['chat'] },
    });
    expect(kindsThat(standing({ audio: true, chat: true }, takenBack([{ kinds: ['audio'] }])), 'yes')).toEqual([
      'chat',
    ]);
  });
});

describe('a guest’s view', () => {
  const which = fc.constantFrom(1, 2);
  const requested = (n: number) => ({
    ...{ type: 'requested' as const, request: request(n), answerBy: n + 120_000, beforehand: null },
  });
  const answered = (n: number) => ({
    ...{ type: 'answered' as const, recordingId: request(n).recordingId, given: 'asked' as const },
  });
  const event: fc.Arbitrary<GuestConsentEvent> = fc.oneof(
    which.map(requested),
    which.map(answered),
    which.map((n) => ({ type: 'stopped' as const, recordingId: request(n).recordingId })),
    which.map((n) => ({
      ...{ type: 'status' as const, recordingId: request(n).recordingId, startedAt: 7, consents: [], recordable: [] },
    })),
  );

  test('is asked at most once per recording', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        let state = notRecorded;
        const askedFor: string[] = [];
        let before: string | null = null;
        for (const one of events) {
          state = guestConsentStep(state, one);
          const shown = guestRecordingState(state, 'G'.repeat(22));
          const asking = shown?.asked ? shown.request.recordingId : null;
          if (asking !== null && asking !== before) askedFor.push(asking);
          before = asking;
        }
        expect(new Set(askedFor).size).toBe(askedFor.length);
      }),
    );
  });

  test('what changes nothing returns the same object', () => {
    const open = guestConsentStep(notRecorded, requested(1));
    expect(guestConsentStep(open, requested(1))).toBe(open);
    expect(guestConsentStep(open, { type: 'stopped', recordingId: request(2).recordingId })).toBe(open);
    expect(guestConsentStep(notRecorded, answered(1))).toBe(notRecorded);
  });

  test('shows until when to answer and what was chosen before, as long as the question is open', () => {
    const beforehand = { ...refusalOf(asked), audio: true };
    const open = guestConsentStep(notRecorded, { ...requested(1), beforehand });
    expect(guestRecordingState(open, 'G'.repeat(22))).toMatchObject({
      asked: true,
      given: null,
      beforehand,
      answerBy: 120_001,
    });
    const closed = guestConsentStep(open, { ...answered(1), given: 'beforehand' });
    expect(guestRecordingState(closed, 'G'.repeat(22))).toMatchObject({
      ...{ asked: false, given: 'beforehand', beforehand: null, answerBy: null },
    });
  });
});
