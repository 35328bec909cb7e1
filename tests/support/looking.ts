import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { en } from '../../renderer/locales/en';
import type { Person } from './person';

/** A key of the locales, as it stands on the screen where a text is missing; not `turn.example.org`, nor `assessment.pdf`. */
const key = new RegExp(
  `\\b(?:${Object.keys(en).join('|')})\\.(?!(?:example|pdf|html|csv|json|zip|age)\\b)[a-z][a-zA-Z/_-]+`,
  'u',
);

/**
 * What is wrong with a screen, in both themes and both languages: violations that axe calls serious or critical, and keys
 * or placeholders where there should be words. Leaves the app in English and light.
 */
export async function faultsOf(person: Person, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await person.call('preferences.set', { theme });
    await person.page.locator(`html[data-theme=${theme}]`).waitFor();
    await settled(person);
    // Electron has no pages beside its windows, which the newer mode wants to open. Outside our root React Aria keeps what
    // it has told screen readers, for seconds after what it was about has gone.
    const { violations } = await new AxeBuilder({ page: person.page })
      .setLegacyMode(true)
      .exclude('body > [data-live-announcer]')
      .analyze();
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      for (const { target, any, all, none } of nodes) {
        const why = [...any, ...all, ...none].map(({ message }) => message).join(' ');
        faults.push(`${screen}, ${theme}: ${id} (${help}) at ${target.join(' ')}: ${why}`);
      }
    }
  }
  for (const language of ['de', 'en'] as const) {
    await person.call('preferences.set', { language });
    await person.page.locator(`html[lang=${language}]`).waitFor();
    const words = await wordsOn(person);
    const raw = words.filter((text) => key.test(text) || /\{\{|\}\}|\b(?:undefined|NaN|\[object)/u.test(text));
    faults.push(...raw.map((text) => `${screen}, ${language}: “${text}” is no wording`));
  }
  return faults;
}

/** Waits until colours have changed: an inherited one goes down the tree step by step. */
export async function settled({ page }: Person): Promise<void> {
  await page.evaluate(async () => {
    const frame = () =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    let quiet = 0;
    while (quiet < 3) {
      await frame();
      const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
      quiet = changing.some(({ playState }) => playState === 'running') ? 0 : quiet + 1;
    }
  });
}

/** Every piece of text on a screen, what only screen readers get included. */
async function wordsOn({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node.textContent ?? '');
    for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'title', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name) ?? '');
    }
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  });
}

/** Presses Tab until this has the focus, and throws when it never does or when the focus is nowhere to be seen. */
export async function tabTo({ page }: Person, wanted: Locator, backwards = false): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const focus = await page.evaluate(async () => {
      const active = document.activeElement as HTMLElement;
      // The input of a switch is out of sight; its row is what shows the focus.
      const shown = active.closest('.switch, .choice') ?? active;
      const isSeen = () => {
        const { outlineStyle, outlineWidth } = getComputedStyle(shown);
        const { width, height } = shown.getBoundingClientRect();
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && width > 0 && height > 0;
      };
      // React may show it a moment later.
      for (let frames = 0; frames < 30 && !isSeen(); frames += 1) {
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      }
      return { isSeen: isSeen(), what: `${active.tagName} “${active.getAttribute('aria-label') ?? active.innerText}”` };
    });
    passed.push(focus.what);
    if (!focus.isSeen) throw new Error(`the focus cannot be seen at ${focus.what}`);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached it: ${passed.join(' → ')}`);
}
