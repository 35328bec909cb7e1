import type { Contact, ContactEntry, ContactList, ContactNotes, ContactState } from '../../common/contacts';
import type { SessionState } from '../../common/meeting/sessionState';

export interface ContactLogOptions {
  readonly now: () => number;
  /** Calls once after so many milliseconds. */
  readonly after: (milliseconds: number, work: () => void) => unknown;
  /** The list is another; called a moment later, once for many changes. */
  readonly changed: () => void;
}

/** A meeting, or the way into one: it learns its topic late. */
interface Occasion {
  topic: string | null;
}

interface Kept extends Omit<ContactEntry, 'meeting' | 'isCurrent'> {
  readonly occasion: Occasion | null;
}

/** Who comes to the door is a stranger's choice and must not push out what this app did itself. */
const most = { out: 500, in: 200 };
const tellAfterMs = 300;

/**
 * Every address this app has had to do with since it was started, when and why. In memory only: it is never written,
 * never logged, and gone with the process.
 */
export class ContactLog implements ContactNotes {
  readonly #options: ContactLogOptions;
  readonly #startedAt: number;
  /** In order of the last time. */
  readonly #entries = new Map<string, Kept>();
  readonly #occasions = new WeakMap<Occasion, number>();
  #occasion: Occasion | null = null;
  #nextId = 1;
  #nextOccasion = 1;
  #forgotten = 0;
  #telling = false;

  constructor(options: ContactLogOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  list(): ContactList {
    const entries = [...this.#entries.values()].reverse().map(({ occasion, ...entry }): ContactEntry => ({
      ...entry,
      meeting: occasion?.topic ?? null,
      isCurrent: occasion !== null && occasion === this.#occasion,
    }));
    return { startedAt: this.#startedAt, entries, forgotten: this.#forgotten };
  }

  note({ purpose, address, state, who }: Contact): void {
    const now = this.#options.now();
    const key = this.#keyOf(purpose, address);
    const known = this.#entries.get(key);
    const again = state === 'trying' || state === 'open' || (purpose === 'guest' && state === 'reached');
    this.#entries.delete(key);
    this.#entries.set(key, {
      id: known?.id ?? this.#nextId++,
      purpose,
      address,
      state: known === undefined ? state : follow(known.state, state),
      who: who ?? known?.who ?? null,
      firstAt: known?.firstAt ?? now,
      lastAt: now,
      count: known === undefined ? 1 : known.count + (again ? 1 : 0),
      occasion: known === undefined ? this.#occasion : known.occasion,
    });
    this.#forgetOldest(purpose === 'guest');
    this.#tell();
  }

  /** Takes which meeting it is that addresses belong to. */
  handleSession(state: SessionState): void {
    switch (state.phase) {
      case 'idle':
      case 'ended':
      case 'failed':
        this.#end();
        return;
      case 'connecting':
      case 'preview':
      case 'waiting':
        this.#occasion ??= this.#newOccasion();
        return;
      case 'meeting': {
        const occasion = (this.#occasion ??= this.#newOccasion());
        if (occasion.topic === state.meeting.title) return;
        occasion.topic = state.meeting.title;
        this.#tell();
        return;
      }
    }
  }

  /** What has not answered by the end of a meeting never will. */
  #end(): void {
    const ended = this.#occasion;
    if (ended === null) return;
    this.#occasion = null;
    for (const [key, entry] of this.#entries) {
      if (entry.occasion === ended && entry.state === 'trying') this.#entries.set(key, { ...entry, state: 'failed' });
    }
    this.#tell();
  }

  #newOccasion(): Occasion {
    const occasion: Occasion = { topic: null };
    this.#occasions.set(occasion, this.#nextOccasion++);
    return occasion;
  }

  #keyOf(purpose: string, address: string): string {
    const occasion = this.#occasion === null ? 0 : this.#occasions.get(this.#occasion);
    return `${occasion} ${purpose} ${address}`;
  }

  #forgetOldest(incoming: boolean): void {
    const same = [...this.#entries].filter(([, { purpose }]) => (purpose === 'guest') === incoming);
    for (const [key] of same.slice(0, Math.max(0, same.length - (incoming ? most.in : most.out)))) {
      this.#entries.delete(key);
      this.#forgotten += 1;
    }
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    this.#options.after(tellAfterMs, () => {
      this.#telling = false;
      this.#options.changed();
    });
  }
}

/** What answered once was reached, whatever came later. */
function follow(before: ContactState, now: ContactState): ContactState {
  return before === 'reached' && (now === 'trying' || now === 'failed') ? 'reached' : now;
}
