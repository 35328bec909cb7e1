import { describe, expect, it } from 'vitest';
import { ConnectionHealth, type HealthNews } from './connectionHealth';

/** Looks twice a second from 0 on; `heard` at those times. */
function watch(
  untilMs: number,
  heard: (at: number) => boolean,
  during: (health: ConnectionHealth, at: number) => void = () => {},
) {
  const health = new ConnectionHealth(0);
  const news: [at: number, HealthNews][] = [];
  for (let at = 500; at <= untilMs; at += 500) {
    during(health, at);
    for (const one of health.look(heard(at), at)) news.push([at, one]);
  }
  return news;
}

describe('ConnectionHealth', () => {
  it('has nothing to say as long as something arrives, however rarely', () => {
    expect(watch(60_000, (at) => at % 2_000 === 0)).toEqual([]);
  });

  it('says each thing once, from quiet to over', () => {
    expect(watch(60_000, (at) => at <= 10_000)).toEqual([
      [12_500, 'quiet'],
      [15_000, 'replace'],
      [40_000, 'over'],
    ]);
  });

  it('says that it came back, and begins anew', () => {
    expect(watch(30_000, (at) => at <= 10_000 || at === 20_000)).toEqual([
      [12_500, 'quiet'],
      [15_000, 'replace'],
      [20_000, 'back'],
      [22_500, 'quiet'],
      [25_000, 'replace'],
    ]);
  });

  it('is quick for a while after an address has changed, and no longer', () => {
    const changed = (health: ConnectionHealth, at: number) => {
      if (at === 10_000) health.handleNetworkChange(at);
    };
    expect(watch(20_000, (at) => at <= 12_000, changed)).toEqual([
      [13_000, 'quiet'],
      [13_000, 'replace'],
    ]);
    expect(watch(30_000, (at) => at <= 25_000 || at > 27_000, changed)).toEqual([]);
    expect(watch(30_000, () => true, changed)).toEqual([]);
  });

  it('believes ICE about the direction nobody hears', () => {
    const down = (health: ConnectionHealth, at: number) => {
      if (at === 10_000) health.handleIce(true, at);
      if (at === 20_000) health.handleIce(false, at);
    };
    expect(watch(30_000, () => true, down)).toEqual([
      [10_000, 'quiet'],
      [15_000, 'replace'],
      [20_000, 'back'],
    ]);
  });
});
