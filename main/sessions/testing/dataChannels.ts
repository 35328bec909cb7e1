import type { Events } from '../../../common/ipc/events';
import type { Person } from './person';

type Carry = Events['mesh.carry'];

/** The data channels between people, as the windows would make them: all are open until a test cuts them. */
export class Web {
  readonly #people: Person[] = [];
  readonly #cut = new Set<string>();

  add(make: (onCarry: (carry: Carry) => void) => Person): Person {
    const person: Person = make((carry) => this.#carry(person, carry));
    this.#people.push(person);
    return person;
  }

  cut(one: Person, other: Person): void {
    this.#cut.add(nameOf(one, other));
  }

  heal(one: Person, other: Person): void {
    this.#cut.delete(nameOf(one, other));
  }

  cutAll(person: Person): void {
    for (const other of this.#people) this.cut(person, other);
  }

  #carry(from: Person, { to, spread, except, text }: Carry): void {
    const open = this.#people.filter((one) => one !== from && !this.#cut.has(nameOf(from, one)) && idOf(one) !== null);
    const direct = open.filter((one) => idOf(one) === to);
    const targets = direct.length > 0 ? direct : to !== null && !spread ? [] : open;
    const fromId = idOf(from);
    if (fromId === null) return;
    for (const one of targets) {
      const id = idOf(one);
      if (id === null || (except.includes(id) && id !== to)) continue;
      queueMicrotask(() => one.service.meshCarried({ peerId: fromId, text }));
    }
  }
}

function idOf(person: Person): string | null {
  const state = person.service.state();
  return state.phase === 'meeting' ? state.meeting.selfId : null;
}

function nameOf(one: Person, other: Person): string {
  return [one.name, other.name].sort().join(' ');
}
