/** What kind of trouble an error is: it chooses the screen (a field, a banner, a full page), never the wording. */
export type ErrorCategory = 'input' | 'network' | 'permission' | 'storage' | 'state' | 'internal';

/** Every error a person can meet, by its stable code. The wording lives in the renderer's locales under `errors.<code>`. */
export const errorCategories = {
  'ipc/forbidden': 'permission',
  'ipc/invalid': 'input',
  'vault/locked': 'state',
  'vault/passphrase-wrong': 'input',
  'vault/passphrase-weak': 'input',
  'vault/damaged': 'storage',
  'vault/key-missing': 'storage',
  'vault/newer-version': 'storage',
  'vault/disk-full': 'storage',
  'vault/already-exists': 'state',
  'vault/keychain-refused': 'storage',
  'app/locked': 'state',
  'lock/nothing-opens': 'state',
  'lock/code-wrong': 'input',
  'lock/code-weak': 'input',
  'lock/too-many-attempts': 'state',
  'invite/foreign': 'input',
  'invite/malformed': 'input',
  'invite/newer-version': 'input',
  'invite/expired': 'input',
  'join/unreachable': 'network',
  'join/certificate-mismatch': 'network',
  'join/code-wrong': 'input',
  'join/meeting-unknown': 'input',
  'join/version-newer': 'network',
  'join/version-older': 'network',
  'join/too-many-attempts': 'network',
  'join/locked': 'permission',
  'join/full': 'permission',
  'join/denied': 'permission',
  'join/registration-incomplete': 'input',
  'join/protocol': 'network',
  'join/address-shown': 'permission',
  'session/busy': 'state',
  'session/not-in-meeting': 'state',
  'session/not-host': 'permission',
  'session/host-present': 'state',
  'session/unknown-participant': 'input',
  'session/notice-changed': 'state',
  'verification/not-connected': 'state',
  'verification/no-code': 'state',
  'recording/not-host': 'permission',
  'recording/already-active': 'state',
  'recording/not-active': 'state',
  'recording/no-consent': 'permission',
  'recording/unknown-track': 'input',
  'recording/clip-made': 'state',
  'recording/not-found': 'input',
  'recording/erased': 'state',
  'recording/damaged': 'storage',
  'recording/disk-full': 'storage',
  'recording/in-progress': 'state',
  'recording/changed': 'state',
  'recording/range-invalid': 'input',
  'retention/held': 'state',
  'retention/not-found': 'input',
  'letter/too-large': 'input',
  'letter/none': 'input',
  'letter/incomplete': 'input',
  'letter/damaged': 'input',
  'letter/newer-version': 'input',
  'letter/own': 'input',
  'letter/not-for-here': 'input',
  'letter/forged': 'permission',
  'letter/unreadable': 'storage',
  'letter/nothing-to-send': 'state',
  'privacy/not-found': 'input',
  'privacy/self': 'state',
  'privacy/restricted': 'state',
  'privacy/do-not-contact': 'state',
  'recording/objected': 'permission',
  'request/not-found': 'input',
  'request/closed': 'state',
  'request/too-late': 'state',
  'request/too-many': 'state',
  'request/day-invalid': 'input',
  'incident/not-found': 'input',
  'incident/times': 'input',
  'incident/gaps': 'state',
  'incident/closed': 'state',
  'receipt/not-found': 'input',
  'receipt/no-consent': 'state',
  'document/not-written': 'storage',
  'backup/busy': 'state',
  'backup/changed': 'state',
  'backup/disk-full': 'storage',
  'backup/disk-gone': 'storage',
  'backup/too-large-for-disk': 'storage',
  'backup/not-written': 'storage',
  'backup/unreadable': 'storage',
  'backup/not-a-backup': 'input',
  'backup/damaged': 'input',
  'backup/newer-version': 'input',
  'backup/passphrase-wrong': 'input',
  'backup/none-chosen': 'state',
  'wipe/not-confirmed': 'input',
  'wipe/not-done': 'storage',
  'export/unknown': 'input',
  'export/write-failed': 'storage',
  'internal/unexpected': 'internal',
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof errorCategories;

/** The part of an error that crosses a process boundary: no cause, no stack, no personal data. */
interface Failure {
  readonly code: ErrorCode;
}

export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure };

/** An expected failure with a stable code. `cause` stays in the process where it happened. */
export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.code = code;
  }

  get category(): ErrorCategory {
    return errorCategories[this.code];
  }
}

/** The code of any thrown value; what is not a DomainError is `internal/unexpected`. */
export function errorCodeOf(thrown: unknown): ErrorCode {
  return thrown instanceof DomainError ? thrown.code : 'internal/unexpected';
}
