/** Whether a meeting shows itself in the local network: `on` only while the host allows it and there is one. */
export type NearbyVisibility = 'off' | 'on' | LocalNetworkTrouble;

/** `no-network`: this computer is in no local network; `blocked`: it is, and the system lets nothing be announced in it. */
export type LocalNetworkTrouble = 'no-network' | 'blocked';

/** A meeting that says it is in the same network. Who holds it and what it is about is not told. */
interface NearbyMeeting {
  /** As it is read out: `123-456-789`. */
  readonly meetingId: string;
  /** `host:port`. */
  readonly address: string;
}

export interface NearbyMeetings {
  readonly state: 'off' | 'looking' | LocalNetworkTrouble;
  /** In the order in which they were heard. */
  readonly meetings: readonly NearbyMeeting[];
}
