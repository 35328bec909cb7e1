import type { NearbyMeetings } from '../../../common/meeting/nearby';
import { formatAddress } from '../invites/address';
import { formatMeetingNumber } from '../invites/meetingNumber';
import type { Timers } from '../timing';
import type { LocalNetworks, OpenLocalNetworks } from './localNetworks';
import { parseNearbyMessage, questionMessage, type Heard } from './nearbyMessages';

export interface FinderOptions {
  readonly open: OpenLocalNetworks;
  readonly timers: Timers;
  readonly onChange: (meetings: NearbyMeetings) => void;
}

/** Seconds between two questions: soon at first, then rarely, so that what has gone silent is noticed. */
const pausesSeconds = [1, 2, 4, 8, 16];
const lastPauseSeconds = 30;

/** More than fit on a list; what a flood of made-up meetings can take. */
const maxMeetings = 24;
const maxPerSender = 4;

/** Somebody has forgotten that they are looking. */
const longestMs = 15 * 60_000;

interface Found {
  readonly heard: Heard;
  readonly cancel: () => void;
}

/** Looks for meetings in the local networks, only from `look` to `stop`. Everything heard is bad input. */
export class Finder {
  readonly #options: FinderOptions;
  readonly #found = new Map<string, Found>();
  #networks: LocalNetworks | null = null;
  #state: NearbyMeetings['state'] = 'off';
  #cancelQuestion = () => {};
  #cancelEnd = () => {};

  constructor(options: FinderOptions) {
    this.#options = options;
  }

  /** Begins, or begins anew: what is there is told from the start. */
  look(): void {
    this.#leave();
    this.#state = 'looking';
    const networks: LocalNetworks = this.#options.open({
      received: ({ bytes, sender }) => {
        if (this.#networks === networks) this.#handle(bytes, sender);
      },
      changed: (state) => {
        if (this.#networks !== networks) return;
        this.#cancelQuestion();
        this.#state = state === 'open' ? 'looking' : state;
        this.#publish();
        if (state === 'open') this.#ask(0);
      },
    });
    this.#networks = networks;
    this.#cancelEnd = this.#options.timers.after(longestMs, () => this.stop());
    this.#publish();
  }

  /** From now on nothing is sent, and what was found is forgotten. */
  stop(): void {
    if (this.#networks === null) return;
    this.#leave();
    this.#publish();
  }

  #leave(): void {
    void this.#networks?.close();
    this.#networks = null;
    this.#state = 'off';
    this.#cancelQuestion();
    this.#cancelEnd();
    for (const { cancel } of this.#found.values()) cancel();
    this.#found.clear();
  }

  #ask(times: number): void {
    this.#networks?.send(questionMessage);
    const seconds = pausesSeconds[times] ?? lastPauseSeconds;
    this.#cancelQuestion = this.#options.timers.after(seconds * 1_000, () => this.#ask(times + 1));
  }

  #handle(bytes: Buffer, sender: string): void {
    const message = parseNearbyMessage(bytes, sender);
    if (message?.type !== 'answer') return;
    const { heard } = message;
    // The sender is a part of it: nobody takes the leave of somebody else's meeting.
    const key = `${heard.address} ${heard.instance}`;
    const known = this.#found.get(key);
    if (known === undefined && (heard.ttlSeconds === 0 || this.#isFull(sender))) return;
    known?.cancel();
    if (heard.ttlSeconds === 0) this.#found.delete(key);
    else {
      const cancel = this.#options.timers.after(heard.ttlSeconds * 1_000, () => {
        this.#found.delete(key);
        this.#publish();
      });
      this.#found.set(key, { heard, cancel });
      if (known?.heard.number === heard.number && known.heard.port === heard.port) return;
    }
    this.#publish();
  }

  #isFull(sender: string): boolean {
    const senders = [...this.#found.values()].map(({ heard }) => heard.address);
    return senders.length >= maxMeetings || senders.filter((one) => one === sender).length >= maxPerSender;
  }

  #publish(): void {
    this.#options.onChange({
      state: this.#state,
      meetings: [...this.#found.values()].map(({ heard }) => ({
        meetingId: formatMeetingNumber(heard.number),
        address: formatAddress({ host: heard.address, port: heard.port }),
      })),
    });
  }
}
