import type { IceState } from '../../../common/meeting/iceServers';

/** Always with servers named, or with none: simple-peer's default would ask third parties for our address (R17). */
export function iceConfiguration({ servers, relayOnly }: Pick<IceState, 'servers' | 'relayOnly'>): RTCConfiguration {
  return { iceServers: servers.map((one) => ({ ...one })), iceTransportPolicy: relayOnly ? 'relay' : 'all' };
}
