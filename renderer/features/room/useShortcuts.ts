import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcutAria, shortcutOf, shortcutText, type ShortcutName } from './shortcuts';

const mac = navigator.userAgent.includes('Mac OS');

/** Listens for the room's keys. They work while a dialog is open too: muting must never have to wait. */
export function useShortcuts(actions: Readonly<Partial<Record<ShortcutName, () => void>>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    function handleKey(event: KeyboardEvent) {
      if (event.repeat) return;
      const name = shortcutOf(event, mac);
      const action = name === null ? undefined : latest.current[name];
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    }
    window.addEventListener('keydown', handleKey, true);
    return () => window.removeEventListener('keydown', handleKey, true);
  }, []);
}

/** The keys in words for tooltips and for screen readers. */
export function useShortcutWords() {
  const { t } = useTranslation();
  return useMemo(() => {
    const words = { ctrl: t('room.keyCtrl'), shift: t('room.keyShift') };
    return {
      text: (name: ShortcutName) => shortcutText(name, mac, words),
      aria: (name: ShortcutName) => shortcutAria(name, mac),
    };
  }, [t]);
}
