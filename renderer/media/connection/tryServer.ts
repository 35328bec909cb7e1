import type { IceEntry } from '../../../common/meeting/iceServers';
import { iceConfiguration } from './iceConfiguration';
import { watchRelay } from './relayTrouble';

/** `refused`: it answers, but not to these credentials; `silent`: no answer. */
export type TrialOutcome = 'works' | 'refused' | 'silent';

/** Longer than a server takes that can be used in a meeting; the browser would try for half a minute. */
const patienceMs = 12_000;

/** Tries a server out as a meeting would: asks a TURN server for an address, a STUN server for one's own. */
export async function tryServer(entries: readonly IceEntry[]): Promise<TrialOutcome> {
  const isTurn = entries.some(({ urls }) => urls.startsWith('turn:'));
  const connection = new RTCPeerConnection(iceConfiguration({ servers: entries, relayOnly: isTurn }));
  try {
    const outcome = new Promise<TrialOutcome>((resolve) => {
      setTimeout(() => resolve('silent'), patienceMs);
      if (isTurn) {
        watchRelay(connection, (trouble) =>
          resolve(trouble === null ? 'works' : trouble === 'refused' ? trouble : 'silent'),
        );
        return;
      }
      let failed = false;
      connection.addEventListener('icecandidate', ({ candidate }) => candidate?.type === 'srflx' && resolve('works'));
      connection.addEventListener('icecandidateerror', () => (failed = true));
      connection.addEventListener('icegatheringstatechange', () => {
        // Without a router in between the answer is an address one has already, and no news.
        if (connection.iceGatheringState === 'complete') resolve(failed ? 'silent' : 'works');
      });
    });
    connection.createDataChannel('trial');
    await connection.setLocalDescription();
    return await outcome;
  } finally {
    connection.close();
  }
}
