export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const aspect = 16 / 9;

/** Tiles of 16:9, as large as possible, in centred rows; all within `area`, in whole and even pixels. */
export function gridLayout(count: number, area: Rectangle, gap: number): readonly Rectangle[] {
  if (count <= 0) return [];
  let best = { columns: 1, width: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = Math.min(
      (area.width - gap * (columns - 1)) / columns,
      ((area.height - gap * (rows - 1)) / rows) * aspect,
    );
    if (width > best.width) best = { columns, width };
  }
  const { columns } = best;
  const rows = Math.ceil(count / columns);
  const width = even(best.width);
  const height = even(best.width / aspect);
  const top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = area.x + (area.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: Math.floor(left + (index - row * columns) * (width + gap)),
      y: Math.floor(top + row * (height + gap)),
      width,
      height,
    };
  });
}

function even(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}

/** The largest rectangle of a picture's shape in the middle of `area`. */
export function fitInside(width: number, height: number, area: Rectangle): Rectangle {
  const scale = Math.min(area.width / width, area.height / height);
  const fitted = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return {
    ...fitted,
    x: area.x + Math.round((area.width - fitted.width) / 2),
    y: area.y + Math.round((area.height - fitted.height) / 2),
  };
}
