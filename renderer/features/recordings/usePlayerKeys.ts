import { useEffect } from 'react';
import type { RecordingPlayer } from '../../media/ports';
import { stepMs } from './timelineMath';

/** Plays a paused or ended recording, pauses a playing one. */
export function togglePlaying(player: RecordingPlayer): void {
  const { phase } = player.store.getState();
  if (phase === 'playing') player.pause();
  else {
    if (phase === 'ended') player.seek(0);
    player.play();
  }
}

/** Goes forward, or back with a negative distance. The player keeps it within the recording. */
export function stepBy(player: RecordingPlayer, ms: number): void {
  player.seek(Math.max(0, player.store.getState().positionMs + ms));
}

/** The keys video editors share: space and K play and pause, J and L go ten seconds back and forward. */
export function usePlayerKeys(player: RecordingPlayer): void {
  useEffect(() => {
    function handleKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"], input, textarea')) return;
      // A focused button takes the space bar for itself.
      if (event.key === ' ' && target?.closest('button') === null) togglePlaying(player);
      else if (event.key === 'k') togglePlaying(player);
      else if (event.key === 'j') stepBy(player, -2 * stepMs);
      else if (event.key === 'l') stepBy(player, 2 * stepMs);
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [player]);
}
