import { expect, it } from 'vitest';
import { addsYes } from '../../../common/consent/hostConsent';
import { agreeingTo } from './laterAnswer';
import { recordingOf } from './testing/recordingOf';

it('adds a yes, keeps each that was given, also those that were taken back, and adds nothing else', () => {
  const recording = recordingOf(
    {
      consents: [{ participantId: 'ben', audio: 'withdrawn', video: 'stopped', screen: 'yes', chat: 'no', clip: 'no' }],
    },
    { kinds: ['audio', 'video', 'screen', 'chat', 'clip'] },
  );
  const before = { audio: true, video: true, screen: true, chat: false, clip: false };
  const after = agreeingTo(recording, 'ben', ['chat']);
  expect(after).toEqual({ ...before, chat: true });
  expect(addsYes(['audio', 'video', 'screen', 'chat', 'clip'], before, after), 'main takes it').toBe(true);
});

it('after no answer at all is a yes to exactly that', () => {
  const recording = recordingOf({ consents: [{ participantId: 'ben', audio: 'no', video: 'no', chat: 'no' }] });
  expect(agreeingTo(recording, 'ben', ['video'])).toEqual({ audio: false, video: true, chat: false });
});
