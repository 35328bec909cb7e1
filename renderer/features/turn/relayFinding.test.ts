import { expect, it } from 'vitest';
import type { IceState } from '../../../common/meeting/iceServers';
import type { Participant, Role } from '../../../common/meeting/models';
import { relayFinding } from './relayFinding';

const two = [{}, {}] as Participant[];
const meeting = (ice: Partial<IceState>, role: Role = 'guest', participants = two) => ({
  role,
  participants,
  ice: { servers: [], relayOnly: false, hasRelay: true, notFound: [], ...ice },
});

it.each([
  ['all is well', meeting({}), null, true, null],
  ['hidden, and all is well', meeting({ relayOnly: true }), null, true, null],
  ['hidden, without a server', meeting({ relayOnly: true, hasRelay: false }), null, false, 'none'],
  ['hidden, alone, without a server', meeting({ relayOnly: true, hasRelay: false }, 'host', []), null, true, 'none'],
  ['hidden, refused', meeting({ relayOnly: true }), 'refused', false, 'refused'],
  [
    'hidden, unreachable, although somebody is connected',
    meeting({ relayOnly: true }),
    'unreachable',
    true,
    'unreachable',
  ],
  ['a guest whom it does not concern', meeting({}), 'refused', true, null],
  ['a guest whom it does', meeting({}), 'refused', false, 'refused'],
  ['the host, who can mend it', meeting({}, 'host'), 'unreachable', true, 'unreachable'],
  [
    'the host, at once',
    meeting({ notFound: ['turn.example.org'], hasRelay: false }, 'host', []),
    null,
    true,
    'notFound',
  ],
  ['no servers at all', meeting({ hasRelay: false }), null, false, null],
] as const)('%s', (_case, state, trouble, allConnected, finding) => {
  expect(relayFinding(state, trouble, allConnected)).toBe(finding);
});
