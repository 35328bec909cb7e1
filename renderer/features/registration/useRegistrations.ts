import { useCallback } from 'react';
import type { Bridge } from '../../../common/ipc/bridge';
import type { MeetingRegistrations } from '../../../common/meeting/registration';
import { useKeptData } from '../privacy/useKeptData';

const none = { ok: true, value: { received: [], given: [] } } as const;

/** What was filled in for a meeting (null: for none); null until it is known. */
export function useRegistrations(meetingId: string | null): MeetingRegistrations | null {
  const ask = useCallback(
    (bridge: Bridge) => (meetingId === null ? Promise.resolve(none) : bridge['registrations.ofMeeting']({ meetingId })),
    [meetingId],
  );
  return useKeptData<MeetingRegistrations>(ask);
}
