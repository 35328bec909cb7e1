import { writeFileSync } from 'node:fs';

/** How a drawn person looks; colours as [red, green, blue], 0 to 255. */
export interface Portrait {
  readonly wall: Colour;
  readonly light: Colour;
  readonly clothes: Colour;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly longHair: boolean;
}
type Colour = readonly [number, number, number];

export const portraits = {
  anna: {
    wall: [196, 184, 166],
    light: [246, 236, 214],
    clothes: [34, 76, 66],
    skin: [226, 184, 158],
    hair: [92, 58, 40],
    longHair: true,
  },
  james: {
    wall: [120, 138, 150],
    light: [214, 226, 232],
    clothes: [62, 58, 86],
    skin: [142, 98, 74],
    hair: [38, 30, 28],
    longHair: false,
  },
} as const satisfies Record<string, Portrait>;

const width = 640;
const height = 360;
const framesPerSecond = 15;
const frames = 45;

/**
 * Writes a short film of somebody who sits before a wall and sways a little, as YUV4MPEG2 for Chromium's
 * `--use-file-for-fake-video-capture`: a picture that looks more like a meeting than a test pattern does. It loops.
 */
export function writePortrait(file: string, portrait: Portrait): void {
  const chunks: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
  const room = drawRoom(portrait);
  for (let frame = 0; frame < frames; frame += 1) {
    chunks.push(Buffer.from('FRAME\n'), toPlanes(drawPerson(room, portrait, frame / frames)));
  }
  writeFileSync(file, Buffer.concat(chunks));
}

type Shape = readonly [Colour, (px: number, py: number) => number];

/** The room, as interleaved RGB. */
function drawRoom(portrait: Portrait): Float32Array {
  const pixels = new Float32Array(width * height * 3);
  for (let py = 0; py < height; py += 1) {
    for (let px = 0; px < width; px += 1) {
      const glow = Math.exp(-(((px - 520) / 260) ** 2) - ((py - 60) / 220) ** 2);
      pixels.set(mix(portrait.wall, portrait.light, glow), (py * width + px) * 3);
    }
  }
  const shelf: readonly Shape[] = [
    [mix(portrait.wall, [0, 0, 0], 0.12), (px, py) => box(px, py, 90, 120, 70, 3)],
    [mix(portrait.wall, [255, 255, 255], 0.2), (px, py) => box(px, py, 66, 92, 10, 25)],
    [mix(portrait.clothes, [255, 255, 255], 0.35), (px, py) => box(px, py, 92, 97, 7, 20)],
  ];
  paint(pixels, shelf, 0, 180);
  return pixels;
}

/** The person in the room; `phase` runs from 0 to 1 and joins up with itself. */
function drawPerson(room: Float32Array, portrait: Portrait, phase: number): Float32Array {
  const turn = phase * 2 * Math.PI;
  const sway = 9 * Math.sin(turn);
  const x = 320 + sway;
  const y = 158 + 3 * Math.sin(turn * 2 + 0.6);
  const { clothes, skin, hair } = portrait;
  const long: readonly Shape[] = portrait.longHair ? [[hair, (px, py) => ellipse(px, py, x, y + 34, 78, 104)]] : [];
  const pixels = Float32Array.from(room);
  const shapes: readonly Shape[] = [
    ...long,
    [clothes, (px, py) => ellipse(px, py, 320 + sway * 0.4, 402, 196, 146)],
    [mix(clothes, [255, 255, 255], 0.14), (px, py) => ellipse(px, py, 320 + sway * 0.5, 268, 52, 26)],
    [mix(skin, [0, 0, 0], 0.18), (px, py) => box(px, py, 320 + sway * 0.7, 240, 27, 34)],
    [hair, (px, py) => ellipse(px, py, x, y - 12, 72, 80)],
    [skin, (px, py) => Math.max(ellipse(px, py, x, y, 60, 76), (y - 36 - py + (px - x) * 0.16) / 60)],
  ];
  paint(pixels, shapes, 110, 530);
  return pixels;
}

/** Paints the shapes over each other between two columns, with about two pixels of soft edge. */
function paint(pixels: Float32Array, shapes: readonly Shape[], left: number, right: number): void {
  for (let py = 0; py < height; py += 1) {
    for (let px = left; px < right; px += 1) {
      const at = (py * width + px) * 3;
      for (const [colour, distance] of shapes) {
        const cover = Math.min(1, Math.max(0, 0.5 - distance(px, py) * 30));
        if (cover === 0) continue;
        for (let part = 0; part < 3; part += 1) {
          const under = pixels[at + part] ?? 0;
          pixels[at + part] = under + ((colour[part] ?? 0) - under) * cover;
        }
      }
    }
  }
}

/** Negative inside, 0 on the edge, growing outwards. */
function ellipse(px: number, py: number, x: number, y: number, rx: number, ry: number): number {
  return Math.hypot((px - x) / rx, (py - y) / ry) - 1;
}

function box(px: number, py: number, x: number, y: number, halfWidth: number, halfHeight: number): number {
  return Math.max(Math.abs(px - x) - halfWidth, Math.abs(py - y) - halfHeight) / 40;
}

function mix(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

/** Full-range BT.601, chroma from every second pixel. */
function toPlanes(pixels: Float32Array): Buffer {
  const luma = Buffer.alloc(width * height);
  const blue = Buffer.alloc((width / 2) * (height / 2));
  const red = Buffer.alloc(blue.length);
  const at = (index: number): number => pixels[index] ?? 0;
  for (let index = 0; index < luma.length; index += 1) {
    const [r, g, b] = [at(index * 3), at(index * 3 + 1), at(index * 3 + 2)];
    luma[index] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    const [px, py] = [index % width, Math.floor(index / width)];
    if (px % 2 === 1 || py % 2 === 1) continue;
    const chroma = (py / 2) * (width / 2) + px / 2;
    blue[chroma] = Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
    red[chroma] = Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
  }
  return Buffer.concat([luma, blue, red]);
}
