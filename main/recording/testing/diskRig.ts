import { randomBytes } from 'node:crypto';
import type { MediaKind } from '../../../common/consent/models';
import type { Participant } from '../../../common/meeting/models';
import type { Vault } from '../../vault/repositories';
import type { ConsentGate } from '../consentGate';
import type { RunningRecording } from '../consentSide';
import type { Trouble } from '../diskTrouble';
import type { RecordingEnvironment } from '../environment';
import { Finalizer } from '../finalizer';
import { finalizeTrack } from '../finalize/finalizeTrack';
import type { RunFinalize } from '../finalize/finalizeInProcess';
import { tidyRecordings } from '../recovery';
import { TrackSinks, type TrackSinksOptions } from '../trackSinks';

const newId = () => randomBytes(16).toString('base64url');

export interface DiskRigOptions {
  readonly vault: Vault;
  readonly now: () => number;
  readonly timers: RecordingEnvironment['timers'];
  readonly openFile?: TrackSinksOptions['openFile'];
  readonly run?: RunFinalize;
}

const mimeTypes: Readonly<Record<MediaKind, string>> = {
  ...{ audio: 'audio/webm;codecs=opus', video: 'video/webm;codecs=vp8' },
  ...{ screen: 'video/webm;codecs=vp8', clip: 'video/webm;codecs=vp8,opus' },
};

/** What writes, finishes and recovers recordings, on a real folder, with everybody's consent taken for granted. */
export function diskRig({ vault, now, timers, openFile, run = finalizeTrack }: DiskRigOptions) {
  const told: (Trouble | null)[] = [];
  const logged: string[] = [];
  let running: RunningRecording | null = null;
  const person = { id: newId(), identityKey: newId() } as Participant;
  const environment = {
    vault: () => vault,
    now,
    timers,
    random: (size: number) => randomBytes(size),
    log: {
      info: (message: string) => void logged.push(message),
      error: (message: string) => void logged.push(`error: ${message}`),
    },
  } as unknown as RecordingEnvironment;
  const gate = {
    check: () => {
      if (!running) throw new Error('nothing is being recorded');
      return { running, person };
    },
  } as unknown as ConsentGate;
  const sinks = new TrackSinks({
    environment,
    gate,
    running: () => running,
    trouble: (_recordingId, trouble) => void told.push(trouble),
    flushMs: 10,
    ...(openFile ? { openFile } : {}),
  });
  const finalizer = new Finalizer({ environment, run, changed: () => undefined });
  return {
    told,
    logged,
    sinks,
    vault,
    start: (): string => {
      const recordingId = newId();
      const startedAt = now();
      vault.recordings.create({
        ...{ id: recordingId, meetingId: newId(), title: 'Weekly', purpose: 'Minutes', retentionDays: 14 },
        ...{ phase: 'recording', startedAt, endedAt: null, clipRetentionDays: null },
      });
      running = { request: { recordingId, requestedAt: startedAt } } as RunningRecording;
      return recordingId;
    },
    open: async (recordingId: string, kind: MediaKind, participantId = person.id): Promise<string> => {
      const opened = await sinks.openTrack({ recordingId, participantId, kind, mimeType: mimeTypes[kind] });
      return opened.trackId;
    },
    /** Ends the recording and makes it seekable. */
    stop: async (recordingId: string): Promise<void> => {
      const endedAt = now();
      running = null;
      vault.recordings.update(recordingId, { phase: 'finalizing', endedAt });
      await sinks.closeAll();
      await finalizer.finalize(recordingId, { phase: 'ready', endedAt });
    },
    /** What the app does when the vault has been opened. */
    recover: async (): Promise<void> => {
      const unfinished = await tidyRecordings(environment, () => Promise.resolve());
      for (const { id, ending } of unfinished) await finalizer.finalize(id, ending);
    },
  };
}

export type DiskRig = ReturnType<typeof diskRig>;
