import type { TFunction } from 'i18next';
import type { Locator, Page } from '@playwright/test';
import type { ConsentPolicy, Decisions, RecordingKind, WithdrawalScope } from '../../common/consent/models';
import { purposeTemplates } from '../../common/consent/purposeTemplates';
import type { Language } from '../../common/meeting/models';
import { expect, test as base, type Desktop, type DesktopOptions } from './electron';
import { ProfileOnDisk } from './profile';
import { wordsOf } from './words';

export { expect } from './electron';

/** What a host hands out, as it stands on the screen. */
export interface InviteFacts {
  readonly link: string;
  readonly meetingId: string;
  readonly code: string;
  readonly address: string;
}

/** What is not named stays as it is preselected. */
export interface RecordingWish {
  /** The host's own words. */
  readonly purpose?: string;
  /** A text of the library instead. */
  readonly template?: string;
  /** One of the choices offered. */
  readonly retentionDays?: number;
  readonly policy?: ConsentPolicy;
  /** Of sound, picture and chat: what is not asked for. */
  readonly without?: readonly RecordingKind[];
  readonly clip?: boolean;
  /** What the host agrees to have recorded of themself. */
  readonly own?: readonly RecordingKind[];
}

export type Answer = 'yes' | 'no';

const ownLabels = {
  audio: 'consent.ownAudio',
  video: 'consent.ownVideo',
  screen: 'consent.ownScreen',
  chat: 'consent.ownChat',
  summary: 'consent.ownSummary',
  clip: 'consent.ownClip',
} as const satisfies Record<RecordingKind, string>;
const kindLabels = {
  audio: 'consent.audio',
  video: 'consent.video',
  screen: 'consent.screen',
  chat: 'consent.chat',
  summary: 'consent.summary',
  clip: 'consent.clip',
} as const satisfies Record<RecordingKind, string>;
const askedLabels = {
  audio: 'consent.askedAudio',
  video: 'consent.askedVideo',
  screen: 'consent.askedScreen',
  chat: 'consent.askedChat',
  summary: 'consent.askedSummary',
  clip: 'consent.askClip',
} as const satisfies Record<RecordingKind, string>;
/** What everybody in these tests locks their vault with. */
export const passphrase = 'eine leise Tür im Flur';

/**
 * One person at one desktop, who finds things by what they are called, as people and screen readers do. Each method ends
 * when the app shows that the thing is done.
 */
export class Person {
  readonly t: TFunction;
  private ended = false;
  private current: Desktop;
  private readonly files: ProfileOnDisk;

  constructor(
    desktop: Desktop,
    readonly name: string,
    readonly language: Language,
  ) {
    this.current = desktop;
    this.t = wordsOf(language);
    this.files = new ProfileOnDisk(desktop.profileDir, passphrase, () => !this.ended);
  }

  get desktop(): Desktop {
    return this.current;
  }

  get page(): Page {
    return this.current.page;
  }

  /** What is on this person's disk, whatever the app says. */
  get disk(): ProfileOnDisk {
    return this.files;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  /** A dialog that asks or offers something, by its title. */
  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title }).or(this.page.getByRole('alertdialog', { name: title }));
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: true });
  }

  // ── the vault ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** First start: a name and a passphrase. */
  async setUp({ contact = '' } = {}): Promise<void> {
    await this.field(this.t('common.yourName')).fill(this.name);
    if (contact !== '') await this.field(this.t('vault.contact')).fill(contact);
    await this.field(this.t('vault.passphrase')).fill(passphrase);
    await this.field(this.t('vault.passphraseAgain')).fill(passphrase);
    await this.button(this.t('vault.create')).click();
    await expect(this.startButton()).toBeVisible();
  }

  async unlock(): Promise<void> {
    await this.field(this.t('vault.passphrase')).fill(passphrase);
    await this.button(this.t('vault.unlock')).click();
    await expect(this.field(this.t('vault.passphrase'))).toBeHidden();
  }

  /** Ends the app as a crash would. */
  async crash(): Promise<void> {
    await this.desktop.kill();
    this.ended = true;
  }

  async quit(): Promise<void> {
    await this.desktop.close();
    this.ended = true;
  }

  /** Starts the app again on the same profile and unlocks it. */
  async comeBack(changes: DesktopOptions = {}): Promise<void> {
    this.current = await this.desktop.relaunch(changes);
    this.ended = false;
    await this.unlock();
  }

  // ── coming together ────────────────────────────────────────────────────────────────────────────────────────────────

  async host(title: string): Promise<InviteFacts> {
    await this.startButton().click();
    await this.field(this.t('start.title')).fill(title);
    return this.openRoom(title);
  }

  /** The same, and tells with the invite that a recording for this purpose of the library is meant. */
  async hostAnnouncing(title: string, template: string): Promise<InviteFacts> {
    await this.startButton().click();
    await this.field(this.t('start.title')).fill(title);
    await this.switchOn(this.t('start.announce'));
    await this.pickTemplate(template);
    return this.openRoom(title);
  }

  private async openRoom(title: string): Promise<InviteFacts> {
    await this.button(this.t('start.openRoom')).click();
    await expect(this.heading(title)).toBeVisible();
    return this.readInvite();
  }

  private async pickTemplate(template: string): Promise<void> {
    const text = purposeTemplates.find(({ id }) => id === template)!.texts[this.language];
    await this.pick(text.split(': ')[0]!);
  }

  /** From the screen of a room in which nobody else is, or from the open invite dialog. */
  async readInvite(): Promise<InviteFacts> {
    const text = async (id: string) => (await this.page.getByTestId(id).innerText()).trim();
    const [link, meetingId, code, address] = await Promise.all(
      ['invite-link', 'invite-id', 'invite-code', 'invite-address'].map(text),
    );
    return { link: link!, meetingId: meetingId!, code: code!, address: address! };
  }

  /** Follows a link to the door: ends in the preview, or at the words that say why not. */
  async openLink(link: string): Promise<void> {
    await this.button(this.t('start.join')).click();
    await this.field(this.t('start.link')).fill(link);
    await this.button(this.t('start.goToDoor')).click();
  }

  async openCode({ meetingId, code, address }: Omit<InviteFacts, 'link'>): Promise<void> {
    await this.button(this.t('start.join')).click();
    await this.button(this.t('start.byHand')).click();
    await this.field(this.t('start.meetingId')).fill(meetingId);
    await this.field(this.t('start.code')).fill(code);
    await this.field(this.t('start.address')).fill(address);
    await this.button(this.t('start.goToDoor')).click();
  }

  /** Confirms at the door that the notice was read, where that is asked for. */
  async readNotice(): Promise<void> {
    await expect(this.button(this.t('join.knock'))).toBeVisible();
    const read = this.page.getByRole('checkbox', { name: this.t('notices.read') });
    // The box lies over the input it belongs to.
    if (await read.isVisible()) await read.check({ force: true });
  }

  async knock(): Promise<void> {
    await this.readNotice();
    await this.button(this.t('join.knock')).click();
    await expect(this.heading(this.t('join.waitingTitle'))).toBeVisible();
  }

  async admit(guest: Person): Promise<void> {
    await this.button(this.t('room.admitName', { name: guest.name })).click();
    await expect(guest.controls()).toBeVisible();
    await expect(this.tile(guest)).toBeVisible();
  }

  async refuse(guest: Person): Promise<void> {
    await this.button(this.t('room.refuseName', { name: guest.name })).click();
  }

  /** The whole way in: link, preview, knock, admitted, connected. */
  async enter(host: Person, { link }: Pick<InviteFacts, 'link'>): Promise<void> {
    await this.openLink(link);
    await this.knock();
    await host.admit(this);
    await Promise.all([this.isConnected(), host.isConnected()]);
  }

  /** Everybody who is in the room is connected, encrypted. */
  async isConnected(): Promise<void> {
    const words = [this.t('room.encryptionOn'), this.t('verification.stateVerified')];
    await expect(this.page.getByTestId('encryption')).toHaveText(new RegExp(`^(?:${words.join('|')})$`, 'u'));
  }

  /** Leaves, or ends the meeting for all when hosting it. */
  async leave(): Promise<void> {
    await this.button(this.t('room.leave')).click();
    await this.button((await this.hosts()) ? this.t('room.endForAll') : this.t('room.leaveRoom')).click();
    await expect(this.controls()).toBeHidden();
  }

  /** From the screen that says how the meeting ended. */
  async backToStart(): Promise<void> {
    await this.button(this.t('join.toStart')).click();
    await expect(this.startButton()).toBeVisible();
  }

  async remove(guest: Person): Promise<void> {
    await this.openPanel('people');
    await this.button(this.t('room.actionsFor', { name: guest.name })).click();
    await this.page.getByRole('menuitem', { name: this.t('room.remove') }).click();
    await this.button(this.t('room.removeConfirm')).click();
    await expect(this.tile(guest)).toBeHidden();
  }

  // ── in the room ────────────────────────────────────────────────────────────────────────────────────────────────────

  controls(): Locator {
    return this.page.getByRole('group', { name: this.t('room.controls') });
  }

  /** How somebody, or this person themself, appears in this person's room. */
  tile(other: Person): Locator {
    const name = other === this ? this.t('room.selfLabel', { name: this.name }) : other.name;
    return this.page.getByRole('article', { name, exact: true });
  }

  async turnOn(...devices: ('microphone' | 'camera')[]): Promise<void> {
    for (const device of devices) {
      const [on, off] =
        device === 'camera'
          ? (['room.switchCameraOn', 'room.switchCameraOff'] as const)
          : (['room.switchMicrophoneOn', 'room.switchMicrophoneOff'] as const);
      await this.button(this.t(on)).click();
      await expect(this.button(this.t(off))).toBeVisible();
    }
  }

  /** Waits until a picture of this other person moves on this person's screen. */
  async sees(other: Person): Promise<void> {
    const video = this.tile(other).locator('video');
    await expect(video).toBeVisible();
    await expect
      .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth > 0 && element.currentTime > 0))
      .toBe(true);
  }

  async openPanel(panel: 'chat' | 'people'): Promise<void> {
    const [open, close] =
      panel === 'chat'
        ? (['room.openChat', 'room.closeChat'] as const)
        : (['room.openPeople', 'room.closePeople'] as const);
    if (await this.button(this.t(close)).isVisible()) return;
    // What is new is a part of the button's name.
    await this.controls()
      .getByRole('button', { name: new RegExp(`^${this.t(open)}(,|$)`, 'u') })
      .click();
    await expect(this.button(this.t(close))).toBeVisible();
  }

  /** Writes in the chat, and sees it stand there. */
  async say(text: string): Promise<void> {
    await this.openPanel('chat');
    const field = this.field(this.t('room.message'));
    await field.fill(text);
    await field.press('Enter');
    await this.reads(text);
  }

  async reads(text: string): Promise<void> {
    await this.openPanel('chat');
    await expect(this.page.getByRole('log', { name: this.t('room.chatLog') }).getByText(text)).toBeVisible();
  }

  // ── recording and consent ──────────────────────────────────────────────────────────────────────────────────────────

  /** The strip that everybody sees as long as something is recorded. */
  recordingStrip(): Locator {
    return this.page.getByTestId('recording-indicator');
  }

  /** Asks everybody and starts. */
  async record(wish: RecordingWish = {}): Promise<void> {
    const { purpose = 'Protokoll', template, own = [], retentionDays, policy, without = [], clip = false } = wish;
    await this.openRecordDialog();
    if (template === undefined) {
      await this.pick(this.t('consent.ownWords'));
      await this.field(this.t('consent.ownPurpose')).fill(purpose);
    } else {
      await this.pickTemplate(template);
    }
    if (retentionDays !== undefined || policy !== undefined || without.length > 0 || clip) {
      await this.openRecordOptions();
      if (policy !== undefined) {
        await this.pick(this.t(policy === 'everybody' ? 'consent.policyEverybody' : 'consent.policyThose'));
      }
      if (retentionDays !== undefined) {
        await this.choose(this.t('consent.retention'), this.t('notice.days', { count: retentionDays }));
      }
      for (const kind of without) await this.switchOff(this.t(askedLabels[kind]));
      if (clip) await this.switchOn(this.t('consent.askClip'));
    }
    for (const kind of own) await this.switchOn(this.t(ownLabels[kind]));
    await this.button(this.t('consent.askAll')).click();
    await expect(this.recordingStrip()).toBeVisible();
  }

  async openRecordDialog(): Promise<void> {
    await this.controls()
      .getByRole('button', { name: this.t('room.startRecording'), exact: true })
      .click();
    await expect(this.dialog(this.t('consent.recordTitle'))).toBeVisible();
  }

  /** What is set well in the ordinary case: who, what, how long. */
  async openRecordOptions(): Promise<void> {
    await this.button(new RegExp(`^${this.t('consent.moreOptions')}`, 'u')).click();
    await expect(this.page.getByRole('radiogroup', { name: this.t('consent.policy') })).toBeVisible();
  }

  /** The question `host` put to this person. */
  consentDialog(host: Person): Locator {
    return this.dialog(this.t('consent.asks', { name: host.name }));
  }

  async answer(host: Person, answer: Answer, kinds: readonly RecordingKind[] = []): Promise<void> {
    const dialog = this.consentDialog(host);
    await expect(dialog).toBeVisible();
    for (const kind of kinds) await this.switchOn(this.t(ownLabels[kind]));
    await dialog.getByRole('button', { name: this.t(`common.${answer}`), exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  /** Puts the question aside. */
  async answerLater(host: Person): Promise<void> {
    await this.consentDialog(host)
      .getByRole('button', { name: this.t('consent.later') })
      .click();
    await expect(this.consentDialog(host)).toBeHidden();
  }

  /** Takes back what was agreed to: all of it, or one kind; with what was recorded, or from now on. Ends with it open. */
  async withdraw(what: RecordingKind | 'all' = 'all', scope: WithdrawalScope = 'everything'): Promise<void> {
    await this.openMyRecording();
    const everything = scope === 'everything';
    const button = this.button(
      what === 'all'
        ? this.t(everything ? 'consent.eraseAll' : 'consent.stopAll')
        : this.t(everything ? 'consent.eraseKind' : 'consent.stopKind', { kind: this.t(kindLabels[what]) }),
    );
    await button.click();
    await expect(button).toBeHidden();
  }

  /** Says yes to one kind after having said no, or nothing. */
  async agreeAfterAll(kind: RecordingKind): Promise<void> {
    await this.openMyRecording();
    const button = this.button(this.t('consent.agreeKind', { kind: this.t(kindLabels[kind]) }));
    await button.click();
    await expect(button).toBeHidden();
    await this.closeMyRecording();
  }

  /** Everything this person can see of a running recording, and take back. */
  async openMyRecording(): Promise<void> {
    if (await this.dialog(this.t('consent.mine')).isVisible()) return;
    await this.recordingStrip()
      .getByRole('button', { name: this.t('consent.mine') })
      .click();
    await expect(this.dialog(this.t('consent.mine'))).toBeVisible();
  }

  /** Something this person should know about the recording, which stays until they put it away. */
  recordingNote(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  async closeMyRecording(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog(this.t('consent.mine'))).toBeHidden();
  }

  /** How this person's room marks somebody while a recording runs. */
  async seesInRecording(other: Person, kinds: readonly RecordingKind[]): Promise<void> {
    const list = new Intl.ListFormat(this.language === 'de' ? 'de-DE' : 'en-GB', { type: 'conjunction' });
    const mark =
      kinds.length === 0
        ? this.t('consent.notInRecording')
        : this.t('consent.inRecording', { kinds: list.format(kinds.map((kind) => this.t(kindLabels[kind]))) });
    await expect(this.tile(other).getByText(mark, { exact: true })).toBeVisible();
  }

  /** Waits until the recording's clock on the screen shows at least so many seconds. */
  async recordsFor(seconds: number): Promise<void> {
    await expect
      .poll(async () => secondsOnClock(await this.recordingStrip().innerText()), {
        timeout: seconds * 1000 + 20_000,
      })
      .toBeGreaterThanOrEqual(seconds);
  }

  async stopRecording(): Promise<void> {
    await this.controls()
      .getByRole('button', { name: this.t('room.stopRecording'), exact: true })
      .click();
    await this.dialog(this.t('consent.stopTitle'))
      .getByRole('button', { name: this.t('consent.stop') })
      .click();
    await expect(this.recordingStrip()).toBeHidden();
  }

  // ── the library ────────────────────────────────────────────────────────────────────────────────────────────────────

  async openLibrary(): Promise<void> {
    await this.button(this.t('recordings.nav')).click();
    await expect(this.heading(this.t('recordings.title'))).toBeVisible();
  }

  /** The entry of a recording, by the title of its meeting; the newest first. */
  recordingRows(title: string): Locator {
    return this.page.getByRole('listitem').getByRole('button', { name: title }).and(this.page.locator('.library-row'));
  }

  /** Opens a recording of the library; waits until it is completed and can be played. */
  async openRecording(title: string, which = 0): Promise<void> {
    const row = this.recordingRows(title).nth(which);
    await expect(row).toBeEnabled({ timeout: 30_000 });
    await row.click();
    await expect(this.button(this.t('recordings.play'))).toBeEnabled();
  }

  async play(): Promise<void> {
    await this.button(this.t('recordings.play')).click();
    await expect(this.button(this.t('recordings.pause'))).toBeVisible();
  }

  /** Position and length of what is played, in seconds, as shown. */
  async position(): Promise<{ readonly at: number; readonly of: number }> {
    const [at = '', of = ''] = (await this.page.getByTestId('position').innerText()).split('/');
    return { at: secondsOnClock(at), of: secondsOnClock(of) };
  }

  /** From now on the dialog that asks where to save answers with this path; null: the person cancels it. */
  async willSaveTo(path: string | null): Promise<void> {
    await this.desktop.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
    }, path);
  }

  /** Exports the open recording to this path; ends when the app says so. */
  async exportTo(path: string, patienceMs = 60_000): Promise<void> {
    await this.startExport(path);
    await expect(this.button(this.t('common.done'))).toBeVisible({ timeout: patienceMs });
  }

  async startExport(path: string): Promise<void> {
    await this.willSaveTo(path);
    await this.button(this.t('recordings.export')).click();
    await this.button(this.t('recordings.exportStart')).click();
  }

  /** Deletes the recording that is open in the player. */
  async deleteOpenRecording(): Promise<void> {
    await this.button(this.t('recordings.delete')).click();
    await this.page
      .getByRole('alertdialog')
      .getByRole('button', { name: this.t('recordings.delete') })
      .click();
    await expect(this.page.getByText(this.t('recordings.deleted'), { exact: true })).toBeVisible();
  }

  // ── by-passing the screen, as a modified client would ──────────────────────────────────────────────────────────────

  /** Calls a capability of the IPC map from this person's renderer; the answer as main gave it. */
  async call(command: string, request?: unknown): Promise<{ ok: boolean; value?: unknown; error?: { code: string } }> {
    return this.page.evaluate(
      ([name, argument]) => {
        const bridge = window.konklave as unknown as Record<string, (request: unknown) => Promise<never>>;
        return bridge[name]!(argument);
      },
      [command, request] as const,
    );
  }

  /** This person's ID in the running meeting. */
  async participantId(): Promise<string> {
    const { value } = await this.call('session.state');
    return (value as { meeting: { selfId: string } }).meeting.selfId;
  }

  /** The ID of the recording that runs, as this person's app knows it. */
  async recordingId(): Promise<string> {
    const { value } = await this.call('recording.state');
    return (value as { request: { recordingId: string } }).request.recordingId;
  }

  // ── my consents ────────────────────────────────────────────────────────────────────────────────────────────────────

  async openConsents(): Promise<void> {
    await this.button(this.t('consents.nav')).click();
    await expect(this.heading(this.t('consents.title'))).toBeVisible();
  }

  /** What this person answered when `host` asked, the newest first. */
  consentEntries(host: Person): Locator {
    return this.page.getByRole('article').filter({ has: this.page.getByRole('heading', { name: host.name }) });
  }

  /** Takes back one kind, or all that still stands, of an answer on that page. */
  async withdrawLater(entry: Locator, what: RecordingKind | 'all' = 'all'): Promise<void> {
    const name =
      what === 'all'
        ? this.t('consent.withdrawAll')
        : this.t('consent.withdrawKind', { kind: this.t(kindLabels[what]) });
    const button = entry.getByRole('button', { name, exact: true });
    await button.click();
    await expect(button).toBeHidden();
  }

  private startButton(): Locator {
    return this.button(this.t('start.create'));
  }

  private async hosts(): Promise<boolean> {
    return this.dialog(this.t('room.endTitle')).isVisible();
  }

  /** Picks one of the choices of a list that opens. */
  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('button', { name: label }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** One of a few, each with a sentence that says what it means. */
  async pick(title: string): Promise<void> {
    const radio = this.page.getByRole('radio', { name: title, exact: true });
    await this.page.locator('label', { has: radio }).click();
    await expect(radio).toBeChecked();
  }

  async switchOff(label: string): Promise<void> {
    const input = this.page.getByRole('switch', { name: label, exact: true });
    await this.page.locator('label', { has: input }).click();
    await expect(input).not.toBeChecked();
  }

  async switchOn(label: string): Promise<void> {
    const input = this.page.getByRole('switch', { name: label, exact: true });
    // The input itself is out of sight; people press the row it belongs to.
    await this.page.locator('label', { has: input }).click();
    await expect(input).toBeChecked();
  }
}

/** The first time in a text, `4:05` or `1:04:05`, in seconds; NaN when there is none. */
function secondsOnClock(text: string): number {
  const match = /(?:(\d+):)?(\d+):(\d{2})/u.exec(text);
  if (match === null) return Number.NaN;
  const [, hours = '0', minutes, seconds] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** The kinds that were said yes to, for comparing. */
export function agreed(decisions: Decisions): string[] {
  return Object.entries(decisions).flatMap(([kind, yes]) => (yes ? [kind] : []));
}

export interface PersonOptions extends Omit<DesktopOptions, 'name' | 'language'> {
  readonly language?: Language;
  readonly contact?: string;
}

interface Fixtures {
  /** Starts an app for this person on a fresh profile and sets its vault up. */
  person: (name: string, options?: PersonOptions) => Promise<Person>;
}

export const test = base.extend<Fixtures>({
  person: async ({ desktop }, use) => {
    await use(async (name, { language = 'en', contact = '', ...options } = {}) => {
      const launched = await desktop({ ...options, language, name: name.split(' ')[0]!.toLowerCase() });
      const person = new Person(launched, name, language);
      await person.setUp({ contact });
      return person;
    });
  },
});
