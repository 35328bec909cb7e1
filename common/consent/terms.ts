import { termsOf, type ConsentRequest, type ParticipantConsent, type RecordingKind } from './models';

/**
 * Whether two requests ask for the same: the same controller, meeting, purpose, retention and terms. Who has answered one
 * is not asked the other.
 */
export function asksTheSame(one: ConsentRequest, other: ConsentRequest): boolean {
  const [a, b] = [termsOf(one), termsOf(other)];
  return (
    one.controllerKey === other.controllerKey &&
    one.controllerName === other.controllerName &&
    one.controllerContact === other.controllerContact &&
    one.meetingId === other.meetingId &&
    one.purpose === other.purpose &&
    one.retentionDays === other.retentionDays &&
    a.kinds.join() === b.kinds.join() &&
    a.policy === b.policy &&
    a.template?.hash === b.template?.hash &&
    a.clipRetentionDays === b.clipRetentionDays &&
    a.pauseForDecliners === b.pauseForDecliners
  );
}

/**
 * The kinds that may be recorded at this moment of those who agreed to them: all that were asked for, or, where everybody
 * has to agree, those to which everybody present has a standing yes. A consent clip is everybody's own.
 */
export function recordableKinds(
  request: ConsentRequest,
  consents: readonly ParticipantConsent[],
  presentIds: readonly string[],
): readonly RecordingKind[] {
  const { kinds, policy } = termsOf(request);
  const agreed = (kind: RecordingKind) =>
    presentIds.every((id) => consents.find(({ participantId }) => participantId === id)?.[kind] === 'yes');
  switch (policy) {
    case 'those-who-agree':
      return kinds;
    case 'everybody':
      return kinds.filter((kind) => kind === 'clip' || agreed(kind));
  }
}
