export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Between these a face can be cropped without harm. */
const narrowest = 1;
const widest = 16 / 9;

/**
 * How many columns give `count` equal tiles the largest area in a space of `width` by `height`. Sizes in CSS pixels,
 * rounded down so that a row never wraps.
 */
export function gridLayout(count: number, width: number, height: number, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, rows: Math.max(1, count), tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    let tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
    let tileHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
    if (tileWidth > tileHeight * widest) tileWidth = tileHeight * widest;
    else if (tileWidth < tileHeight * narrowest) tileHeight = tileWidth / narrowest;
    tileWidth = Math.floor(tileWidth);
    tileHeight = Math.floor(tileHeight);
    // With equal area the fuller grid wins: fewer holes.
    const better = tileWidth * tileHeight - best.tileWidth * best.tileHeight;
    const fuller = columns * rows < best.columns * best.rows;
    if (better > 0 || (better === 0 && fuller)) best = { columns, rows, tileWidth, tileHeight };
  }
  return best;
}
