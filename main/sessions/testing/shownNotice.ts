import type { SessionState } from '../../../common/meeting/sessionState';

/** The hash of the notice that somebody at a door has on the screen; of somebody who is not at one, that of nothing. */
export function shownNotice(service: { state(): SessionState }): string {
  const state = service.state();
  return state.phase === 'preview' ? state.invitation.noticeHash : 'N'.repeat(43);
}
