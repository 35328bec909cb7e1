import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { gridLayout } from './gridLayout';

const gap = 12;

/** Lays out equal tiles so that they fill the space there is; the last row stands in the middle. */
export function TileGrid({ label, children }: { label: string; children: readonly ReactNode[] }) {
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

  const { columns, tileWidth, tileHeight } = gridLayout(children.length, size.width, size.height, gap);
  return (
    <div ref={frame} className="tile-frame">
      <ul
        className="tiles"
        aria-label={label}
        style={{ width: columns * tileWidth + (columns - 1) * gap, gap, gridAutoRows: tileHeight }}
      >
        {children.map((child, index) => (
          // The child carries the person's key; the cell only its place.
          <li key={index} style={{ width: tileWidth, height: tileHeight }}>
            {child}
          </li>
        ))}
      </ul>
    </div>
  );
}
