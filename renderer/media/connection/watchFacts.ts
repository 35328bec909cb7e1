import type { ConnectionFacts } from '../../stores/mediaStore';
import { connectionFacts } from './connectionFacts';

/**
 * Tells which way a peer connection goes, when it has connected and whenever that changes. Asks for statistics only then;
 * does nothing any more once it is closed.
 */
export function watchFacts(connection: RTCPeerConnection, onFacts: (facts: ConnectionFacts) => void): void {
  const read = (): void => {
    if (connection.connectionState !== 'connected') return;
    void connection.getStats().then(
      (report) => {
        const facts = connectionFacts([...(report as unknown as Map<string, { id: string; type: string }>).values()]);
        if (facts !== null && connection.connectionState === 'connected') onFacts(facts);
      },
      // Closed meanwhile.
      () => undefined,
    );
  };
  let transport: RTCIceTransport | null = null;
  connection.addEventListener('connectionstatechange', () => {
    transport ??= follow(connection, read);
    read();
  });
}

function follow(connection: RTCPeerConnection, read: () => void): RTCIceTransport | null {
  const transport = connection.getSenders()[0]?.transport?.iceTransport ?? null;
  transport?.addEventListener('selectedcandidatepairchange', read);
  return transport;
}
