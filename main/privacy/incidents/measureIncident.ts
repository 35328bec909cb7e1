import type { z } from 'zod';
import type { incidentMeasureSchema, IncidentMeasure } from '../../../common/privacy/incident';
import { countKinds } from '../../../common/privacy/erasure';
import type { HeldItem, HeldPerson } from '../../../common/privacy/heldData';

/**
 * What a part of a vault holds, and about whom, the owner left out: for Art. 33 (3) (a) GDPR. What was meant to be chosen
 * and is not here any more counts for nothing.
 */
export function measureIncident(
  people: readonly HeldPerson[],
  { device, meetingIds, recordingIds, identityKeys }: z.infer<typeof incidentMeasureSchema>,
): IncidentMeasure {
  const meetings = new Set(meetingIds);
  const recordings = new Set(recordingIds);
  const whole = new Set(identityKeys);
  const isIn = ({ kind, id }: HeldItem) => {
    switch (kind) {
      case 'meeting':
      case 'chat':
      case 'registration':
        return meetings.has(id ?? '');
      case 'recording':
      case 'consent':
        return recordings.has(id ?? '');
      case 'contact':
      case 'request':
        return false;
    }
  };
  const concerned = people
    .filter(({ isSelf }) => !isSelf)
    .map(({ identityKey, name, items }) => ({
      name,
      items: device || whole.has(identityKey) ? items : items.filter(isIn),
    }))
    .filter(({ items }) => items.length > 0);
  return {
    people: concerned.length,
    kinds: countKinds(concerned.flatMap(({ items }) => items)),
    names: concerned.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
  };
}
