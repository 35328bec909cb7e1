import type { Hold } from '../../common/hold';
import { kindsThat } from '../../common/consent/standing';
import { deleteAfter, dueParts, isOnlyClips, keptUntil } from '../../common/recording/retention';
import { DomainError } from '../../common/errors';
import { mergeCuts } from '../../common/recording/cuts';
import type {
  ConsentClip,
  RecordedChatLine,
  RecordedPerson,
  RecordedTrack,
  RecordingDetail,
  RecordingSummary,
  StoppedKind,
} from '../../common/recording/models';
import type { DeletionReason } from '../../common/retention';
import type { StoredReceipt, StoredRecording, StoredTrack } from '../vault/repositories';
import { readChatLines } from './chatLines';
import { standingOf } from './consentProof';
import type { RecordingEnvironment } from './environment';
import { join } from 'node:path';
import { keptParts } from '../vault/keptParts';
import { removeFile } from './trackFiles';

/** The recordings on this machine. */
export class RecordingLibrary {
  readonly #environment: RecordingEnvironment;
  readonly #changed: () => void;

  constructor(environment: RecordingEnvironment, changed: () => void) {
    this.#environment = environment;
    this.#changed = changed;
  }

  /** Newest first. */
  list(): readonly RecordingSummary[] {
    return this.#environment
      .vault()
      .recordings.list()
      .map((recording) => this.#summary(recording));
  }

  /** Throws `recording/not-found`. Chat that cannot be read is left out, and so is what may only be stored. */
  async get(recordingId: string): Promise<RecordingDetail> {
    const recording = this.#stored(recordingId);
    const restricted = this.#environment.vault().restrictions.keys();
    const tracks = this.#standingTracks(recordingId).filter(({ identityKey }) => !restricted.has(identityKey));
    const chat = await this.#chat(tracks.filter((track) => track.kind === 'chat'));
    const { recordings } = this.#environment.vault();
    return {
      ...this.#summary(recording),
      tracks: tracks.flatMap((track) => toRecordedTrack(track, recording)),
      clips: tracks.filter(({ kind }) => kind === 'clip').map(toClip),
      clipsUntil: deleteAfter(recording.startedAt, recording.clipRetentionDays ?? recording.retentionDays),
      cuts: mergeCuts(recordings.cutsOf(recordingId)),
      exports: recordings.exportsOf(recordingId),
      chat,
    };
  }

  /** Takes a recovered recording into the library; one that is there already stays. Throws `recording/not-found`. */
  keep(recordingId: string): void {
    if (this.#stored(recordingId).phase !== 'recovered') return;
    this.#environment.vault().recordings.update(recordingId, { phase: 'ready' });
    this.#changed();
  }

  /**
   * Deletes a recording for good: when the keys are gone it cannot be read any more, then the rows and the files go.
   * Receipts stay, as proof. Throws `recording/not-found`, `recording/in-progress` while it is written or finalized,
   * `retention/held` while it is on hold, and `privacy/restricted` while somebody's part may only be stored. `why` is noted
   * in the deletion log.
   */
  async delete(recordingId: string, why: DeletionReason = 'by-hand'): Promise<void> {
    const { phase } = this.#stored(recordingId);
    if (phase === 'recording' || phase === 'finalizing') throw new DomainError('recording/in-progress');
    const { recordings, recordingsFolder } = this.#environment.vault();
    const files = recordings.tracks(recordingId).map((track) => join(recordingsFolder, track.fileName));
    recordings.delete(recordingId, why);
    for (const file of files) await removeFile(this.#environment, file);
    this.#changed();
    this.#environment.log.info('recording deleted');
  }

  /**
   * Destroys what of a recording is due: all of it, or what is no consent clip, or the clips. What of it may only be stored
   * stays until that is lifted. Throws like `delete`; changes nothing of a recording of which nothing is due.
   */
  async eraseExpired(recordingId: string): Promise<void> {
    const { now, vault, log } = this.#environment;
    const recording = this.#stored(recordingId);
    const { recordings, recordingsFolder, restrictions } = vault();
    const due = dueParts(recording, keptParts(recordings, recordingId), now());
    if (due === 'nothing') return;
    const restricted = restrictions.inside({ kind: 'recording', id: recordingId });
    if (due === 'everything' && !restricted) {
      await this.delete(recordingId, 'retention');
      return;
    }
    if (recording.phase === 'recording' || recording.phase === 'finalizing') {
      throw new DomainError('recording/in-progress');
    }
    const keys = restrictions.keys();
    const over = this.#standingTracks(recordingId).filter(
      ({ identityKey, kind }) =>
        !keys.has(identityKey) && (due === 'everything' || (kind === 'clip') === (due === 'clips')),
    );
    // Asked every hour, and each time the backups would be renewed.
    if (restricted && over.length === 0) return;
    for (const what of due === 'everything' ? (['clips', 'rest'] as const) : [due]) {
      recordings.expireTracks(recordingId, what);
    }
    for (const track of recordings.tracks(recordingId)) {
      if (track.phase === 'erased') await removeFile(this.#environment, join(recordingsFolder, track.fileName));
    }
    this.#changed();
    log.info(due === 'clips' ? 'consent clips deleted' : 'recording deleted but for its consent clips');
  }

  async #chat(tracks: readonly StoredTrack[]): Promise<readonly RecordedChatLine[]> {
    const { recordings, recordingsFolder } = this.#environment.vault();
    const lines: RecordedChatLine[] = [];
    for (const track of tracks) {
      const key = recordings.trackKey(track.id);
      if (!key) continue;
      try {
        const read = await readChatLines(join(recordingsFolder, track.fileName), key);
        lines.push(...read.map((line) => ({ participantId: track.participantId, ...line })));
      } catch (error) {
        this.#environment.log.error('recorded chat could not be read', error);
      }
    }
    return lines.sort((a, b) => a.offsetMs - b.offsetMs);
  }

  #summary(recording: StoredRecording): RecordingSummary {
    const { id, meetingId, title, purpose, phase, startedAt, endedAt, retentionDays } = recording;
    const kept = keptParts(this.#environment.vault().recordings, id);
    return {
      id,
      meetingId,
      title,
      purpose,
      phase,
      startedAt,
      // Being recovered: how long it is is not known yet.
      durationMs: Math.max(0, (endedAt ?? (phase === 'recording' ? this.#environment.now() : startedAt)) - startedAt),
      retentionDays,
      deleteAfter: keptUntil(recording, kept),
      onlyClips: isOnlyClips(kept),
      hold: this.#hold(id),
      bytes: this.#standingTracks(id).reduce((sum, track) => sum + track.bytes, 0),
      people: this.#people(recording),
    };
  }

  #hold(id: string): Hold | null {
    const hold = this.#environment.vault().holds.of({ kind: 'recording', id });
    return hold === null ? null : { reason: hold.reason, since: hold.since };
  }

  #people({ id, startedAt }: StoredRecording): readonly RecordedPerson[] {
    const { receipts, restrictions, rectifications } = this.#environment.vault();
    const restricted = restrictions.keys();
    return receipts.ofRecording(id).map((receipt) => {
      const correctedName = rectifications.correctionOf(receipt.identityKey)?.name;
      return {
        participantId: receipt.participantId,
        identityKey: receipt.identityKey,
        name: receipt.name,
        kinds: kindsThat(standingOf(receipt), 'yes', 'stopped'),
        withdrawn: kindsThat(standingOf(receipt), 'withdrawn'),
        stopped: stoppedKinds(receipt, startedAt),
        ...(restricted.has(receipt.identityKey) ? { restricted: true as const } : {}),
        ...(correctedName === undefined || correctedName === receipt.name ? {} : { correctedName }),
      };
    });
  }

  #standingTracks(recordingId: string): readonly StoredTrack[] {
    return this.#environment
      .vault()
      .recordings.tracks(recordingId)
      .filter((track) => track.phase !== 'erased');
  }

  #stored(recordingId: string): StoredRecording {
    const recording = this.#environment.vault().recordings.get(recordingId);
    if (!recording) throw new DomainError('recording/not-found');
    return recording;
  }
}

/** The first time counts: later ones change nothing. It is the person's word, by their own clock. */
function stoppedKinds(receipt: StoredReceipt, startedAt: number): readonly StoppedKind[] {
  return kindsThat(standingOf(receipt), 'stopped').map((kind) => {
    const times = receipt.withdrawals
      .filter(({ withdrawal }) => withdrawal.kinds.includes(kind))
      .map(({ withdrawal }) => withdrawal.withdrawnAt - startedAt);
    return { kind, atMs: Math.max(0, Math.min(...times)) };
  });
}

function toRecordedTrack(track: StoredTrack, recording: StoredRecording): readonly RecordedTrack[] {
  if (track.kind !== 'audio' && track.kind !== 'video') return [];
  // What could not be finalized has no known length: at most until the recording's end.
  const rest = Math.max(0, (recording.endedAt ?? recording.startedAt) - recording.startedAt - track.offsetMs);
  return [
    {
      id: track.id,
      participantId: track.participantId,
      kind: track.kind,
      mimeType: track.mimeType,
      offsetMs: track.offsetMs,
      durationMs: track.durationMs ?? rest,
      bytes: track.bytes,
      url: `app://konklave/media/${track.id}`,
    },
  ];
}

function toClip({ id, participantId, mimeType, durationMs, bytes }: StoredTrack): ConsentClip {
  return { id, participantId, mimeType, durationMs: durationMs ?? 0, bytes, url: `app://konklave/media/${id}` };
}
