import type { ShortCode } from './shortCode';
import type { EarlierKey } from './standing';

/** The code of the present connection to somebody. */
export type CodeState =
  | { readonly phase: 'none' }
  /** Being agreed upon. */
  | { readonly phase: 'running' }
  | { readonly phase: 'ready'; readonly code: ShortCode }
  /** The other end, or somebody in between, did not keep to the rules. */
  | { readonly phase: 'failed' };

/** What main knows of who is at the other end of one peer connection. */
export interface PeerTrust {
  readonly participantId: string;
  /**
   * The generation of the connection whose real certificate main has compared with the one that was signed. The media of
   * any other is not to be shown.
   */
  readonly securedGeneration: number | null;
  /** What was negotiated was not what was signed: the connection was ended and is not made again. */
  readonly isBroken: boolean;
  /** When codes were compared with this key, in this meeting or an earlier one; in milliseconds since 1970. */
  readonly verifiedAt: number | null;
  readonly earlierKey: EarlierKey | null;
  /** The person here said that the codes differ. */
  readonly differs: boolean;
  readonly code: CodeState;
  /** The other person would like to compare. */
  readonly isAsking: boolean;
}
