import type { NearbyVisibility } from '../../../common/meeting/nearby';
import type { RandomBytes } from '../identity';
import type { Timers } from '../timing';
import type { LocalNetworks, OpenLocalNetworks } from './localNetworks';
import { announcedSeconds, answerMessage, parseNearbyMessage, type Announcement } from './nearbyMessages';

export interface AnnouncerOptions {
  /** The nine digits of the meeting. */
  readonly number: string;
  readonly port: number;
  readonly open: OpenLocalNetworks;
  readonly random: RandomBytes;
  readonly timers: Timers;
  readonly onState: (state: Exclude<NearbyVisibility, 'off'>) => void;
}

/** A second between two answers, as RFC 6762, 6 has it: however often somebody asks, no more is sent. */
const restMs = 1_000;

/**
 * Says in the local networks that a meeting is here, from its construction until `close`: twice at the beginning, then to
 * whoever asks. The random name makes the probing of RFC 6762, 8.1 unnecessary.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #announcement: Announcement;
  readonly #networks: LocalNetworks;
  #isOpen = false;
  #rests = false;
  #cancel = () => {};

  constructor(options: AnnouncerOptions) {
    const { random, number, port, open, onState } = options;
    this.#options = options;
    this.#announcement = { instance: Buffer.from(random(8)).toString('hex'), number, port };
    this.#networks = open({
      received: ({ bytes, sender }) => this.#handle(bytes, sender),
      changed: (state) => {
        this.#isOpen = state === 'open';
        onState(state === 'open' ? 'on' : state);
        if (state === 'open') this.#introduce();
      },
    });
  }

  /** Takes its leave: whoever has it on a list takes it off. Resolves when that has been sent. */
  close(): Promise<void> {
    this.#cancel();
    if (this.#isOpen) this.#say(0);
    return this.#networks.close();
  }

  #introduce(): void {
    this.#say(announcedSeconds);
    this.#rest(() => {
      this.#say(announcedSeconds);
      this.#rest();
    });
  }

  #handle(bytes: Buffer, sender: string): void {
    const message = parseNearbyMessage(bytes, sender);
    if (message?.type !== 'question' || this.#rests || message.known.includes(this.#announcement.instance)) return;
    this.#say(announcedSeconds);
    this.#rest();
  }

  #rest(then = () => {}): void {
    this.#rests = true;
    this.#cancel();
    this.#cancel = this.#options.timers.after(restMs, () => {
      this.#rests = false;
      then();
    });
  }

  #say(ttlSeconds: number): void {
    this.#networks.send((address) => answerMessage(this.#announcement, address, ttlSeconds));
  }
}
