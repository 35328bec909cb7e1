import { describe, expect, it } from 'vitest';
import type { Events } from '../../common/ipc/events';
import { SimulatedNetwork } from './testing/simulatedNetwork';
import { SimulatedPerson } from './testing/simulatedPerson';
import { SimulatedTime } from './testing/simulatedTime';
import { shownNotice } from './testing/shownNotice';

/**
 * Random schedules of everything that can happen to a meeting, on the real sessions over a network in memory. A failure
 * names its seed: RACE_SEED=<seed> RACE_SCHEDULES=1 runs that schedule alone; RACE_SCHEDULES=5000 runs more of them.
 */
const firstSeed = Number(process.env['RACE_SEED'] ?? 1);
const schedules = Number(process.env['RACE_SCHEDULES'] ?? 60);

const dayMs = 24 * 60 * 60 * 1_000;
const names = ['Helga', 'Anna', 'Ben', 'Cora', 'Dora', 'Emil'];

/** Mulberry32: the same numbers for the same seed, everywhere. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Schedule {
  readonly time = new SimulatedTime(1_800_000_000_000);
  readonly log: string[] = [];
  readonly people: readonly SimulatedPerson[];
  readonly removed = new Set<string>();
  readonly #random: () => number;
  readonly #network: SimulatedNetwork;
  #said = 0;

  constructor(seed: number) {
    this.#random = numbersFrom(seed);
    this.#network = new SimulatedNetwork(this.time, this.#random);
    const world = {
      time: this.time,
      network: this.#network,
      random: this.#random,
      // So long that nobody loses a place for being away: then everybody must find together again.
      policy: { placeKeptMs: 3_600_000 },
      onCarry: (from: SimulatedPerson, carry: Events['mesh.carry']) => this.#carry(from, carry),
    };
    const count = 3 + this.#below(4);
    // One clock is wrong by a day: nothing but the invite's expiry may depend on it.
    const wrong = this.#below(count);
    const skew = this.#random() < 0.5 ? dayMs / 2 : -dayMs;
    this.people = names
      .slice(0, count)
      .map((name, index) => new SimulatedPerson(name, world, index === wrong ? skew : this.#below(3_000)));
  }

  async run(): Promise<void> {
    const [host, ...others] = this.people;
    if (host === undefined) throw new Error('nobody there');
    for (const person of this.people) person.start();
    await host.service?.create({ title: 'Budget', name: 'Helga' });
    await this.#pass(500);
    for (const person of others) if (this.#random() < 0.8) this.#join(person);
    await this.#pass(3_000);
    for (const person of others) if (this.#random() < 0.5) this.#coHost(person);
    const events = 6 + this.#below(25);
    for (let count = 0; count < events; count += 1) {
      this.#happen();
      await this.#pass(this.#random() < 0.4 ? this.#below(200) : this.#below(12_000));
    }
    this.log.push('everything is well again');
    this.#network.healAll();
    // Who cannot find the host tries again.
    for (let round = 0; round < 4; round += 1) {
      for (const person of this.people) {
        await this.#restart(person);
        if (person.service?.returnable()) void person.service.comeBack();
      }
      await this.#pass(60_000);
    }
  }

  /** Whoever is in the meeting in the end. */
  inside(): readonly SimulatedPerson[] {
    return this.people.filter((person) => person.meeting() !== null);
  }

  /** Who hosts has been another. */
  hasMoved(): boolean {
    return this.log.some((line) => line.includes('takes over') || line.includes('hand over'));
  }

  /** What everybody sees, for a failure. */
  inEnd(): string {
    return this.people
      .map((person) => {
        const meeting = person.meeting();
        if (meeting === null) return `${person.name}: ${JSON.stringify(person.state())}`;
        const seen = meeting.participants.map(({ name, role, presence }) => `${name} ${role} ${presence}`);
        return `${person.name}: ${meeting.role}, host ${meeting.hostLink}; sees ${seen.join(', ')}`;
      })
      .join('\n');
  }

  #happen(): void {
    const person = this.#any();
    const other = this.#any();
    const dice = this.#random();
    if (dice < 0.16) this.#link(person, other, 'cut');
    else if (dice < 0.26) this.#link(person, other, 'silent');
    else if (dice < 0.42) this.#link(person, other, 'up');
    else if (dice < 0.5) this.#kill(person);
    else if (dice < 0.6) void this.#restart(person);
    else if (dice < 0.67) this.#join(person);
    else if (dice < 0.7) this.#leave(person);
    else if (dice < 0.72) this.#remove(person);
    else if (dice < 0.76) this.#coHost(person);
    else if (dice < 0.84) this.#takeOver(person);
    else if (dice < 0.88) this.#handOver(person);
    else if (dice < 0.95) this.#say(person);
    else if (dice < 0.97) this.#wake(person);
    else this.#failConnection(person, other);
  }

  #link(one: SimulatedPerson, other: SimulatedPerson, link: 'up' | 'cut' | 'silent'): void {
    if (one === other) {
      // All of one's network at once, as when a cable is pulled.
      this.log.push(`${one.name}: network ${link}`);
      for (const each of this.people) if (each !== one) this.#network.setLink(one.name, each.name, link);
      return;
    }
    this.log.push(`${one.name} - ${other.name}: ${link}`);
    this.#network.setLink(one.name, other.name, link);
  }

  #kill(person: SimulatedPerson): void {
    this.log.push(`${person.name} is killed`);
    person.kill();
  }

  async #restart(person: SimulatedPerson): Promise<void> {
    if (person.service !== null) return;
    this.log.push(`${person.name} starts again`);
    person.start();
    if (person.service === null) return;
    const { service } = person as { service: NonNullable<SimulatedPerson['service']> };
    if (service.returnable() !== null) void service.comeBack();
    await Promise.resolve();
  }

  #join(person: SimulatedPerson): void {
    const { service } = person;
    const invite = this.#host()?.meeting()?.invite;
    if (service === null || invite === undefined || invite === null) return;
    if (!['idle', 'ended', 'failed'].includes(service.state().phase)) return;
    this.log.push(`${person.name} comes to the door`);
    service.dismiss();
    service
      .openLink({ link: invite.link })
      .then(() => service.knock({ notice: shownNotice(service), name: person.name, language: 'de' }))
      // Refused, expired by a clock that is wrong, gone meanwhile.
      .catch(() => {});
  }

  #leave(person: SimulatedPerson): void {
    // The host ends the meeting for all by leaving; then there is nothing more to see.
    if (person.meeting() === null || person.meeting()?.role === 'host') return;
    this.log.push(`${person.name} leaves`);
    person.service?.leave();
  }

  #remove(person: SimulatedPerson): void {
    this.#asHost(
      'remove',
      (host, id) => {
        host.service?.remove({ participantId: id });
      },
      person,
    );
  }

  #coHost(person: SimulatedPerson): void {
    this.#asHost('make co-host', (host, id) => host.service?.setCoHost({ participantId: id, coHost: true }), person);
  }

  #handOver(person: SimulatedPerson): void {
    this.#asHost('hand over to', (host, id) => host.service?.handOver({ participantId: id }), person);
  }

  #asHost(what: string, act: (host: SimulatedPerson, id: string) => void, person: SimulatedPerson): void {
    const host = this.#host();
    const id = person.meeting()?.selfId;
    if (host === undefined || id === undefined || host === person) return;
    try {
      act(host, id);
      this.log.push(`${host.name}: ${what} ${person.name}`);
    } catch {
      // Not there, not a co-host.
    }
  }

  #takeOver(person: SimulatedPerson): void {
    if (person.meeting()?.role !== 'co-host' || person.meeting()?.hostLink !== 'lost') return;
    this.log.push(`${person.name} takes over`);
    person.service?.takeOver().catch(() => {});
  }

  #say(person: SimulatedPerson): void {
    if (person.meeting() === null) return;
    this.#said += 1;
    person.service?.chatSend({ text: `${person.name} ${this.#said}` });
  }

  #wake(person: SimulatedPerson): void {
    this.log.push(`${person.name} wakes up`);
    person.service?.handleWake();
  }

  #failConnection(person: SimulatedPerson, other: SimulatedPerson): void {
    const peerId = other.meeting()?.selfId;
    const generation = peerId === undefined ? null : person.generationTo(peerId);
    if (peerId !== undefined && generation !== null) person.service?.meshFailed({ peerId, generation });
  }

  /** Lets time pass; the host lets in who knocks, and windows report connections that come to nothing. */
  async #pass(milliseconds: number): Promise<void> {
    const stepMs = 1_000;
    for (let left = milliseconds; left > 0; left -= stepMs) {
      await this.time.pass(Math.min(left, stepMs));
      for (const person of this.people) {
        // A host whom nobody can reach, and whom somebody replaces, removes nobody.
        const state = person.state();
        if (state.phase === 'ended' && state.reason === 'removed') this.removed.add(person.name);
        const meeting = person.meeting();
        if (meeting?.role !== 'host') continue;
        for (const { knockId } of meeting.lobby) {
          try {
            person.service?.admit({ knockId });
          } catch {
            // Full.
          }
        }
      }
      if (this.#random() < 0.1) this.#reportDeadConnections();
    }
  }

  #reportDeadConnections(): void {
    for (const one of this.people) {
      for (const other of this.people) {
        const [a, b] = [one.meeting()?.selfId, other.meeting()?.selfId];
        if (one === other || a === undefined || b === undefined) continue;
        const generation = one.generationTo(b);
        const isDead = this.#network.link(one.name, other.name) !== 'up' || generation !== other.generationTo(a);
        if (isDead && generation !== null) one.service?.meshFailed({ peerId: b, generation });
      }
    }
  }

  #carry(from: SimulatedPerson, { to, spread, except, text }: Events['mesh.carry']): void {
    const fromId = from.meeting()?.selfId;
    if (fromId === undefined) return;
    const idOf = (person: SimulatedPerson) => person.meeting()?.selfId ?? null;
    const open = this.people.filter((one) => one !== from && this.#isConnected(from, one));
    const direct = open.filter((one) => idOf(one) === to);
    const targets = direct.length > 0 ? direct : to !== null && !spread ? [] : open;
    for (const one of targets) {
      const id = idOf(one);
      if (id === null || (id !== to && except.includes(id))) continue;
      this.time.after(this.#network.latency(), () => {
        if (this.#network.link(from.name, one.name) === 'up') one.service?.meshCarried({ peerId: fromId, text });
      });
    }
  }

  /** A data channel stands between processes that agree on the generation of their connection. */
  #isConnected(one: SimulatedPerson, other: SimulatedPerson): boolean {
    const [a, b] = [one.meeting()?.selfId, other.meeting()?.selfId];
    if (a === undefined || b === undefined || this.#network.link(one.name, other.name) !== 'up') return false;
    const generation = one.generationTo(b);
    return generation !== null && generation === other.generationTo(a);
  }

  #host(): SimulatedPerson | undefined {
    return this.people.find((person) => person.meeting()?.role === 'host');
  }

  #any(): SimulatedPerson {
    return this.people[this.#below(this.people.length)] ?? expect.fail('nobody there');
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** What is true of every meeting once everybody can reach everybody again. */
function check(schedule: Schedule): void {
  const present = schedule.inside();
  // Whoever was cut off from everybody while the host became another finds nobody at the old door and has no other way:
  // neither who looks for the host, nor who took over alone.
  const hosts = present.filter((one) => one.meeting()?.role === 'host');
  const isStranded = (one: SimulatedPerson) => {
    const meeting = one.meeting();
    const here = meeting?.participants.filter(({ presence }) => presence === 'here').length ?? 0;
    return meeting?.hostLink === 'lost' || (meeting?.role === 'host' && hosts.length > 1 && here === 1);
  };
  const inside = schedule.hasMoved() ? present.filter((one) => !isStranded(one)) : present;
  for (const person of schedule.people) expect(person.reported, `what ${person.name} reported`).toEqual([]);
  for (const person of inside) {
    expect(new Set(person.texts).size, `messages that ${person.name} got twice`).toBe(person.texts.length);
  }
  if (inside.length === 0) return;
  const facts = inside.map((person) => {
    const meeting = person.meeting() ?? expect.fail('not there');
    return {
      name: person.name,
      link: meeting.hostLink,
      roster: meeting.participants
        .map((one) => `${one.name} ${one.id} ${one.role} ${one.presence} ${one.returns}`)
        .sort()
        .join(', '),
    };
  });
  const ids = inside.map((person) => person.meeting()?.selfId ?? '');
  for (const { name, link, roster } of facts) {
    expect(link, `${name}'s way to the host`).toBe('connected');
    expect(roster, `the roster of ${name}`).toBe(facts[0]?.roster);
  }
  const seen = inside[0]?.meeting()?.participants ?? [];
  // A process that died before the host was another one does not find its way back: its place is kept, and empty.
  const here = seen.filter(({ presence }) => presence === 'here').map(({ id }) => id);
  expect(here.sort(), 'who is there').toEqual([...ids].sort());
  expect(
    inside.filter((person) => person.meeting()?.role === 'host'),
    'hosts',
  ).toHaveLength(1);
  for (const name of schedule.removed) {
    expect(
      inside.map((person) => person.name),
      'somebody who was removed',
    ).not.toContain(name);
  }
  for (const one of inside) {
    for (const other of inside) {
      if (one === other) continue;
      const [a, b] = [one.meeting()?.selfId ?? '', other.meeting()?.selfId ?? ''];
      expect(one.generationTo(b), `${one.name}'s connection to ${other.name}`).toBe(other.generationTo(a));
    }
  }
}

describe('a meeting to which anything happens in any order', () => {
  it(
    `ends in one roster with one host, in ${schedules} schedules from seed ${firstSeed}`,
    { timeout: 3_600_000 },
    async () => {
      let together = 0;
      let stranded = 0;
      for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
        const schedule = new Schedule(seed);
        try {
          await schedule.run();
          check(schedule);
          const people = schedule.inside();
          if (people.length > 1) together += 1;
          if (people.some((one) => one.meeting()?.hostLink === 'lost')) stranded += 1;
        } catch (error) {
          throw new Error(`RACE_SEED=${seed}: ${String(error)}\n${schedule.log.join('\n')}\n${schedule.inEnd()}`, {
            cause: error,
          });
        } finally {
          for (const person of schedule.people) person.kill();
        }
      }
      // Else it would test nothing.
      expect(together).toBeGreaterThan(schedules / 2);
      expect(stranded).toBeLessThanOrEqual(1 + schedules / 10);
    },
  );
});
