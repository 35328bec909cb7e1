import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guestConsentStep, guestRecordingState, notRecorded, type GuestConsentEvent } from './guestConsent';
import {
  hostConsentStep,
  nobodyAsked,
  participantConsents,
  type HostConsent,
  type HostConsentEffect,
  type HostConsentEvent,
} from './hostConsent';
import { consentRequestSchema, recordingKinds } from './models';

const people = ['anna', 'ben'] as const;
const kinds = fc.uniqueArray(fc.constantFrom(...recordingKinds), { minLength: 1 });
const decisions = fc.record({ audio: fc.boolean(), video: fc.boolean(), chat: fc.boolean() });
const participantId = fc.constantFrom<string>(...people);
const hostEvent: fc.Arbitrary<HostConsentEvent> = fc.oneof(
  fc.record({ type: fc.constant('present' as const), participantId }),
  fc.record({ type: fc.constant('left' as const), participantId }),
  fc.record({ type: fc.constant('answered' as const), participantId, decisions }),
  fc.record({ type: fc.constant('withdrew' as const), participantId, kinds }),
);

function play(events: readonly HostConsentEvent[]) {
  let state: HostConsent = nobodyAsked;
  const effects: HostConsentEffect[] = [];
  for (const event of events) {
    const step = hostConsentStep(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

describe('the host’s consents, whatever happens in whatever order', () => {
  test('nobody is asked twice, and a yes stands only after the person’s first answer and before they take it back', () => {
    fc.assert(
      fc.property(fc.array(hostEvent, { maxLength: 20 }), (events) => {
        const { state, effects } = play(events);
        for (const person of people) {
          const asked = effects.filter((effect) => effect.type === 'ask' && effect.participantId === person);
          expect(asked.length).toBe(events.some((e) => e.type === 'present' && e.participantId === person) ? 1 : 0);
          const own = events.filter((event) => event.participantId === person);
          const from = own.slice(own.findIndex((event) => event.type === 'present'));
          const answer = asked.length === 1 ? from.find((event) => event.type === 'answered') : undefined;
          const after = answer ? from.slice(from.indexOf(answer)) : [];
          const consent = participantConsents(state).find((one) => one.participantId === person);
          for (const kind of recordingKinds) {
            const takenBack = after.some((event) => event.type === 'withdrew' && event.kinds.includes(kind));
            const agreed = answer?.type === 'answered' ? answer.decisions[kind] : false;
            expect(consent?.[kind] === 'yes').toBe(agreed && !takenBack);
          }
        }
      }),
    );
  });

  test('each kind is erased at most once, exactly when a standing yes is taken back', () => {
    fc.assert(
      fc.property(fc.array(hostEvent, { maxLength: 20 }), (events) => {
        const { state, effects } = play(events);
        for (const person of people) {
          const erased = effects.flatMap((e) => (e.type === 'erase' && e.participantId === person ? e.kinds : []));
          expect(new Set(erased).size).toBe(erased.length);
          const consent = participantConsents(state).find((one) => one.participantId === person);
          expect([...erased].sort()).toEqual(recordingKinds.filter((kind) => consent?.[kind] === 'withdrawn').sort());
        }
      }),
    );
  });
});

describe('a guest’s view', () => {
  const request = (which: number) =>
    consentRequestSchema.parse({
      recordingId: `${which}`.repeat(22),
      meetingId: 'A'.repeat(22),
      controllerName: 'Hanna',
      controllerContact: '',
      controllerKey: 'A'.repeat(43),
      purpose: 'Minutes',
      retentionDays: 14,
      requestedAt: which,
    });
  const which = fc.constantFrom(1, 2);
  const event: fc.Arbitrary<GuestConsentEvent> = fc.oneof(
    which.map((n) => ({ type: 'requested' as const, request: request(n) })),
    which.map((n) => ({ type: 'answered' as const, recordingId: request(n).recordingId })),
    which.map((n) => ({ type: 'stopped' as const, recordingId: request(n).recordingId })),
    which.map((n) => ({ type: 'status' as const, recordingId: request(n).recordingId, startedAt: 7, consents: [] })),
  );

  test('is asked at most once per recording', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        let state = notRecorded;
        const askedFor: string[] = [];
        let before: string | null = null;
        for (const one of events) {
          state = guestConsentStep(state, one);
          const shown = guestRecordingState(state);
          const asking = shown?.asked ? shown.request.recordingId : null;
          if (asking !== null && asking !== before) askedFor.push(asking);
          before = asking;
        }
        expect(new Set(askedFor).size).toBe(askedFor.length);
      }),
    );
  });

  test('what changes nothing returns the same object', () => {
    const asked = guestConsentStep(notRecorded, { type: 'requested', request: request(1) });
    expect(guestConsentStep(asked, { type: 'requested', request: request(1) })).toBe(asked);
    expect(guestConsentStep(asked, { type: 'stopped', recordingId: request(2).recordingId })).toBe(asked);
    expect(guestConsentStep(notRecorded, { type: 'answered', recordingId: request(1).recordingId })).toBe(notRecorded);
  });
});
