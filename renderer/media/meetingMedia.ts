import type { RecordingState } from '../../common/consent/models';
import type { Bridge } from '../../common/ipc/bridge';
import type { Events } from '../../common/ipc/events';
import type { MeetingState } from '../../common/meeting/sessionState';
import type { ConnectionFacts, PeerQuality, RelayTrouble, RemoteMedia } from '../stores/mediaStore';
import type { SharedAudio } from './audio/sharedAudio';
import { Mesh, type MeshSignal } from './connection/mesh';
import { createPeerConnectionFactory } from './connection/peerConnection';
import { createPlaceholders, type Placeholders } from './connection/placeholders';
import { noTracks, type LocalTracks } from './devices/localTracks';
import { MediaStateReporter } from './devices/mediaStateReporter';
import { QualityMonitor } from './quality/qualityMonitor';
import { createClipTapFactory } from './recording/clipTap';
import { ClipTaps } from './recording/clipTaps';
import { createTrackTapFactory } from './recording/createTrackTap';
import { createFrameWorker, EncodedFrames, frameAccess } from './recording/frames/encodedFrames';
import { RecordingTaps } from './recording/recordingTaps';

export interface MeetingMediaOptions {
  readonly bridge: Bridge;
  readonly audio: SharedAudio;
  readonly onRelayNews: (trouble: RelayTrouble | null) => void;
  readonly onRemote: (remote: Readonly<Record<string, RemoteMedia>>) => void;
  readonly onFacts: (peerId: string, facts: ConnectionFacts) => void;
  readonly onQuality: (quality: Readonly<Record<string, PeerQuality>>) => void;
}

/** The media of one meeting, from its first moment to its last. */
export class MeetingMedia {
  private readonly placeholders: Placeholders;
  private readonly mesh: Mesh;
  private readonly quality: QualityMonitor;
  private readonly reporter: MediaStateReporter;
  private taps: RecordingTaps | null = null;
  private clips: ClipTaps | null = null;
  private gap = false;
  private readonly frames: EncodedFrames | null;
  private local: LocalTracks = noTracks;
  private recording: RecordingState | null = null;
  private streams: ReadonlyMap<string, MediaStream> = new Map();

  constructor(
    private readonly options: MeetingMediaOptions,
    private meeting: MeetingState,
  ) {
    const { bridge } = options;
    this.placeholders = createPlaceholders(options.audio);
    this.frames = meeting.role === 'host' ? openFrames() : null;
    this.mesh = new Mesh({
      createConnection: createPeerConnectionFactory(this.placeholders, this.frames, options.onRelayNews),
      ice: () => this.meeting.ice,
      // That a signal can't be sent shows in the connection not being made.
      sendSignal: (signal) => void bridge['mesh.signal'](signal),
      reportCarried: (carried) => void bridge['mesh.carried'](carried),
      reportFailure: (failure) => void bridge['mesh.failed'](failure),
      reportCertificates: ({ certificates, ...found }) =>
        void bridge['mesh.secured']({ ...found, certificates: [...certificates] }),
      onRemote: (remote) => this.handleRemote(remote),
      onFacts: options.onFacts,
    });
    this.quality = new QualityMonitor({
      connections: () => this.mesh.live(),
      onQuality: options.onQuality,
      now: () => performance.now(),
    });
    this.reporter = new MediaStateReporter((media) => bridge['session.setMedia'](media));
    this.refreshRole();
  }

  handleMeeting(meeting: MeetingState): void {
    this.meeting = meeting;
    this.refreshRole();
    this.mesh.handleDesired(meeting.connections);
    this.mesh.handleSecured(
      new Map(
        meeting.trust.flatMap(({ participantId, securedGeneration }) =>
          securedGeneration === null ? [] : [[participantId, securedGeneration] as const],
        ),
      ),
    );
    this.refreshTaps();
    this.refreshPictures();
  }

  handleSignal(signal: MeshSignal): void {
    this.mesh.handleSignal(signal);
  }

  handleNetworkChange(): void {
    this.mesh.handleNetworkChange();
  }

  handleCarry(carry: Events['mesh.carry']): void {
    this.mesh.handleCarry(carry);
  }

  handleRecording(recording: RecordingState | null): void {
    this.recording = recording;
    this.refreshTaps();
  }

  handleLocalTracks(tracks: LocalTracks): void {
    this.local = tracks;
    this.mesh.handleTracks(tracks);
    this.reporter.handleMedia({
      microphone: tracks.audio !== null && tracks.audio.enabled,
      camera: tracks.video !== null,
    });
    this.refreshTaps();
    this.refreshPictures();
  }

  /** While it is on, nobody's sound is recorded. */
  handleGap(on: boolean): void {
    this.gap = on;
    this.taps?.handleGap(on);
    this.clips?.handleGap(on);
  }

  dispose(): void {
    // First what still has to be written, while its tracks are alive.
    this.clips?.dispose();
    this.taps?.dispose();
    this.frames?.dispose();
    this.reporter.dispose();
    this.quality.dispose();
    this.mesh.dispose();
    this.placeholders.dispose();
  }

  /**
   * Who hosts may change in the middle of a meeting; its connections stay. Those that were made without `frames` are
   * recorded by MediaRecorder.
   */
  private refreshRole(): void {
    const isHost = this.meeting.role === 'host';
    if (isHost === (this.taps !== null)) return;
    this.clips?.dispose();
    this.taps?.dispose();
    const sink = sinkOf(this.options.bridge);
    this.taps = isHost ? new RecordingTaps(createTrackTapFactory(sink, this.frames)) : null;
    this.clips = isHost ? new ClipTaps(createClipTapFactory(sink)) : null;
    this.handleGap(this.gap);
  }

  private handleRemote(remote: Readonly<Record<string, RemoteMedia>>): void {
    this.streams = new Map(
      Object.entries(remote).flatMap(([id, { stream }]) => (stream === null ? [] : [[id, stream] as const])),
    );
    this.options.onRemote(remote);
    this.quality.handleConnections();
    this.refreshTaps();
  }

  private refreshPictures(): void {
    const { participants, selfId, connections } = this.meeting;
    const others = participants.filter(({ id, media }) => id !== selfId && media.camera);
    this.quality.handleFacts({
      sending: this.local.video !== null,
      camerasOn: new Set(others.map(({ id }) => id)),
      peers: connections.length,
    });
  }

  private refreshTaps(): void {
    const { selfId, participants } = this.meeting;
    const { recording, local, streams } = this;
    const facts = { recording, selfId, participants, local, streams };
    // The clip is to hold what is recorded first.
    this.clips?.handleFacts(facts);
    this.taps?.handleFacts(facts);
  }
}

function openFrames(): EncodedFrames | null {
  const access = frameAccess();
  return access === 'none' ? null : new EncodedFrames(access, createFrameWorker());
}

function sinkOf(bridge: Bridge) {
  return {
    openTrack: bridge['recording.openTrack'],
    appendTrack: bridge['recording.appendTrack'],
    closeTrack: bridge['recording.closeTrack'],
  };
}
