import type { SessionState } from '../../common/meeting/sessionState';

/**
 * What a session state means for the devices: whenever this changes, microphone and camera are off (R11). A choice
 * made in the preview does not last into the meeting, which may begin much later, when the host admits.
 */
export function mediaStage(state: SessionState): string {
  switch (state.phase) {
    case 'preview':
    case 'waiting':
      return 'preview';
    case 'meeting':
      return `meeting ${state.meeting.meetingId} ${state.meeting.selfId}`;
    case 'idle':
    case 'connecting':
    case 'ended':
    case 'failed':
      return 'none';
  }
}
