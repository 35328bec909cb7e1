import { describe, expect, it } from 'vitest';
import type { RecordingDetail } from '../../../common/recording/models';
import { limit, mixInto, placeSamples, resample, sampleRate, toMono } from './audioMath';
import { planExport } from './exportPlan';
import { fitInside, gridLayout } from './gridLayout';

const area = { x: 14, y: 14, width: 1_252, height: 654 };

describe('gridLayout', () => {
  it.each([1, 2, 3, 4, 5, 6])('places %i tiles inside, without overlap, all of one size', (count) => {
    const tiles = gridLayout(count, area, 10);
    expect(tiles).toHaveLength(count);
    for (const [index, tile] of tiles.entries()) {
      expect(tile.x).toBeGreaterThanOrEqual(area.x);
      expect(tile.y).toBeGreaterThanOrEqual(area.y);
      expect(tile.x + tile.width).toBeLessThanOrEqual(area.x + area.width);
      expect(tile.y + tile.height).toBeLessThanOrEqual(area.y + area.height);
      expect(tile.width / tile.height).toBeCloseTo(16 / 9, 1);
      expect([tile.width % 2, tile.height % 2]).toEqual([0, 0]);
      for (const other of tiles.slice(index + 1)) {
        const apart =
          other.x >= tile.x + tile.width || other.x + other.width <= tile.x || other.y >= tile.y + tile.height;
        expect(apart).toBe(true);
      }
    }
  });

  it('uses the columns that make the tiles largest', () => {
    const columns = (count: number) => new Set(gridLayout(count, area, 10).map(({ x }) => x)).size;
    expect([columns(1), columns(2), columns(4)]).toEqual([1, 2, 2]);
    expect(gridLayout(0, area, 10)).toEqual([]);
  });

  it('keeps the shape of a picture', () => {
    expect(fitInside(640, 480, { x: 0, y: 0, width: 160, height: 90 })).toEqual({
      x: 20,
      y: 0,
      width: 120,
      height: 90,
    });
  });
});

describe('audio', () => {
  it('mixes only what lies in the window', () => {
    const mix = new Float32Array(4);
    mixInto(mix, 100, Float32Array.of(1, 2, 3), 98);
    mixInto(mix, 100, Float32Array.of(10, 20, 30), 102);
    mixInto(mix, 100, Float32Array.of(7), 104);
    expect([...mix]).toEqual([3, 0, 10, 20]);
  });

  it('gives the same mix in one window as in several', () => {
    const samples = Float32Array.from({ length: 50 }, (_, index) => Math.sin(index));
    const whole = new Float32Array(90);
    mixInto(whole, 0, samples, 17);
    const parts = [0, 30, 60].flatMap((start) => {
      const part = new Float32Array(30);
      mixInto(part, start, samples, 17);
      return [...part];
    });
    expect(parts).toEqual([...whole]);
  });

  it('leaves quiet sound as it is and never passes full scale', () => {
    const mix = Float32Array.of(0.5, -0.8, 0.9, 3, -3);
    limit(mix);
    expect(mix[0]).toBe(0.5);
    expect(mix[1]).toBeCloseTo(-0.8);
    expect(mix[2]).toBeGreaterThan(0.8);
    expect(mix[2]).toBeLessThan(0.9);
    expect(mix[3]).toBeLessThanOrEqual(1);
    expect(mix[4]).toBeGreaterThanOrEqual(-1);
  });

  it('follows the timestamps across gaps, but not their wavering', () => {
    expect(placeSamples(500, null)).toBe(500);
    expect(placeSamples(48_040, 48_000)).toBe(48_000);
    expect(placeSamples(48_000 + sampleRate, 48_000)).toBe(96_000);
  });

  it('makes one channel of several and one rate of others', () => {
    expect([...toMono([Float32Array.of(1, 0), Float32Array.of(0, -1)])]).toEqual([0.5, -0.5]);
    expect(resample(new Float32Array(441), 44_100)).toHaveLength(480);
    expect([...resample(Float32Array.of(0, 1), 24_000)]).toEqual([0, 0.5, 1, 1]);
  });
});

describe('planExport', () => {
  const track = (participantId: string, kind: 'audio' | 'video', durationMs: number) =>
    ({ participantId, kind, url: `app://x/${participantId}`, offsetMs: 500, durationMs }) as const;
  const person = (participantId: string, name: string) => ({
    participantId,
    name,
    kinds: [],
    withdrawn: [],
    stopped: [],
  });
  const line = (offsetMs: number, text: string) => ({ participantId: 'c', name: 'Cem', text, offsetMs });
  const detail = {
    title: 'Jour fixe',
    startedAt: 0,
    durationMs: 10_000,
    people: [person('a', 'Anna Maria Berg'), person('b', 'Ben'), person('c', 'Cem')],
    tracks: [track('a', 'audio', 10_000), track('a', 'video', 0), track('b', 'video', 2_000)],
    chat: [line(5_000, 'later'), line(1_000, 'a\nb')],
    cuts: [],
  } as unknown as RecordingDetail;

  it('names only those who are in it, by what there is of them', () => {
    const plan = planExport(detail, 'en');
    expect(plan.people.map(({ name, initials, tracks }) => [name, initials, tracks.length])).toEqual([
      ['Anna Maria Berg', 'AB', 1],
      ['Ben', 'B', 1],
    ]);
    expect(plan.durationMs).toBe(10_500);
  });

  it('shows each chat line until the next or until its time is over', () => {
    expect(planExport(detail, 'en').captions).toEqual([
      { fromMs: 1_000, toMs: 5_000, text: 'Cem: a b' },
      { fromMs: 5_000, toMs: 13_000, text: 'Cem: later' },
    ]);
  });

  it('shows a cut for two seconds and goes on with what came behind it', () => {
    const later = { ...track('a', 'audio', 2_000), offsetMs: 8_000 };
    const cut = { ...detail, cuts: [{ fromMs: 3_000, toMs: 7_500 }], tracks: [track('b', 'video', 2_500), later] };
    const plan = planExport(
      { ...cut, chat: [line(1_000, 'before'), line(8_000, 'after')] } as unknown as RecordingDetail,
      'de',
    );
    expect(plan.slates).toEqual([{ fromMs: 3_000, toMs: 5_000, text: '0:03 – 0:07' }]);
    expect(
      plan.people.flatMap(({ tracks }) => tracks.map(({ offsetMs, durationMs }) => [offsetMs, durationMs])),
    ).toEqual([
      [5_500, 2_000],
      [500, 2_500],
    ]);
    expect(plan.captions.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [1_000, 5_500],
      [5_500, 13_500],
    ]);
    expect(plan.durationMs).toBe(7_500);
  });

  it('can be sent to a worker', () => {
    const plan = planExport(detail, 'de');
    expect(structuredClone(plan)).toEqual(plan);
  });
});
