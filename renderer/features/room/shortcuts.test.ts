import { describe, expect, it } from 'vitest';
import { shortcutAria, shortcutOf, shortcutText, type KeyPress } from './shortcuts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('shortcutOf', () => {
  it.each([
    [press('d', { ctrlKey: true }), false, 'microphone'],
    [press('D', { ctrlKey: true, shiftKey: true }), false, null],
    [press('E', { ctrlKey: true, shiftKey: true }), false, 'invite'],
    [press('e', { ctrlKey: true }), false, 'camera'],
    [press('L', { ctrlKey: true, shiftKey: true }), false, 'lock'],
    [press('l', { metaKey: true, shiftKey: true }), true, 'lock'],
    [press('d'), false, null],
    [press('d', { ctrlKey: true, altKey: true }), false, null],
    [press('d', { metaKey: true }), true, 'microphone'],
    [press('d', { ctrlKey: true }), true, null],
  ] as const)('%j on mac %s means %s', (key, mac, expected) => {
    expect(shortcutOf(key, mac)).toBe(expected);
  });
});

describe('shortcutText', () => {
  it('is written as people write it', () => {
    expect(shortcutText('microphone', false, { ctrl: 'Strg', shift: 'Umschalt' })).toBe('Strg+D');
    expect(shortcutText('chat', false, { ctrl: 'Ctrl', shift: 'Shift' })).toBe('Ctrl+Shift+K');
    expect(shortcutText('chat', true, { ctrl: 'Ctrl', shift: 'Shift' })).toBe('⇧⌘K');
    expect(shortcutAria('chat', false)).toBe('Control+Shift+K');
  });
});
