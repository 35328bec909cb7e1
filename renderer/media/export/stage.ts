import type { VideoSample } from 'mediabunny';
import type { Caption, ExportPlan, PlannedPerson } from './exportPlan';
import { fitInside, gridLayout, type Rectangle } from './gridLayout';

const stageSize = { width: 1_280, height: 720 } as const;

const colours = {
  ground: '#1d1b18',
  tile: '#2b2824',
  avatar: '#4a6b62',
  text: '#f6f3ee',
  quiet: '#b5aea3',
  label: '#1d1b18cc',
};
const footerHeight = 52;
const margin = 14;
/** Where people are. */
const stageArea: Rectangle = {
  x: margin,
  y: margin,
  width: stageSize.width - 2 * margin,
  height: stageSize.height - footerHeight - margin,
};

interface Tile {
  readonly person: PlannedPerson;
  readonly area: Rectangle;
  readonly label: OffscreenCanvas;
  showsCard: boolean;
}

/** The picture of the film: a tile for everybody in it, and a line below. Only what changes is drawn. */
export class Stage {
  readonly canvas = new OffscreenCanvas(stageSize.width, stageSize.height);
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly tiles: readonly Tile[];
  private caption: Caption | null | undefined = undefined;
  private slate: Caption | null = null;
  private changed = true;

  constructor(
    private readonly plan: ExportPlan,
    private readonly font: string,
  ) {
    this.context = contextOf(this.canvas);
    this.paint({ x: 0, y: 0, ...stageSize }, colours.ground);
    const areas = gridLayout(plan.people.length, stageArea, 10);
    this.tiles = plan.people.flatMap((person, index) => {
      const own = areas[index];
      return own === undefined
        ? []
        : [{ person, area: own, label: this.createLabel(person.name, own), showsCard: false }];
    });
    this.drawEverybody();
    this.showCaption(null);
  }

  /** Whether anything was drawn since it was last asked. */
  takeChanged(): boolean {
    const { changed } = this;
    this.changed = false;
    return changed;
  }

  showPicture(index: number, sample: VideoSample): void {
    const tile = this.tiles[index];
    if (tile === undefined) return;
    const { area, label } = tile;
    const fitted = fitInside(sample.displayWidth, sample.displayHeight, area);
    if (tile.showsCard || fitted.width < area.width - 1 || fitted.height < area.height - 1)
      this.paint(area, colours.tile);
    sample.draw(this.context, fitted.x, fitted.y, fitted.width, fitted.height);
    this.context.drawImage(label, area.x + 8, area.y + area.height - label.height - 8);
    tile.showsCard = false;
    this.changed = true;
  }

  showCard(index: number): void {
    const tile = this.tiles[index];
    if (tile === undefined || tile.showsCard) return;
    const { area, person } = tile;
    const { context } = this;
    const radius = Math.round(area.height * 0.18);
    const middle = { x: area.x + area.width / 2, y: area.y + area.height * 0.44 };
    this.paint(area, colours.tile);
    context.fillStyle = colours.avatar;
    context.beginPath();
    context.arc(middle.x, middle.y, radius, 0, 2 * Math.PI);
    context.fill();
    this.write(person.initials, middle.x, middle.y, Math.round(radius * 0.9), colours.text, 'center');
    const nameSize = Math.max(18, Math.round(area.height * 0.06));
    this.write(
      person.name,
      middle.x,
      middle.y + radius + nameSize * 1.3,
      nameSize,
      colours.text,
      'center',
      area.width - 24,
    );
    tile.showsCard = true;
    this.changed = true;
  }

  /** Says in the place of everybody that something is missing; null: they are there again, to be drawn anew. */
  showSlate(slate: Caption | null): void {
    if (slate === this.slate) return;
    this.slate = slate;
    this.paint({ x: 0, y: 0, width: stageSize.width, height: stageSize.height - footerHeight }, colours.ground);
    if (slate === null) this.drawEverybody();
    else this.drawWords(this.plan.cut, slate.text);
    this.changed = true;
  }

  /** The line below: what was just written in the chat, or else what this film is. */
  showCaption(caption: Caption | null): void {
    if (caption === this.caption) return;
    this.caption = caption;
    const { plan } = this;
    const line = { x: 0, y: stageSize.height - footerHeight, width: stageSize.width, height: footerHeight };
    const middle = line.y + line.height / 2;
    const width = stageSize.width - 2 * margin;
    this.paint(line, colours.ground);
    if (caption === null) {
      this.write(`${plan.title} · ${plan.date}`, margin, middle, 20, colours.text, 'left', width * 0.52);
      this.write(plan.note, stageSize.width - margin, middle, 17, colours.quiet, 'right', width * 0.46);
    } else {
      this.write(caption.text, margin, middle, 22, colours.text, 'left', width);
    }
    this.changed = true;
  }

  private drawEverybody(): void {
    if (this.tiles.length === 0) this.drawWords(this.plan.title, this.plan.nobody);
    for (const [index, tile] of this.tiles.entries()) {
      tile.showsCard = false;
      this.showCard(index);
    }
  }

  private drawWords(title: string, below: string): void {
    const middle = { x: stageArea.x + stageArea.width / 2, y: stageArea.y + stageArea.height / 2 };
    this.write(title, middle.x, middle.y - 30, 44, colours.text, 'center', stageArea.width - 80);
    this.write(below, middle.x, middle.y + 30, 24, colours.quiet, 'center', stageArea.width - 80);
  }

  private createLabel(name: string, area: Rectangle): OffscreenCanvas {
    const size = Math.max(15, Math.round(area.height * 0.045));
    this.context.font = this.fontOf(size);
    const text = this.shorten(name, area.width - 16 - size);
    const label = new OffscreenCanvas(Math.ceil(this.context.measureText(text).width) + size, Math.round(size * 1.7));
    const context = contextOf(label);
    context.fillStyle = colours.label;
    context.fillRect(0, 0, label.width, label.height);
    context.font = this.fontOf(size);
    context.fillStyle = colours.text;
    context.textBaseline = 'middle';
    context.fillText(text, size / 2, label.height / 2);
    return label;
  }

  private write(
    text: string,
    x: number,
    y: number,
    size: number,
    colour: string,
    align: CanvasTextAlign,
    width: number = stageSize.width,
  ): void {
    const { context } = this;
    context.font = this.fontOf(size);
    context.textAlign = align;
    context.textBaseline = 'middle';
    context.fillStyle = colour;
    context.fillText(this.shorten(text, width), x, y);
  }

  /** In the context's present font. */
  private shorten(text: string, width: number): string {
    if (this.context.measureText(text).width <= width) return text;
    const letters = [...text];
    let low = 0;
    let high = letters.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.context.measureText(`${letters.slice(0, middle).join('')}…`).width <= width) low = middle;
      else high = middle - 1;
    }
    return `${letters.slice(0, low).join('')}…`;
  }

  private paint(area: Rectangle, colour: string): void {
    this.context.fillStyle = colour;
    this.context.fillRect(area.x, area.y, area.width, area.height);
  }

  private fontOf(size: number): string {
    return `${size}px ${this.font}`;
  }
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  // The encoder reads every picture back: kept in main memory that is much faster.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('No canvas');
  return context;
}
