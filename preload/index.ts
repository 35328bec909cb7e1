import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { eventNames, type EventName } from '../common/ipc/events';
import { channelOf, commandNames } from '../common/ipc/names';

const calls = Object.fromEntries(
  commandNames.map((name) => [
    name,
    (request?: unknown): Promise<unknown> => ipcRenderer.invoke(channelOf(name), request),
  ]),
);

const known: ReadonlySet<string> = new Set(eventNames);

function on(name: EventName, handler: (payload: unknown) => void): () => void {
  if (!known.has(name)) throw new Error('unknown event');
  const channel = channelOf(name);
  // The Electron event stays here: it carries a reference to the sender.
  const listener = (_event: IpcRendererEvent, payload: unknown): void => handler(payload);
  ipcRenderer.on(channel, listener);
  return () => {
    ipcRenderer.removeListener(channel, listener);
  };
}

/** `window.konklave`; its type is `Bridge` in common/ipc. */
contextBridge.exposeInMainWorld('konklave', { ...calls, on });
