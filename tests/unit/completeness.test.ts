import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { personalKinds } from '../../common/privacy/heldData';
import { dataRegistry } from '../../main/privacy/dataRegistry';
import { heldPeople } from '../../main/privacy/heldData';
import { PersonRights } from '../../main/privacy/personRights';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import { allFiles, decryptedLog, decryptedPages, temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { benNames, benSaid, everythingKept } from '../support/everythingKept';
import { rawRows, type Row } from '../support/rawRows';
import { unzipped } from '../support/unzipped';

type World = Awaited<ReturnType<typeof everythingKept>>;
type Rows = ReturnType<typeof rawRows>;

const declared = dataRegistry.flatMap(({ tables }) => tables);
/** Tables that are empty while nothing is being done, and why. */
const emptyAtRest: Readonly<Record<string, string>> = {
  pending_erasure: 'only in the middle of an erasure',
};

const ofNoMeaning = 'a random number of this vault or of one meeting, which leads to nothing';
const signedByThem = 'what they signed themself, and have; what it says is there';
/** What of somebody’s rows is not in the answer to an access request, and why that is right. Everything else is. */
const notHandedOver: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['chat.position', 'chat.id', 'meeting_people.position', 'receipts.position', 'tracks.position', 'tracks.id']
      .concat('tracks.file_name', 'track_keys.track_id', 'statements.id', 'statements.chat_id')
      .map((column) => [column, ofNoMeaning]),
  ),
  'track_keys.key': 'what it opens is there as it was recorded',
  'tracks.bytes': 'the size of the file while it was sealed',
  'tracks.phase': 'told as what is missing, and why',
  'recordings.phase': 'of the recording of all; of their part it is told',
  'meetings.role': 'of the owner',
  'meetings.own_registration': 'of the owner',
  'meetings.retention_days': 'told as the day on which it goes',
  'registrations.retention_days': 'told as the day on which it goes',
  'person_requests.document.signed': signedByThem,
  'person_requests.document.told': 'how far their own app knows the answer',
  'own_requests.document.signed': 'signed by the owner; what it says is there',
};

/** Where he is named after his erasure, and why. */
const staysOfHim: Readonly<Record<string, string>> = {
  'receipts.request': 'what the owner answered him, which the preview names',
  'receipts.notice_text': 'the same',
  'receipt_chain.participant_id': 'a random number whose owner is in no table any more',
  'chat.text': 'what Cleo wrote',
  'chat_index.text': 'what Cleo wrote',
};

/** Written to by an erasure, beside what it removes. */
const upkeep = new Set(['erased_marks', 'deletion_log', 'receipt_chain', 'receipt_chain_end', 'retention_clock']);

function rightsOf(world: World, path: string): PersonRights {
  return new PersonRights({
    vault: () => world.manager.vault(),
    signer: () => world.ada,
    now: () => world.now,
    documents: {
      chooseTarget: () => Promise.resolve(path),
      chooseSource: () => Promise.resolve(null),
      chooseFolder: () => Promise.resolve(null),
      copyText: () => Promise.resolve(),
    },
    runningMeeting: () => null,
    erased: () => undefined,
    progress: () => undefined,
    changed: () => undefined,
    log: { info: () => undefined },
  });
}

describe('R22, R23: everything that is kept of a person', () => {
  test('has an example here for each table that is declared', async () => {
    const { fixture } = await everythingKept();
    const rows = rawRows(fixture, declared);
    const empty = declared.filter((table) => rows.get(table)!.length === 0);
    expect(empty.sort()).toEqual(Object.keys(emptyAtRest).sort());
  });

  test('is in the answer to an access request, column by column', async () => {
    const world = await everythingKept();
    const path = join(temporaryFolder(), 'answer.zip');
    expect(await rightsOf(world, path).saveAccess(world.keys.ben, 'en')).not.toBeNull();
    const files = await unzipped(path);
    const answer = answerOf(files);
    const rows = rawRows(world.fixture, declared);
    const tables = dataRegistry.flatMap(({ kind, tables: some }) =>
      (personalKinds as readonly string[]).includes(kind) ? some : [],
    );
    const missing = new Map<string, unknown>();
    const told = new Set<string>();
    for (const table of tables) {
      const his = rows.get(table)!.filter((row) => isAbout(world, table, row));
      if (his.length === 0) missing.set(table, 'no row of his');
      for (const [name, value] of his.flatMap((row) => cellsOf(table, row))) {
        if (!answer.tells(value)) missing.set(name, value);
        else if (value !== null) told.add(name);
      }
    }
    expect(Object.fromEntries([...missing].filter(([name]) => notHandedOver[name] === undefined))).toEqual({});
    // An exception that is none any more would let something else pass.
    expect(Object.keys(notHandedOver).filter((name) => !missing.has(name) && !told.has(name))).toEqual([]);
    const media = [...files].filter(([name]) => name.endsWith('.webm')).map(([, bytes]) => bytes);
    const recorded = await filmsOf(world, world.keys.ben);
    expect(recorded.length).toBe(2);
    expect(recorded.every((film) => media.some((one) => one.equals(film)))).toBe(true);
    expect(media).toHaveLength(recorded.length);
  });

  test('goes with an erasure, but for what the preview named; what is others’ stays byte for byte', async () => {
    const world = await everythingKept();
    const { fixture, manager, keys, cleo } = world;
    const rights = rightsOf(world, join(temporaryFolder(), 'unused'));
    const before = rawRows(fixture, declared);
    // Asked before: afterwards nothing tells whose a row was.
    const hisBefore = new Set(
      declared.flatMap((table) => before.get(table)!.filter((row) => isAbout(world, table, row))),
    );
    const cleos = await filmsOf(world, keys.cleo);
    const sealed = sealedKeys(world);
    const signatures = ['receipts', 'withdrawals'].flatMap((table) =>
      before
        .get(table)!
        .flatMap(({ identity_key, participant_id, answer_signature, signature }) =>
          identity_key === keys.ben || (identity_key === undefined && participant_id === world.ben.id)
            ? [String(answer_signature ?? signature)]
            : [],
        ),
    );
    expect(signatures).toHaveLength(3);
    const said = Object.values(benSaid);
    expect(await remains(world, sealed, said)).toEqual(said);
    const preview = rights.previewErasure(keys.ben, false);
    expect(preview.stays.map(({ kind, because, count }) => ({ kind, because, count }))).toEqual([
      { kind: 'consent', because: 'proof', count: 1 },
    ]);
    await rights.erase(keys.ben, false);

    // What stays is what was shown, and nothing else is known of him.
    const stillKnown = heldPeople(manager.vault()).find(({ identityKey }) => identityKey === keys.ben);
    // While it was restricted nothing had an end; that is gone with the contact.
    const shown = preview.stays.map(({ kind, id, title, since, count }) => ({ kind, id, title, since, count }));
    expect(stillKnown?.items.map(({ until: end, ...item }) => ({ ...item, ended: end !== null }))).toEqual(
      shown.map((item) => ({ ...item, ended: true })),
    );
    const after = rawRows(fixture, declared);
    const marks = [keys.ben, world.ben.id, ...Object.values(benNames), ...Object.values(benSaid)];
    const named = declared.flatMap((table) =>
      after.get(table)!.flatMap((row) =>
        Object.entries(row)
          .filter(([, cell]) => typeof cell === 'string' && marks.some((mark) => cell.includes(mark)))
          .map(([column]) => `${table}.${column}`),
      ),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(staysOfHim).sort());

    // Every row that went or changed was his; the rest is as it was.
    for (const table of declared) {
      const rest = new Set(after.get(table)!.map((row) => JSON.stringify(row)));
      const gone = before.get(table)!.filter((row) => !rest.has(JSON.stringify(row)));
      const others = gone.filter((row) => !hisBefore.has(row) && !upkeep.has(table));
      expect([table, others]).toEqual([table, []]);
      const known = new Set(before.get(table)!.map((row) => JSON.stringify(row)));
      const added = after.get(table)!.filter((row) => !known.has(JSON.stringify(row)));
      if (!upkeep.has(table) && table !== 'meetings') expect([table, added]).toEqual([table, []]);
    }
    const hostOf = (rows: Rows) => rows.get('meetings')!.find(({ id }) => id === world.atBens)!;
    expect(hostOf(after)).toEqual({ ...hostOf(before), host_key: '', host_name: '' });
    expect(await filmsOf(world, keys.cleo)).toEqual(cleos);
    expect(manager.vault().receipts.verifyChain()).toEqual([]);

    await manager.close();
    const left = await remains(world, sealed, [
      ...said,
      ...signatures,
      benNames.verified,
      benNames.accepted,
      benNames.now,
    ]);
    expect(left).toEqual([]);
    expect(await remains(world, sealed, [cleo.name, 'Cleo’s cabinets'])).toHaveLength(2);
  });
});

/** By what a row belongs to somebody in whose row there is neither their key nor their ID. */
const belongsBy: Readonly<Record<string, readonly [column: string, of: 'track' | 'recording' | 'meeting' | 'line']>> = {
  track_keys: ['track_id', 'track'],
  recordings: ['id', 'recording'],
  exports: ['recording_id', 'recording'],
  cuts: ['recording_id', 'recording'],
  meetings: ['id', 'meeting'],
  chat_index: ['text', 'line'],
};

/** Whether a row is Ben’s, or of something that he was in. */
function isAbout(world: World, table: string, row: Row): boolean {
  const { keys, ben, vault } = world;
  const by = belongsBy[table];
  if (by === undefined) {
    return Object.values(row).some(
      (cell) => typeof cell === 'string' && [keys.ben, ben.id].some((one) => cell.includes(one)),
    );
  }
  const tracks = vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id));
  const his = tracks.filter(({ identityKey }) => identityKey === keys.ben);
  const lines = [world.both, world.secondMeeting, world.atBens].flatMap((id) => vault.chat.history(id));
  const ids = {
    track: his.map(({ id }) => id),
    recording: his.map(({ recordingId }) => recordingId),
    meeting: [world.both, world.secondMeeting, world.atBens],
    line: lines.filter(({ senderKey }) => senderKey === keys.ben).map(({ text }) => text),
  };
  return ids[by[1]].includes(String(row[by[0]]));
}

/** The cells of a row by name; a document by its parts. */
function cellsOf(table: string, row: Row): [string, unknown][] {
  return Object.entries(row).flatMap(([column, value]): [string, unknown][] => {
    const name = `${table}.${column}`;
    if (typeof value !== 'string' || !value.startsWith('{')) return [[name, value]];
    return Object.entries(JSON.parse(value) as object).map(([key, part]) => [`${name}.${key}`, part as unknown]);
  });
}

/** What somebody can find in an archive who looks for it: texts anywhere, numbers and small texts as values. */
function answerOf(files: ReadonlyMap<string, Buffer>) {
  const values = new Set<unknown>();
  const collect = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
    else values.add(value);
  };
  for (const [name, bytes] of files) if (/\.json(ld)?$/u.test(name)) collect(JSON.parse(bytes.toString()));
  const text = [...files.values()].map((bytes) => bytes.toString()).join('\n');
  const tells = (cell: unknown): boolean => {
    if (cell === null || typeof cell === 'boolean' || values.has(cell)) return true;
    if (typeof cell === 'object') return Object.values(cell).every(tells);
    if (typeof cell !== 'string') return false;
    if (/^[[{]/u.test(cell)) return tells(JSON.parse(cell));
    const redacted = cell.replaceAll('Cleo Sandler', '[Person 1]');
    return cell === '' || values.has(redacted) || (redacted.length > 20 && text.includes(redacted));
  };
  return { tells };
}

/** Every sealed file with the key that opens it, as it is now. */
function sealedKeys({ vault }: World): ReadonlyMap<string, Uint8Array> {
  const tracks = vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id));
  return new Map(
    tracks.flatMap(({ id, fileName }) => {
      const key = vault.recordings.trackKey(id);
      return key === null ? [] : [[fileName, key] as const];
    }),
  );
}

async function opened(path: string, key: Uint8Array): Promise<Buffer> {
  const reader = await SealedReader.open(path, key);
  const bytes = Buffer.from(await reader.read(0, reader.size));
  await reader.close();
  return bytes;
}

/** What was recorded of somebody and is not erased, opened with its keys; without chat. */
async function filmsOf(world: World, identityKey: string): Promise<Buffer[]> {
  const { vault } = world;
  const keys = sealedKeys(world);
  const films: Promise<Buffer>[] = [];
  for (const { fileName, kind, ...track } of vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id))) {
    const key = keys.get(fileName);
    if (track.identityKey !== identityKey || kind === 'chat' || key === undefined) continue;
    films.push(opened(join(vault.recordingsFolder, fileName), key));
  }
  return Promise.all(films);
}

/**
 * Which of these texts are anywhere on the disk for somebody with the key of the database and with every key that it ever
 * held: in pages in use or free, the log, the search index, the backups, the sealed files.
 */
async function remains(
  { fixture }: World,
  keys: ReadonlyMap<string, Uint8Array>,
  texts: readonly string[],
): Promise<string[]> {
  const databaseKey = fixture.drawn[0]!;
  const bytes = allFiles(fixture.folder).map(async ({ path, bytes: raw }) => {
    if (path.endsWith('.db')) return decryptedPages(path, databaseKey);
    if (path.endsWith('.db-wal')) return decryptedLog(path, databaseKey);
    const key = keys.get(basename(path));
    return key === undefined ? raw : opened(path, key);
  });
  const disk = Buffer.concat(await Promise.all(bytes));
  return texts.filter((text) => disk.indexOf(text) !== -1);
}
