import { describe, expect, it } from 'vitest';
import { auditActions, type AuditAction } from '../../../common/privacy/auditLog';
import { commandNames } from '../../../common/ipc/names';
import { auditedCommands } from './auditedCommands';

function audited(result: () => unknown) {
  const noted: AuditAction[] = [];
  const handlers: Record<string, (request: object) => Promise<unknown>> = Object.fromEntries(
    commandNames.map((name) => [name, async () => result()]),
  );
  return { noted, handlers: auditedCommands(handlers, (action) => void noted.push(action)) };
}

describe('R25: what is noted in the audit log', () => {
  it('is each thing done with data, once it is done, and nothing else', async () => {
    const { noted, handlers } = audited(() => undefined);
    for (const name of commandNames) await handlers[name]!({});
    // Opening is noted where the vault opens; settings among the preferences only when they are about data.
    expect([...new Set(noted)].sort()).toEqual(auditActions.filter((one) => one !== 'opened').sort());
    expect(noted.length).toBeLessThan(commandNames.length / 2);
  });

  it('is nothing that failed or was cancelled', async () => {
    const failing = audited(() => {
      throw new Error('no');
    });
    await expect(failing.handlers['privacy.erase']!({})).rejects.toThrow('no');
    const cancelled = audited(() => null);
    expect(await cancelled.handlers['privacy.saveAccess']!({})).toBeNull();
    expect([...failing.noted, ...cancelled.noted]).toEqual([]);
  });

  it('is a setting about data, not the colour of the window', async () => {
    const { noted, handlers } = audited(() => ({}));
    await handlers['preferences.set']!({ theme: 'dark', microphoneId: 'x' });
    expect(noted).toEqual([]);
    await handlers['preferences.set']!({ employees: true });
    expect(noted).toEqual(['settings-changed']);
  });
});
