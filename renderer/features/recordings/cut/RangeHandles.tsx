import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cut } from '../../../../common/recording/models';
import { positionAt } from '../timelineMath';
import { clockText } from './clockText';
import { edgeKey, moveEdge, type RangeEdge } from './markedRange';

export interface MarkedRange {
  readonly range: Cut;
  readonly onChange: (range: Cut) => void;
}

/** What is marked on the time line, with a handle at each end. */
export function RangeHandles({ range, onChange, durationMs }: MarkedRange & { durationMs: number }) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const percent = (ms: number) => `${durationMs <= 0 ? 0 : Math.min(100, (ms / durationMs) * 100)}%`;

  function drag(event: PointerEvent<HTMLDivElement>, edge: RangeEdge) {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onChange(moveEdge(range, edge, positionAt(event.clientX - box.left, box.width, durationMs), durationMs));
  }

  return (
    <div ref={area} className="range-area">
      <div
        className="range-marked"
        style={{ left: percent(range.fromMs), width: percent(range.toMs - range.fromMs) }}
      />
      {(['fromMs', 'toMs'] as const).map((edge) => (
        <div
          key={edge}
          className={`range-handle range-${edge === 'fromMs' ? 'from' : 'to'}`}
          role="slider"
          tabIndex={0}
          aria-label={t(edge === 'fromMs' ? 'recordings.cutFromHandle' : 'recordings.cutToHandle')}
          aria-valuemin={0}
          aria-valuemax={Math.round(durationMs / 1000)}
          aria-valuenow={Math.round(range[edge] / 1000)}
          aria-valuetext={clockText(range[edge])}
          style={{ left: percent(range[edge]) }}
          onPointerDown={(event) => {
            // The time line below would jump there.
            event.stopPropagation();
            if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            event.stopPropagation();
            drag(event, edge);
          }}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            const target = edgeKey(event.key, event.shiftKey, range[edge], durationMs);
            if (target === null) return;
            event.preventDefault();
            onChange(moveEdge(range, edge, target, durationMs));
          }}
        />
      ))}
    </div>
  );
}
