import type { ConnectionFacts } from '../../stores/mediaStore';
import { connectionFacts } from './connectionFacts';

/** How soon it is asked again for an address that is not told yet, and at most how late. */
const again = { first: 500, most: 30_000 };

/**
 * Tells which way a peer connection goes, when it has connected and whenever that changes. Asks for statistics only then,
 * and again as long as Chromium keeps the other end's address back: it does until a candidate with that address has come
 * by signalling, and has no event for it. Does nothing any more once the connection is closed.
 */
export function watchFacts(connection: RTCPeerConnection, onFacts: (facts: ConnectionFacts) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (delay = again.first): void => {
    clearTimeout(timer);
    if (connection.connectionState !== 'connected') return;
    void connection.getStats().then(
      (report) => {
        const facts = connectionFacts([...(report as unknown as Map<string, { id: string; type: string }>).values()]);
        if (facts === null || connection.connectionState !== 'connected') return;
        onFacts(facts);
        clearTimeout(timer);
        if (facts.peer === null) timer = setTimeout(() => read(Math.min(2 * delay, again.most)), delay);
      },
      // Closed meanwhile.
      () => undefined,
    );
  };
  let transport: RTCIceTransport | null = null;
  connection.addEventListener('connectionstatechange', () => {
    transport ??= follow(connection, () => read());
    read();
  });
}

function follow(connection: RTCPeerConnection, read: () => void): RTCIceTransport | null {
  const transport = connection.getSenders()[0]?.transport?.iceTransport ?? null;
  transport?.addEventListener('selectedcandidatepairchange', read);
  return transport;
}
