import { useCallback, useEffect, useRef } from 'react';
import type { Cut } from '../../../../common/recording/models';
import type { RecordingPlayer } from '../../../media/ports';

/** Plays what is marked, and no further. Whatever else is done with the player meanwhile ends that. */
export function useRangePlay(player: RecordingPlayer): (range: Cut) => void {
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  return useCallback(
    ({ fromMs, toMs }: Cut) => {
      stop.current();
      player.seek(fromMs);
      player.play();
      stop.current = player.store.subscribe(({ phase, positionMs }) => {
        if (phase === 'playing' && positionMs >= fromMs - 50 && positionMs < toMs) return;
        stop.current();
        if (phase === 'playing' && positionMs >= toMs) player.pause();
      });
    },
    [player],
  );
}
