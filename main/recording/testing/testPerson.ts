import { noRequestLetters } from './noRequestLetters';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingState } from '../../../common/consent/models';
import { DomainError } from '../../../common/errors';
import type { MeetingChannel } from '../../../common/meeting/meetingChannel';
import type { Participant } from '../../../common/meeting/models';
import type { RecordingEnvironment } from '../environment';
import type { DocumentPorts } from '../../documents/documents';
import type { ExportPorts } from '../exportService';
import { cutTrack } from '../finalize/cutTrack';
import { finalizeTrack } from '../finalize/finalizeTrack';
import { RecordingService, type RecordingServiceOptions } from '../recordingService';
import { noDocuments } from './noDocuments';
import { memoryVault, type MemoryVault } from './memoryVault';
import { testSigner, testVerify } from './testIdentity';
import type { TestMeeting } from './testMeeting';
import type { TestTimers } from './testTimers';

/** One installation: a vault, a folder and the service under test. */
export interface TestPerson {
  readonly name: string;
  readonly service: RecordingService;
  readonly environment: RecordingEnvironment;
  readonly vault: MemoryVault;
  readonly states: (RecordingState | null)[];
  readonly logged: string[];
  /** What this person has set. */
  readonly settings: { neverRecordMe: boolean };
  libraryChanges: number;
  /** The meeting this person sits in. */
  channel: MeetingChannel;
  /** This person's entry in the roster. */
  self(): Participant;
  enter(meeting: TestMeeting): void;
  /** Names of the sealed files in the folder. */
  files(): Promise<readonly string[]>;
  /** The same installation after its process was killed. */
  restarted(): TestPerson;
}

type Extras = Partial<Pick<RecordingServiceOptions, 'runFinalize' | 'runCut' | 'openFile'>> & {
  exportPorts?: ExportPorts;
  documents?: DocumentPorts;
};

const endings: (() => Promise<void>)[] = [];

/** Closes and deletes what the persons of a test left; for `afterEach`. */
export async function dismissPersons(): Promise<void> {
  for (const end of endings.splice(0)) await end();
}

/** A person with a folder of their own below the system's temporary one. */
export async function testPerson(name: string, timers: TestTimers, extras: Extras = {}): Promise<TestPerson> {
  const signer = testSigner();
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  const vault = memoryVault({ recordingsFolder: folder, name, publicKey: signer.publicKey });
  const logged: string[] = [];
  const settings = { neverRecordMe: false };
  let seenUntil = 0;
  const environment: RecordingEnvironment = {
    vault: () => {
      if (vault.locked) throw new DomainError('vault/locked');
      return vault;
    },
    signer: () => signer,
    verify: testVerify,
    now: () => timers.now,
    timers,
    language: () => 'de',
    neverRecordMe: () => settings.neverRecordMe,
    random: (size) => randomBytes(size),
    log: {
      info: (message) => void logged.push(message),
      error: (message, thrown) =>
        void logged.push(`error: ${message} ${thrown instanceof Error ? thrown.message : ''}`),
    },
  };

  const start = (): TestPerson => {
    const states: (RecordingState | null)[] = [];
    const service = new RecordingService({
      requestLetters: noRequestLetters,
      environment,
      runFinalize: extras.runFinalize ?? finalizeTrack,
      runCut: extras.runCut ?? ((job) => cutTrack(job)),
      cutProgress: () => undefined,
      exportPorts: extras.exportPorts ?? { chooseFile: async () => null, reveal: () => undefined },
      exportExtension: 'webm',
      documents: extras.documents ?? noDocuments,
      withdrawalsSeenUntil: { get: () => seenUntil, set: (at) => void (seenUntil = at) },
      recordingChanged: (state) => void states.push(state),
      recordingsChanged: () => void (person.libraryChanges += 1),
      ...(extras.openFile ? { openFile: extras.openFile } : {}),
    });
    const person: TestPerson = {
      name,
      service,
      environment,
      vault,
      states,
      logged,
      settings,
      libraryChanges: 0,
      channel: undefined as unknown as MeetingChannel,
      self: () => {
        const self = person.channel.participants().find(({ id }) => id === person.channel.selfId);
        if (!self) throw new Error(`${name} is in no meeting`);
        return self;
      },
      enter: (meeting) => {
        person.channel = meeting.join(name, signer.publicKey);
        service.handleMeetingStarted(person.channel);
        meeting.settle();
      },
      files: () => readdir(folder),
      restarted: start,
    };
    endings.unshift(() => service.shutDown());
    return person;
  };
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return start();
}
