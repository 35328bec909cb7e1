import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { ClipTracks } from './clipTracks';
import type { ConsentService } from './consentService';
import type { CutService } from './cutService';
import type { ExportService } from './exportService';
import type { LetterService } from './letters/letterService';
import type { RecordingLibrary } from './library';

type RecordingCommandName = Extract<
  CommandName,
  `${'recording' | 'recordings' | 'consent' | 'consents' | 'letters' | 'export'}.${string}`
>;

/** What the IPC map asks of main/recording. */
type Handlers = {
  readonly [Name in RecordingCommandName]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

export interface CommandTargets {
  readonly consents: ConsentService;
  readonly sinks: ClipTracks;
  readonly library: RecordingLibrary;
  readonly exports: ExportService;
  readonly cuts: CutService;
  readonly letters: LetterService;
  /** Resolves when what a crash left has been put in order; nothing is recorded before. */
  readonly tidied: () => Promise<void>;
}

/** Maps each command to who does it; they throw DomainErrors. Requests were parsed before they get here. */
export function recordingCommands({ consents, sinks, library, exports, cuts, letters, tidied }: CommandTargets) {
  return {
    'recording.state': () => consents.state(),
    'recording.start': async (request) => {
      await tidied();
      consents.start(request);
    },
    'recording.stop': () => consents.stop(),
    'recording.objecting': () => consents.objecting(),
    'recording.openTrack': (request) => sinks.openTrack(request),
    'recording.appendTrack': ({ trackId, bytes }) => sinks.appendTrack(trackId, bytes),
    'recording.closeTrack': ({ trackId }) => sinks.closeTrack(trackId),
    'consent.noticeText': ({ recordingId, language }) => consents.noticeText(recordingId, language),
    'consent.answer': (request) => consents.answer(request),
    'consent.withdraw': (request) => consents.withdraw(request),
    'consents.list': () => consents.list(),
    'letters.saveWithdrawal': ({ recordingId, language }) => letters.saveWithdrawal(recordingId, language),
    'letters.copyWithdrawal': ({ recordingId, language }) => letters.copyWithdrawal(recordingId, language),
    'letters.saveProof': ({ language, ...wish }) => letters.saveProof(wish, language),
    'letters.copyProof': ({ language, ...wish }) => letters.copyProof(wish, language),
    'letters.readFile': ({ language }) => letters.readFile(language),
    'letters.readText': ({ text }) => letters.readText(text),
    'letters.news': () => letters.news(),
    'letters.newsSeen': () => letters.markSeen(),
    'recordings.list': () => library.list(),
    'recordings.get': ({ recordingId }) => library.get(recordingId),
    'recordings.keep': ({ recordingId }) => library.keep(recordingId),
    'recordings.delete': async ({ recordingId }) => {
      await cuts.abandon(recordingId);
      await exports.cancelAll(recordingId);
      await library.delete(recordingId);
    },
    'recordings.prepareCut': (request) => cuts.prepare(request),
    'recordings.cut': ({ cutId }) => cuts.cut(cutId),
    'recordings.abandonCut': ({ recordingId }) => cuts.abandon(recordingId),
    'export.begin': ({ recordingId, language }) => exports.begin(recordingId, language),
    'export.write': ({ exportId, position, bytes }) => exports.write(exportId, position, bytes),
    'export.finish': ({ exportId }) => exports.finish(exportId),
    'export.cancel': ({ exportId }) => exports.cancel(exportId),
    'export.reveal': ({ exportId }) => exports.reveal(exportId),
  } satisfies Handlers;
}

/** One handler for each command of the IPC map that main/recording answers. */
export type RecordingCommands = ReturnType<typeof recordingCommands>;
