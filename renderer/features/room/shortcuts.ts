export type ShortcutName = 'microphone' | 'camera' | 'chat' | 'people' | 'recording' | 'invite' | 'leave' | 'lock';

interface Shortcut {
  readonly key: string;
  readonly shift: boolean;
}

/** Chosen so that they don't collide with text editing, reload or developer tools. */
const shortcuts: Readonly<Record<ShortcutName, Shortcut>> = {
  microphone: { key: 'd', shift: false },
  camera: { key: 'e', shift: false },
  chat: { key: 'k', shift: true },
  people: { key: 'p', shift: true },
  recording: { key: 'a', shift: true },
  invite: { key: 'e', shift: true },
  leave: { key: 'h', shift: true },
  lock: { key: 'l', shift: true },
};

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Which action a key press means, or null. `mac`: the command key takes the place of Ctrl. */
export function shortcutOf(press: KeyPress, mac: boolean): ShortcutName | null {
  const modified = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!modified || press.altKey) return null;
  const key = press.key.toLowerCase();
  const names = Object.keys(shortcuts) as ShortcutName[];
  return names.find((name) => shortcuts[name].key === key && shortcuts[name].shift === press.shiftKey) ?? null;
}

/** How a shortcut is written for people: `Strg+D`, `Ctrl+Shift+K`, `⇧⌘K`. */
export function shortcutText(
  name: ShortcutName,
  mac: boolean,
  words: { readonly ctrl: string; readonly shift: string },
): string {
  const { key, shift } = shortcuts[name];
  if (mac) return `${shift ? '⇧' : ''}⌘${key.toUpperCase()}`;
  return [words.ctrl, ...(shift ? [words.shift] : []), key.toUpperCase()].join('+');
}

/** The same for `aria-keyshortcuts`. */
export function shortcutAria(name: ShortcutName, mac: boolean): string {
  const { key, shift } = shortcuts[name];
  return [mac ? 'Meta' : 'Control', ...(shift ? ['Shift'] : []), key.toUpperCase()].join('+');
}
