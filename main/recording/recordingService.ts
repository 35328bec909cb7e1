import type { RequestLetterPort } from '../../common/consent/letters';
import type { RecordingKind, RecordingState } from '../../common/consent/models';
import type { WithdrawalPort } from '../../common/consent/withdrawalPort';
import type { MeetingChannel, MeetingFeature } from '../../common/meeting/meetingChannel';
import { ClipTracks } from './clipTracks';
import { createConsentGate } from './consentGate';
import type { DocumentPorts } from '../documents/documents';
import type { RecordedMedia } from './consentSide';
import { ConsentService } from './consentService';
import { CutService } from './cutService';
import type { RecordingEnvironment } from './environment';
import { ExportService, type ExportPorts } from './exportService';
import type { RunCut } from './finalize/cutInProcess';
import type { RunFinalize } from './finalize/finalizeInProcess';
import { Finalizer, type Ending } from './finalizer';
import { LetterService } from './letters/letterService';
import { RecordingLibrary } from './library';
import { mediaResponse } from './mediaResponse';
import { createPendingExports } from './pendingExports';
import { recordingCommands, type RecordingCommands } from './recordingCommands';
import { tidyRecordings } from './recovery';
import { createWithdrawalPort } from './withdrawalPort';
import { TrackSinks, type TrackSinksOptions } from './trackSinks';

export interface RecordingServiceOptions {
  readonly environment: RecordingEnvironment;
  readonly runFinalize: RunFinalize;
  readonly runCut: RunCut;
  readonly exportPorts: ExportPorts;
  readonly exportExtension: string;
  readonly documents: DocumentPorts;
  /** Where letters about somebody's data go, which are no matter of recordings. */
  readonly requestLetters: () => RequestLetterPort;
  /** Until when the host has seen what others took back, in milliseconds since 1970. */
  readonly withdrawalsSeenUntil: { get(): number; set(at: number): void };
  /** For `recording.changed`: each new state whole. */
  readonly recordingChanged: (state: RecordingState | null) => void;
  /** For `recordings.changed`: the library is to be read again. */
  readonly recordingsChanged: () => void;
  /** For `recordings.cutProgress`. */
  readonly cutProgress: (recordingId: string, fraction: number) => void;
  /** How long chunks that were recorded before the end are taken after it, in milliseconds. */
  readonly flushMs?: number;
  readonly openFile?: NonNullable<TrackSinksOptions['openFile']>;
}

/** Consent, recording, library, playback and export of this installation, behind one object. */
export class RecordingService implements MeetingFeature {
  readonly commands: RecordingCommands;
  readonly library: RecordingLibrary;
  /** For main/sessions: withdrawals that come before anybody was admitted. */
  readonly withdrawals: WithdrawalPort;
  readonly #options: RecordingServiceOptions;
  readonly #consents: ConsentService;
  readonly #sinks: TrackSinks;
  readonly #finalizer: Finalizer;
  readonly #exports: ExportService;
  readonly #cuts: CutService;
  /** Being written or finalized by this process: not the remains of a crash. */
  readonly #live = new Set<string>();
  #tidied: Promise<void> = Promise.resolve();
  #shuttingDown = false;

  constructor(options: RecordingServiceOptions) {
    const { environment, recordingsChanged: changed } = options;
    this.#options = options;
    this.#consents = new ConsentService(environment, this.#recordedMedia(), options.recordingChanged);
    const running = () => this.#consents.running();
    this.#sinks = new TrackSinks({
      environment,
      running,
      gate: createConsentGate({ environment, running, role: () => this.#consents.role() }),
      trouble: (recordingId, trouble) => this.#consents.handleTrouble(recordingId, trouble),
      flushMs: options.flushMs ?? 5_000,
      ...(options.openFile ? { openFile: options.openFile } : {}),
    });
    this.#finalizer = new Finalizer({ environment, run: options.runFinalize, changed });
    this.library = new RecordingLibrary(environment, changed);
    this.#exports = new ExportService({
      environment,
      ports: options.exportPorts,
      pending: createPendingExports(environment),
      extension: options.exportExtension,
    });
    this.#cuts = new CutService({
      ...{ environment, changed, run: options.runCut, progress: options.cutProgress },
      cancelExports: (recordingId) => this.#exports.cancelAll(recordingId),
    });
    this.withdrawals = createWithdrawalPort(environment, this.#consents.desk);
    this.commands = recordingCommands({
      consents: this.#consents,
      sinks: new ClipTracks({
        environment,
        sinks: this.#sinks,
        changed: (...clip) => this.#consents.handleClip(...clip),
      }),
      library: this.library,
      exports: this.#exports,
      cuts: this.#cuts,
      letters: new LetterService({
        environment,
        desk: this.#consents.desk,
        documents: options.documents,
        requests: options.requestLetters,
        seenUntil: options.withdrawalsSeenUntil,
      }),
      tidied: () => this.#tidied,
    });
  }

  handleMeetingStarted(channel: MeetingChannel): void {
    this.#consents.handleMeetingStarted(channel);
  }

  handleMeetingEnded(): void {
    this.#consents.handleMeetingEnded();
  }

  /** The lists of objections have changed: who does not want to be recorded is not from now on. */
  handleObjections(): void {
    this.#consents.handleObjections();
  }

  /** Somebody's data may only be stored from now on: what was about to leave or to be cut may be theirs. */
  async handleRestrictions(): Promise<void> {
    await Promise.all([this.#exports.cancelAll(null), this.#cuts.abandon(null)]);
  }

  /** Keeps a chat line of the meeting, one's own included, if a recording runs and its sender agreed to that. */
  handleChat(participantId: string, name: string, text: string): void {
    this.#sinks.appendChat(participantId, name, text).catch((error: unknown) => {
      this.#options.environment.log.error('a chat line could not be kept', error);
    });
  }

  /**
   * Puts in order what a crash left, then finalizes what was not. Nothing can be recorded before the first of the
   * two is done; the promise resolves after both. Never rejects.
   */
  async handleVaultOpened(): Promise<void> {
    // Its files are about to be deleted as nobody's.
    await this.#cuts.abandon(null);
    if (this.#live.size > 0 || this.#consents.running()) return;
    const { environment } = this.#options;
    const tidied = tidyRecordings(environment, (...which) => this.#sinks.erase(...which)).catch((error: unknown) => {
      environment.log.error('recordings could not be put in order', error);
      return [];
    });
    this.#tidied = tidied.then(() => undefined);
    const unfinished = await tidied;
    this.#options.recordingsChanged();
    await this.#exports.cleanUp();
    await Promise.all(unfinished.map(({ id, ending }) => this.#finalize(id, ending)));
  }

  /** The decrypted bytes of a track for the window's player; see `mediaResponse`. */
  mediaResponse(trackId: string, rangeHeader: string | null): Promise<Response> {
    return mediaResponse(this.#options.environment, trackId, rangeHeader);
  }

  /** What is being recorded, as the window is told; null: nothing. */
  state(): RecordingState | null {
    return this.#consents.state();
  }

  /** Whether a copy is being exported, which takes long and nobody need watch. */
  isExporting(): boolean {
    return this.#exports.isExporting();
  }

  /** Whether a recording is being made or finished, and so needs the open vault. */
  isWorking(): boolean {
    return this.#live.size > 0 || this.#consents.running() !== null;
  }

  /** The window is gone, starts anew or is locked: what it was exporting or about to cut will never be finished. */
  async handleWindowGone(): Promise<void> {
    await Promise.all([this.#exports.cancelAll(null), this.#cuts.abandon(null)]);
  }

  /** Brings everything to the disk before the program quits; what is not finalized yet is so at the next start. */
  async shutDown(): Promise<void> {
    this.#shuttingDown = true;
    this.#consents.handleMeetingEnded();
    await Promise.all([this.#sinks.closeAll(), this.#exports.cancelAll(null), this.#cuts.abandon(null)]);
  }

  async #finalize(recordingId: string, ending: Ending | null): Promise<void> {
    // At the next start there is time for it.
    if (this.#shuttingDown) return;
    this.#live.add(recordingId);
    await this.#finalizer.finalize(recordingId, ending);
    this.#live.delete(recordingId);
  }

  /** What consent decides reaches the files here. */
  #recordedMedia(): RecordedMedia {
    const inBackground = (work: Promise<unknown>) => {
      work.catch((error: unknown) => this.#options.environment.log.error('a recording could not be closed', error));
    };
    return {
      close: (recordingId, participantId, kinds) => inBackground(this.#sinks.close(recordingId, participantId, kinds)),
      erase: (recordingId: string, participantId: string, kinds: readonly RecordingKind[]) => {
        inBackground(this.#sinks.erase(recordingId, participantId, kinds));
        inBackground(this.#exports.cancelAll(recordingId));
        inBackground(this.#cuts.abandon(recordingId));
        this.#options.recordingsChanged();
      },
      endParticipant: (recordingId, participantId) => inBackground(this.#sinks.end(recordingId, participantId)),
      endRecording: (recordingId, endedAt) => {
        this.#live.add(recordingId);
        const ended = this.#sinks.end(recordingId, null);
        inBackground(ended.then(() => this.#finalize(recordingId, { phase: 'ready', endedAt })));
        this.#options.recordingsChanged();
      },
    };
  }
}
