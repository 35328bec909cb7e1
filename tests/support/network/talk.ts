import { expect, type Page } from '@playwright/test';
import type { InviteFacts, Person } from '../person';
import { concealedShare, frozenMs, heardSeconds, longestGap, within } from './figures';
import type { Resident } from './labTest';
import { installMeter, readMeter, type Reading } from './meter';

/** What one end of a talk received in a time of it. */
export interface Received {
  readonly framesPerSecond: number;
  /** Share of the time in which the picture stood still. */
  readonly frozen: number;
  /** Share of the sound that had to be made up. */
  readonly concealed: number;
}

/** Two people who see and hear each other, measured at both ends. */
export class Talk {
  private readonly pages: readonly [Page, Page];

  /** Between any two whose windows have a meter, and who are in one room with cameras and microphones on. */
  constructor(
    private readonly host: Person,
    private readonly guest: Person,
  ) {
    this.pages = [guest.page, host.page];
  }

  /**
   * The guest comes to the host, who has camera and microphone on already. Ends when both see and hear each other.
   * `firstFrameMs`: from the host's click that admits to the host's picture on the guest's screen.
   */
  static async begin({ person: host }: Resident, { person: guest }: Resident, invite: InviteFacts) {
    await Promise.all([installMeter(host.page), installMeter(guest.page)]);
    await host.turnOn('microphone', 'camera');
    await guest.openLink(invite.link);
    await guest.knock();
    await host.admit(guest);
    const { clickedAt } = await readMeter(host.page);
    await guest.sees(host);
    const [firstFrame = Number.NaN] = (await readMeter(guest.page)).frames;
    await guest.turnOn('microphone', 'camera');
    await host.sees(guest);
    const talk = new Talk(host, guest);
    await talk.flows(3, 'both see and hear each other');
    return { talk, firstFrameMs: firstFrame - clickedAt };
  }

  /** Waits until so many seconds more of sound were heard at both ends and frames came at both; tells what was received. */
  async flows(seconds: number, what: string): Promise<{ atGuest: Received; atHost: Received }> {
    const from = Date.now();
    const before = await this.read();
    let after = before;
    await expect
      .poll(
        async () => {
          after = await this.read();
          return after.every(
            (now, index) =>
              heardSeconds(before[index]!, now) >= seconds && within(now.frames, from, Date.now()).length > 0,
          );
        },
        { message: what, timeout: seconds * 1000 + 60_000 },
      )
      .toBe(true);
    const to = Date.now();
    const [atGuest, atHost] = after.map((now, index) => received(before[index]!, now, from, to));
    return { atGuest: atGuest!, atHost: atHost! };
  }

  /**
   * After something that stopped the pictures, which began at `since` and was over at `from`: how long they stood still, and
   * how long after `from` they were moving again at both ends, in ms. Waits until they have kept moving for so many seconds.
   */
  async recovers(since: number, from: number, seconds: number): Promise<{ stoodMs: number; backMs: number }> {
    let gaps = await this.longestGaps(since);
    const lastEnd = (): number => Math.max(...gaps.map(({ end }) => end));
    await expect
      .poll(
        async () => {
          gaps = await this.longestGaps(since);
          return Date.now() - lastEnd();
        },
        { message: 'pictures move again at both ends', timeout: 90_000 },
      )
      .toBeGreaterThan(seconds * 1000);
    await this.flows(3, 'sound is back');
    return { stoodMs: Math.min(...gaps.map(({ start, end }) => end - start)), backMs: lastEnd() - from };
  }

  /** The longest time without a new picture from `since` until now, at the end where it was longer, in ms. */
  async stoodStill(since: number): Promise<number> {
    return Math.max(...(await this.longestGaps(since)).map(({ start, end }) => end - start));
  }

  /** What is said in the chat arrives, so the signalling lives as well. */
  async chats(): Promise<void> {
    await this.guest.say('Ich bin noch da');
    await this.host.reads('Ich bin noch da');
    await this.host.say('Ich auch');
    await this.guest.reads('Ich auch');
  }

  private read(): Promise<readonly Reading[]> {
    return Promise.all(this.pages.map(readMeter));
  }

  private async longestGaps(since: number): Promise<readonly { start: number; end: number }[]> {
    const readings = await this.read();
    const now = Date.now();
    return readings.map(({ frames }) => longestGap(frames, since, now));
  }
}

function received(before: Reading, after: Reading, from: number, to: number): Received {
  return {
    framesPerSecond: within(after.frames, from, to).length / ((to - from) / 1000),
    frozen: frozenMs(after.frames, from, to) / (to - from),
    concealed: concealedShare(before, after),
  };
}
