import type { ErrorCode } from '../../../common/errors';
import type { ExportPlan } from './exportPlan';

/** To the worker. Each `write` is answered by one `written`, which asks for more. */
export type ToWorker = { readonly type: 'start'; readonly plan: ExportPlan } | { readonly type: 'written' };

export type FromWorker =
  | { readonly type: 'write'; readonly position: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly code: ErrorCode };
