import type { Result } from '../../common/errors';

/**
 * Handles the present value, asked for once, and every one that is told later; what was told is newer than an answer
 * still under way. Returns the unsubscribe, after which nothing is handled any more.
 */
export function follow<Value>(
  ask: () => Promise<Result<Value>>,
  subscribe: (handle: (value: Value) => void) => () => void,
  handle: (value: Value) => void,
): () => void {
  let settled = false;
  const unsubscribe = subscribe((value) => {
    settled = true;
    handle(value);
  });
  void ask().then((result) => {
    if (result.ok && !settled) handle(result.value);
  });
  return () => {
    settled = true;
    unsubscribe();
  };
}
