import { DomainError, type ErrorCode } from '../../common/errors';

/** Is this a DomainError with this code? */
export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof DomainError && error.code === code;
}

/** Tries something whose failure has no consequence here; callers say why. */
export function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The caller has said why.
  }
}
