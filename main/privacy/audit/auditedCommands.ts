import type { CommandName } from '../../../common/ipc/commands';
import type { AuditAction } from '../../../common/privacy/auditLog';

/** What each command that does something with data is noted as. Those that are not here only look, or talk. */
const actions: Partial<Record<CommandName, AuditAction>> = {
  'vault.restore': 'restored',
  'lock.protect': 'protection-changed',
  'lock.setCode': 'lock-code-changed',
  'backup.save': 'backup-saved',
  'backup.restore': 'restored',
  'profile.save': 'profile-changed',
  'ice.save': 'settings-changed',
  'retention.setPeriod': 'period-changed',
  'retention.hold': 'held',
  'retention.lift': 'lifted',
  'recording.start': 'recording-started',
  'recordings.delete': 'recording-deleted',
  'recordings.cut': 'recording-cut',
  'export.finish': 'recording-exported',
  'meetings.delete': 'meeting-deleted',
  'privacy.saveAccess': 'access-answered',
  'privacy.erase': 'person-erased',
  'rights.restrict': 'restricted',
  'rights.liftRestriction': 'restriction-lifted',
  'rights.correctName': 'rectified',
  'rights.addStatement': 'rectified',
  'rights.removeStatement': 'rectified',
  'rights.object': 'objection-added',
  'rights.removeObjection': 'objection-removed',
  'privacy.saveDocument': 'document-saved',
  'registrations.save': 'registrations-saved',
  'receipts.save': 'receipts-saved',
  'receipts.saveAll': 'receipts-saved',
  'requests.add': 'request-entered',
  'requests.extend': 'request-extended',
  'requests.close': 'request-closed',
  'assessments.save': 'assessment-saved',
  'incidents.record': 'incident-recorded',
  'incidents.save': 'incident-changed',
  'incidents.close': 'incident-closed',
  'incidents.reopen': 'incident-reopened',
  'incidents.delete': 'incident-deleted',
};

/** After these, what people are told of their data may be another. */
export const changingActions: ReadonlySet<AuditAction> = new Set([
  'opened',
  'profile-changed',
  'settings-changed',
  'period-changed',
]);

/** The settings about data among the preferences; the rest is looks and devices. */
const settings: ReadonlySet<string> = new Set([
  'relay',
  'relayOnly',
  'employees',
  'neverRecordMe',
  'lockAfter',
  'lockInMeetings',
]);

type Handlers = Readonly<Record<string, (request: never) => unknown>>;

/**
 * The same handlers, each noting what it did once it has succeeded. What was cancelled (null) did nothing. A log that
 * cannot be written keeps nobody from their work: `note` must not throw.
 */
export function auditedCommands<Given extends Handlers>(handlers: Given, note: (action: AuditAction) => void): Given {
  const audited = Object.entries(handlers).map(([name, handler]) => {
    const action = actions[name as CommandName];
    if (name !== 'preferences.set' && action === undefined) return [name, handler];
    const noting = async (request: never) => {
      const value = await handler(request);
      if (action === undefined) {
        if (Object.keys(request).some((key) => settings.has(key))) note('settings-changed');
      } else if (value !== null) note(action);
      return value;
    };
    return [name, noting];
  });
  return Object.fromEntries(audited) as Given;
}
