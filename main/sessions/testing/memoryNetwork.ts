import type { Datagram, LocalNetworksHandlers, OpenLocalNetworks } from '../nearby/localNetworks';

/** A network in memory: whatever one computer says, all of them hear, itself included. */
export function createMemoryNetwork() {
  const computers = new Map<LocalNetworksHandlers, string>();
  const said: Datagram[] = [];
  const say = (datagram: Datagram) => {
    said.push(datagram);
    for (const { received } of [...computers.keys()]) received(datagram);
  };
  return {
    /** Everything that was said, in order. */
    said,
    say,
    computer:
      (address: string): OpenLocalNetworks =>
      (handlers) => {
        computers.set(handlers, address);
        queueMicrotask(() => {
          if (computers.has(handlers)) handlers.changed('open');
        });
        return {
          send: (make) => say({ bytes: make(address), sender: address }),
          close: async () => void computers.delete(handlers),
        };
      },
    /** Computers that listen at this moment. */
    get size() {
      return computers.size;
    },
  };
}
