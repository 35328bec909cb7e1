import type { Page } from '@playwright/test';
import { expect, type Person } from './person';

/** The addresses two ends of a peer connection use, as the browser tells them. */
export interface Pair {
  readonly local: { readonly type: string; readonly address: string; readonly relayProtocol: string };
  readonly remote: { readonly type: string; readonly address: string };
  /** Every address the other has named, or has been seen to come from. */
  readonly named: readonly string[];
}

interface Watched {
  connections?: RTCPeerConnection[];
}

/** From now on this window keeps its peer connections where tests find them. Before a meeting: the page is loaded anew. */
export async function watchConnections({ page, t }: Person): Promise<void> {
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    (window as Watched).connections = made;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
  await page.reload();
  await expect(page.getByRole('button', { name: t('start.create') })).toBeVisible();
}

/** What the newest peer connection of this window uses; null while it uses nothing. */
function pairOf(page: Page): Promise<Pair | null> {
  return page.evaluate(async () => {
    const newest = [...((window as Watched).connections ?? [])]
      .reverse()
      .find(({ connectionState }) => connectionState === 'connected');
    if (newest === undefined) return null;
    const stats = [...(await newest.getStats()).values()] as Record<string, string>[];
    const transport = stats.find(({ type }) => type === 'transport');
    const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
    const find = (id: string | undefined) => stats.find((one) => one.id === id) ?? {};
    const [local, remote] = [find(pair?.localCandidateId), find(pair?.remoteCandidateId)];
    if (pair === undefined) return null;
    return {
      local: {
        type: local.candidateType ?? '',
        address: local.address ?? '',
        relayProtocol: local.relayProtocol ?? '',
      },
      remote: { type: remote.candidateType ?? '', address: remote.address ?? '' },
      named: stats.filter(({ type }) => type === 'remote-candidate').map(({ address }) => address ?? ''),
    };
  });
}

/** Waits until it uses something. */
export async function pairIn(person: Person): Promise<Pair> {
  await expect.poll(() => pairOf(person.page)).not.toBeNull();
  return (await pairOf(person.page))!;
}

/** Enters servers and their secret in the settings, as a host does; ends there. */
export async function enterServers(person: Person, servers: readonly string[], secret: string): Promise<void> {
  const { t } = person;
  await person.button(t('settings.nav')).click();
  await person.field(t('turn.servers')).fill(servers.join('\n'));
  await person.page.getByLabel(t('turn.secret'), { exact: true }).fill(secret);
  await turnForm(person)
    .getByRole('button', { name: t('common.save') })
    .click();
  await expect(turnForm(person).getByRole('button', { name: t('common.save') })).toBeDisabled();
}

/** What trying them out says, in words. */
export async function tryServers(person: Person): Promise<readonly string[]> {
  const { t } = person;
  await person.button(t('turn.try')).click();
  const results = person.page.getByRole('list', { name: t('turn.trials') }).getByRole('listitem');
  await expect(results.first()).toBeVisible();
  await expect(results.filter({ hasText: t('turn.trying') })).toHaveCount(0, { timeout: 60_000 });
  return (await results.allInnerTexts()).map((text) => text.replaceAll(/\s+/gu, ' '));
}

/** In the settings: hides this person's address from now on. */
export async function hideAddress(person: Person): Promise<void> {
  const { t } = person;
  await person.button(t('settings.nav')).click();
  await person.switchOn(t('turn.relayOnly'));
  await person.button(t('start.nav')).click();
}

export async function toStart(person: Person): Promise<void> {
  await person.button(person.t('start.nav')).click();
}

function turnForm(person: Person) {
  return person.page.locator('form', { has: person.field(person.t('turn.servers')) });
}
