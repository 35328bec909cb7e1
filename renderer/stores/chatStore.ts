import { createStore } from 'zustand/vanilla';
import type { ChatMessage } from '../../common/meeting/models';

export interface ChatStoreState {
  /** The chat of the running meeting, oldest first. */
  readonly messages: readonly ChatMessage[];
  /** Messages of others that came while the chat was not in sight. */
  readonly unread: number;
  readonly inSight: boolean;
  readonly add: (message: ChatMessage) => void;
  readonly reset: (messages: readonly ChatMessage[]) => void;
  readonly setInSight: (inSight: boolean) => void;
}

export function createChatStore() {
  return createStore<ChatStoreState>((set) => ({
    messages: [],
    unread: 0,
    inSight: false,
    add(message) {
      set((state) => {
        // A message of one's own comes back both from the command and as an event.
        if (state.messages.some(({ id }) => id === message.id)) return state;
        return {
          messages: [...state.messages, message],
          unread: state.inSight || message.mine ? state.unread : state.unread + 1,
        };
      });
    },
    reset(messages) {
      set({ messages, unread: 0 });
    },
    setInSight(inSight) {
      set(inSight ? { inSight, unread: 0 } : { inSight });
    },
  }));
}
