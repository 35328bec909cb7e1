import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { commands } from '../../common/ipc/commands';
import { incidentSchema, type Incident } from '../../common/privacy/incident';
import { incidentCommands } from '../../main/privacy/incidents/incidentCommands';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { allFiles, decryptedPages } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from '../support/knownPeople';

const hour = 3_600_000;

async function world() {
  const known = await knownPeople();
  const { fixture, vault, now } = known;
  const changes: string[] = [];
  const handlers = incidentCommands({
    vault: () => known.manager.vault(),
    now: () => fixture.clock.now,
    random: randomBytes,
    changed: () => void changes.push('changed'),
  });
  const { incidentId } = handlers['incidents.record']({
    kind: 'recipient',
    noticedAt: now,
    what: 'A copy went astray',
  });
  const stored = () => vault.incidents.get(incidentId)!;
  const save = (change: Partial<Incident>) =>
    handlers['incidents.save']({ incidentId, incident: { ...stored().incident, ...change } });
  const decided: Partial<Incident> = {
    ...{ consequences: 'Gossip', remedies: 'Asked to delete', risk: 'unlikely', riskReason: 'Deleted unread' },
    authority: { ...stored().incident.authority, decision: 'no', reason: 'Deleted unread' },
    people: { ...stored().incident.people, decision: 'no', ground: 'no-high-risk', reason: 'Deleted unread' },
  };
  return { ...known, handlers, incidentId, stored, save, decided, changes };
}

describe('R25: the documentation of a breach', () => {
  test('what it is about is counted in the vault, the owner left out, and no name is kept', async () => {
    const { handlers, save, fixture, manager, both, recording, ben, cleo, stored } = await world();
    const measure = (scope: Partial<Parameters<(typeof handlers)['incidents.measure']>[0]>) =>
      handlers['incidents.measure']({ device: false, meetingIds: [], recordingIds: [], identityKeys: [], ...scope });
    expect(measure({})).toEqual({ people: 0, kinds: {}, names: [] });
    expect(measure({ meetingIds: [both] })).toEqual({
      ...{ people: 2, kinds: { meeting: 2, chat: 2 }, names: ['Ben Ottinger', 'Cleo Sandler'] },
    });
    expect(measure({ recordingIds: [recording.id] })).toMatchObject({ people: 2, kinds: { recording: 3, consent: 2 } });
    expect(measure({ identityKeys: [ben.signer.publicKey] })).toMatchObject({
      ...{ people: 1, kinds: { contact: 1, meeting: 2, chat: 2, recording: 2, consent: 1 }, names: ['Ben Ottinger'] },
    });
    expect(measure({ device: true })).toMatchObject({ people: 2, kinds: { contact: 2, meeting: 3, chat: 3 } });

    const { people, kinds } = measure({ meetingIds: [both], identityKeys: [ben.signer.publicKey] });
    save({ affected: { ...stored().incident.affected, meetingIds: [both], people, kinds } });
    const document = JSON.stringify(stored());
    for (const { name, signer } of [ben, cleo]) {
      expect(document).not.toContain(name);
      expect(document).not.toContain(signer.publicKey);
    }
    await manager.close();
    const plain = allFiles(fixture.folder).filter(({ bytes }) => bytes.includes('went astray'));
    expect(plain.map(({ path }) => path)).toEqual([]);
    const database = allFiles(fixture.folder).find(({ path }) => path.endsWith('vault.db'))!;
    expect(decryptedPages(database.path, fixture.drawn[0]!).includes('went astray')).toBe(true);
  });

  test('forged requests store no contradiction and close nothing that has a gap', async () => {
    const { handlers, incidentId, save, decided, now, stored } = await world();
    const record = handlers['incidents.record'];
    expect(() => record({ kind: 'other', noticedAt: now + hour, what: 'Tomorrow' })).toThrow('incident/times');
    expect(() => save({ noticedAt: now + hour })).toThrow('incident/times');
    expect(() => save({ happenedAt: now + 1 })).toThrow('incident/times');
    expect(() => handlers['incidents.close']({ incidentId })).toThrow('incident/gaps');
    save({ ...decided, risk: 'risk' });
    expect(() => handlers['incidents.close']({ incidentId })).toThrow('incident/gaps');
    expect(stored().closedAt).toBeNull();
    const unknown = { incidentId: 'A'.repeat(22) };
    expect(() => handlers['incidents.close'](unknown)).toThrow('incident/not-found');
    expect(() => handlers['incidents.delete'](unknown)).toThrow('incident/not-found');
    for (const wrong of [
      { ...stored().incident, what: '' },
      { ...stored().incident, what: 'x'.repeat(2_001) },
      { ...stored().incident, what: 'turned \u202E round' },
      { ...stored().incident, supplements: Array.from({ length: 51 }, () => ({ at: now, text: 'more' })) },
      { ...stored().incident, affected: { ...stored().incident.affected, people: -1 } },
    ]) {
      expect(commands['incidents.save'].request.safeParse({ incidentId, incident: wrong }).success).toBe(false);
    }
    expect(incidentSchema.parse(stored().incident)).toEqual(stored().incident);
  });

  test('what is closed stays as it is until it is opened again', async () => {
    const { handlers, incidentId, save, decided, stored, now } = await world();
    save(decided);
    handlers['incidents.close']({ incidentId });
    expect(stored().closedAt).toBe(now);
    expect(() => save({ what: 'Something else' })).toThrow('incident/closed');
    expect(() => handlers['incidents.close']({ incidentId })).toThrow('incident/closed');
    expect(stored().incident.what).toBe('A copy went astray');
    handlers['incidents.reopen']({ incidentId });
    save({ what: 'Something else' });
    expect(stored().incident.what).toBe('Something else');
  });

  test('it goes five years after the end of the year of its closing; while open it stays', async () => {
    const { handlers, incidentId, save, decided, vault, manager } = await world();
    const round = (at: number) => {
      const kinds = retainedKinds({
        vault: () => manager.vault(),
        deleteRecording: async () => undefined,
        deleteMeeting: () => undefined,
      });
      const kind = kinds.find(({ name }) => name === 'incidents')!;
      for (const erase of kind.due(at)) void erase();
    };
    round(new Date(2100, 0, 1).getTime());
    expect(vault.incidents.list()).toHaveLength(1);
    save(decided);
    handlers['incidents.close']({ incidentId });
    round(new Date(2032, 0, 1).getTime() - 1);
    expect(vault.incidents.list()).toHaveLength(1);
    round(new Date(2032, 0, 1).getTime());
    expect(vault.incidents.list()).toEqual([]);
    expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'incident', why: 'retention', count: 1 }]);
  });

  test('one that was recorded by mistake is deleted by hand, and the deletion log says that one went', async () => {
    const { handlers, incidentId, vault, changes } = await world();
    handlers['incidents.delete']({ incidentId });
    expect(handlers['incidents.list'](undefined)).toEqual([]);
    expect(vault.deletionLog.newest(1)).toMatchObject([{ kind: 'incident', why: 'by-hand', count: 1 }]);
    expect(changes.length).toBe(2);
  });
});
