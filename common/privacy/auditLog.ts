/** What is noted when somebody does something with data at this installation. Never about whom, never what it says. */
export const auditActions = [
  'opened',
  'restored',
  'protection-changed',
  'lock-code-changed',
  'backup-saved',
  'profile-changed',
  'settings-changed',
  'period-changed',
  'held',
  'lifted',
  'recording-started',
  'recording-deleted',
  'recording-cut',
  'recording-exported',
  'meeting-deleted',
  'access-answered',
  'person-erased',
  'restricted',
  'restriction-lifted',
  'rectified',
  'objection-added',
  'objection-removed',
  'document-saved',
  'registrations-saved',
  'receipts-saved',
  'request-entered',
  'request-extended',
  'request-closed',
  'assessment-saved',
  'incident-recorded',
  'incident-changed',
  'incident-closed',
  'incident-reopened',
  'incident-deleted',
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: AuditAction;
}

/** What comparing the log with its hashes found: the first entry that is not as it was written, or that some are gone. */
export type AuditFinding = { readonly problem: 'changed' | 'removed'; readonly sequence: number };

export interface AuditLog {
  /** Newest first, at most `auditShown`. */
  readonly entries: readonly AuditEntry[];
  readonly count: number;
  readonly finding: AuditFinding | null;
}

export const auditShown = 500;
