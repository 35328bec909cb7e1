import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RegistrationForm } from '../../../common/meeting/registration';
import type { Vault } from '../repositories';
import { allFiles, openFixture, vaultFixture } from '../testing/vaultFixture';

const day = 24 * 60 * 60 * 1000;
const form: RegistrationForm = {
  purpose: 'Minutes.',
  fields: [{ id: 'email', question: null, required: true }],
};
const [meetingId, other] = ['M'.repeat(22), 'N'.repeat(22)];
const entry = {
  ...{ meetingId, title: 'Budget', identityKey: 'K'.repeat(43), name: 'Gesa', registeredAt: 1_000, retentionDays: 30 },
  answers: [{ id: 'email', question: null, text: 'gesa@kanzlei.example' }],
} as const;
const meeting: Parameters<Vault['meetings']['start']>[0] = {
  ...{ meetingId, title: 'Budget', role: 'host', hostName: 'Anna', hostKey: 'H'.repeat(43), startedAt: 1_000 },
};

describe('R21, R22: registrations in the vault', () => {
  it('keeps the last form, and whether it is in use', async () => {
    const { vault } = await openFixture(vaultFixture());
    expect([vault.registrations.lastForm(), vault.registrations.formInUse()]).toEqual([null, null]);
    vault.registrations.useForm(null);
    expect(vault.registrations.lastForm()).toBeNull();
    vault.registrations.useForm(form);
    expect([vault.registrations.lastForm(), vault.registrations.formInUse()]).toEqual([form, form]);
    vault.registrations.useForm(null);
    expect([vault.registrations.lastForm(), vault.registrations.formInUse()]).toEqual([form, null]);
  });

  it('keeps what somebody told until the promised day; who tells it again replaces it', async () => {
    const { vault } = await openFixture(vaultFixture());
    vault.registrations.add(entry);
    vault.registrations.add({ ...entry, meetingId: other, registeredAt: 2_000 });
    vault.registrations.add({ ...entry, name: 'Gesa B.', registeredAt: 3_000, retentionDays: 7 });
    expect(vault.registrations.all()).toMatchObject([
      { meetingId: other, name: 'Gesa', deleteAfter: 2_000 + 30 * day },
      { meetingId, name: 'Gesa B.', deleteAfter: 3_000 + 7 * day, answers: entry.answers },
    ]);
    expect(vault.registrations.ofMeeting(other)).toHaveLength(1);
  });

  it('expires by person and meeting, is noted, and refuses what is on hold', async () => {
    const { vault } = await openFixture(vaultFixture());
    vault.registrations.add(entry);
    vault.registrations.add({ ...entry, meetingId: other });
    vault.holds.set({ kind: 'chat', id: other, reason: 'claim', since: 1 });
    expect(() => vault.registrations.expire(vault.registrations.all())).toThrow('retention/held');
    expect(vault.registrations.all()).toHaveLength(2);
    vault.registrations.expire([entry]);
    expect(vault.registrations.all().map((one) => one.meetingId)).toEqual([other]);
    expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'registration', why: 'retention', count: 1 }]);
  });

  it('goes with a meeting that is deleted by hand, and has its own time when the meeting’s is over', async () => {
    const { vault } = await openFixture(vaultFixture());
    for (const why of ['retention', 'by-hand'] as const) {
      vault.meetings.start(meeting);
      vault.registrations.add(entry);
      vault.meetings.delete(meetingId, why);
      expect(vault.registrations.all()).toHaveLength(why === 'retention' ? 1 : 0);
    }
  });

  it('keeps what oneself told with the meeting, and no longer', async () => {
    const { vault } = await openFixture(vaultFixture());
    vault.meetings.start({ ...meeting, role: 'guest' });
    expect(vault.registrations.given(meetingId)).toEqual([]);
    vault.registrations.give(meetingId, entry.answers);
    expect(vault.registrations.given(meetingId)).toEqual(entry.answers);
    const own = vault.profile.get().identityKey;
    expect(vault.held.all()).toContainEqual(
      expect.objectContaining({ kind: 'registration', identityKey: own, id: meetingId }),
    );
    vault.meetings.delete(meetingId);
    expect(vault.registrations.given(meetingId)).toEqual([]);
  });

  it('is in no file as it was typed, before and after', async () => {
    const fixture = vaultFixture();
    const { manager, vault } = await openFixture(fixture);
    vault.registrations.add(entry);
    await manager.close();
    expect(allFiles(fixture.folder).length).toBeGreaterThan(2);
    for (const { path } of allFiles(fixture.folder)) expect(readFileSync(path).includes('gesa@')).toBe(false);
  });
});
