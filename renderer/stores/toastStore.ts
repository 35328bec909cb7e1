import { createStore } from 'zustand/vanilla';

interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'danger';
  readonly title: string;
  readonly text: string | null;
}

export interface ToastStoreState {
  readonly toasts: readonly Toast[];
  /** The last thing said to screen readers at once. A new ID makes the same words be said again. */
  readonly announcement: { readonly id: number; readonly text: string };
  readonly show: (toast: Omit<Toast, 'id'>) => void;
  readonly dismiss: (id: number) => void;
  readonly announce: (text: string) => void;
}

const stay = { plain: 5_000, danger: 12_000 } as const;

export function createToastStore(schedule: (task: () => void, ms: number) => void) {
  let lastId = 0;
  return createStore<ToastStoreState>((set) => {
    const dismiss = (id: number) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
    return {
      toasts: [],
      announcement: { id: 0, text: '' },
      show(toast) {
        const id = ++lastId;
        // The same note twice is one note; more than three at once is noise.
        set((state) => ({
          toasts: [
            ...state.toasts.filter(({ title, text }) => title !== toast.title || text !== toast.text),
            { ...toast, id },
          ].slice(-3),
        }));
        schedule(() => dismiss(id), stay[toast.tone]);
      },
      dismiss,
      announce(text) {
        set({ announcement: { id: ++lastId, text } });
      },
    };
  });
}
