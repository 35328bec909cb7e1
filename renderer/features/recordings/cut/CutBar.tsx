import { Play, Scissors } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingDetail } from '../../../../common/recording/models';
import type { RecordingPlayer } from '../../../media/ports';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/TextField';
import { clockText, parseClock } from './clockText';
import { CutDialog } from './CutDialog';
import { moveEdge, wholeRange, type RangeEdge } from './markedRange';
import type { MarkedRange } from './RangeHandles';
import { useRangePlay } from './useRangePlay';

export interface CutBarProps {
  readonly detail: RecordingDetail;
  readonly player: RecordingPlayer;
  readonly durationMs: number;
  readonly marked: MarkedRange;
  readonly onClose: () => void;
}

/** Marks the range that is to go, by times or on the time line above. */
export function CutBar({ detail, player, durationMs, marked, onClose }: CutBarProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const playRange = useRangePlay(player);
  const { range, onChange } = marked;
  return (
    <section className="cut-bar" aria-label={t('recordings.cutTitle')}>
      <p className="cut-hint">{t('recordings.cutHint')}</p>
      {(['fromMs', 'toMs'] as const).map((edge) => (
        <TimeField
          key={edge}
          edge={edge}
          valueMs={range[edge]}
          onChange={(ms) => onChange(moveEdge(range, edge, ms, durationMs))}
        />
      ))}
      <Button icon={Play} onPress={() => playRange(range)}>
        {t('recordings.cutPlay')}
      </Button>
      <span className="room-top-space" />
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button
        look="danger"
        icon={Scissors}
        onPress={() => {
          player.pause();
          setAsking(true);
        }}
      >
        {t('recordings.cutForAll')}
      </Button>
      <CutDialog
        detail={detail}
        range={asking ? wholeRange(range, durationMs) : null}
        onClose={() => setAsking(false)}
        onCut={onClose}
      />
    </section>
  );
}

/** A time that counts when it is complete: with Enter, or when one goes on. What is no time goes back to what it was. */
function TimeField({ edge, valueMs, onChange }: { edge: RangeEdge; valueMs: number; onChange: (ms: number) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(clockText(valueMs));
  useEffect(() => setText(clockText(valueMs)), [valueMs]);
  const parsed = parseClock(text);

  function take() {
    if (parsed !== null && parsed !== valueMs) onChange(parsed);
    else setText(clockText(valueMs));
  }

  return (
    <div className="cut-time times">
      <TextField
        label={t(edge === 'fromMs' ? 'recordings.cutFrom' : 'recordings.cutTo')}
        value={text}
        onChange={setText}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
        error={parsed === null ? t('recordings.cutTimeWrong') : null}
      />
    </div>
  );
}
