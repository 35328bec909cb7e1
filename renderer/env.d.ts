import type { Bridge } from '../common/ipc/bridge';

declare global {
  interface Window {
    /** Made by the preload. */
    readonly konklave: Bridge;
  }
}
