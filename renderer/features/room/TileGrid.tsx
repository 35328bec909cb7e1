import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { gridLayout } from './gridLayout';

const gap = 12;

export interface TileGridProps {
  readonly label: string;
  /** `key` names the person, so that a tile keeps its picture when others come and go. */
  readonly tiles: readonly { readonly key: string; readonly tile: ReactNode }[];
}

/** Lays out equal tiles so that they fill the space there is; the last row stands in the middle. */
export function TileGrid({ label, tiles }: TileGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const { columns, tileWidth, tileHeight } = gridLayout(tiles.length, size.width, size.height, gap);
  return (
    <div ref={frame} className="tile-frame">
      <ul
        className="tiles"
        aria-label={label}
        style={{ width: columns * tileWidth + (columns - 1) * gap, gap, gridAutoRows: tileHeight }}
      >
        {tiles.map(({ key, tile }) => (
          <li key={key} style={{ width: tileWidth, height: tileHeight }}>
            {tile}
          </li>
        ))}
      </ul>
    </div>
  );
}
