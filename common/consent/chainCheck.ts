/** What is wrong with the stored receipts, in the words of main/vault/receiptChain.ts. */
export type ChainProblem =
  | 'entry-changed'
  | 'entry-removed'
  | 'entry-reordered'
  | 'receipt-changed'
  | 'receipt-removed'
  | 'receipt-reordered'
  | 'receipt-not-in-chain';

export type ChainEvent = 'asked' | 'given' | 'refused' | 'countersigned' | 'withdrawn' | 'erased' | 'expired';

/** One finding, with what a person knows the receipt by. */
export interface ChainTrouble {
  readonly problem: ChainProblem;
  /** The place in the chain, from 1; null when there is none. */
  readonly sequence: number | null;
  readonly event: ChainEvent | null;
  /** Null when the receipt is gone, or when it is not known which one it was. */
  readonly receipt: {
    readonly personName: string;
    readonly controllerName: string;
    readonly answeredAt: number;
  } | null;
}

/** The chain of receipts compared with itself and with the receipts. */
export interface ChainCheck {
  readonly checkedAt: number;
  readonly entries: number;
  /** Empty: nothing was changed, removed or moved. */
  readonly troubles: readonly ChainTrouble[];
  /** False when what is stored is so changed that it could not even be read. */
  readonly readable: boolean;
}
