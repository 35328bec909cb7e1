import type { RelayTrouble } from '../../stores/mediaStore';

type Watched = Pick<RTCPeerConnection, 'addEventListener' | 'iceGatheringState' | 'connectionState'>;

/** What a browser says when a server did not answer at all (W3C WebRTC, RTCPeerConnectionIceErrorEvent). */
const noAnswer = 701;

/** A server that helps answers within a second or two; the browser gives up only when the connection has long been replaced. */
const patienceMs = 6_000;

/**
 * Says why this connection got no address at any TURN server; null as soon as it has one. A server that refuses is told of at
 * once, one that is silent after a while. Where the connection came about without, the browser no longer asks the servers
 * to the end, so that nothing is known of them.
 */
export function watchRelay(native: Watched, onNews: (trouble: RelayTrouble | null) => void): void {
  let found = false;
  let refused = false;
  native.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type !== 'relay' || found) return;
    found = true;
    onNews(null);
  });
  native.addEventListener('icecandidateerror', ({ errorCode, url }) => {
    if (found || refused || errorCode === noAnswer || !url.startsWith('turn:')) return;
    refused = true;
    onNews('refused');
  });
  const giveUp = () => found || refused || native.connectionState === 'connected' || onNews('unreachable');
  setTimeout(giveUp, patienceMs);
  native.addEventListener('icegatheringstatechange', () => native.iceGatheringState === 'complete' && giveUp());
}
