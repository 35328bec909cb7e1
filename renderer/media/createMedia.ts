import type { RecordingState } from '../../common/consent/models';
import type { Bridge } from '../../common/ipc/bridge';
import type { SessionState } from '../../common/meeting/sessionState';
import { createMediaStore, type ConnectionFacts, type MediaStore, type RemoteMedia } from '../stores/mediaStore';
import { ActiveSpeaker, type SpeakingUpdate } from './audio/activeSpeaker';
import { declinersOf } from './audio/decliners';
import { DeclinerWatch } from './audio/declinerWatch';
import { RemoteAudio } from './audio/remoteAudio';
import { SharedAudio } from './audio/sharedAudio';
import { LocalMedia } from './devices/localMedia';
import { noTracks, type LocalTracks } from './devices/localTracks';
import { follow } from './follow';
import { mediaStage } from './mediaStage';
import { MeetingMedia } from './meetingMedia';
import type { MediaController } from './ports';

export interface Media {
  readonly controller: MediaController;
  readonly store: MediaStore;
  dispose(): void;
}

/** Everything that moves sound and pictures in this window; it follows main by itself. */
export function createMedia(bridge: Bridge, devices: MediaDevices, store: MediaStore = createMediaStore()): Media {
  return new MediaRoot(bridge, devices, store);
}

class MediaRoot implements Media {
  readonly controller: LocalMedia;
  private readonly audio = new SharedAudio();
  private readonly speaker: ActiveSpeaker;
  private readonly declinerWatch: DeclinerWatch;
  private readonly remoteAudio: RemoteAudio;
  private readonly unsubscribe: readonly (() => void)[];
  private meeting: MeetingMedia | null = null;
  private stage = 'none';
  private selfId = '';
  private participantIds: readonly string[] = [];
  private local: LocalTracks = noTracks;
  private remote: ReadonlyMap<string, MediaStreamTrack> = new Map();
  private recording: RecordingState | null = null;

  constructor(
    private readonly bridge: Bridge,
    devices: MediaDevices,
    readonly store: MediaStore,
  ) {
    this.speaker = new ActiveSpeaker(
      this.audio,
      () => this.selfId,
      (update) => this.handleSpeaking(update),
    );
    this.declinerWatch = new DeclinerWatch(this.audio, (pausedFor) => {
      this.meeting?.handleGap(pausedFor.length > 0);
      store.setState({ pausedFor });
    });
    this.remoteAudio = new RemoteAudio(() => this.controller.handleSpeakerLost());
    this.controller = new LocalMedia({
      devices,
      store,
      savePreference: (change) => void bridge['preferences.set'](change),
      onTracks: (tracks) => this.handleLocalTracks(tracks),
      onSpeaker: (id) => this.remoteAudio.selectSpeaker(id),
    });
    this.unsubscribe = [
      follow(
        () => bridge['session.state'](),
        (handle) => bridge.on('session.changed', handle),
        this.handleSession,
      ),
      follow(
        () => bridge['recording.state'](),
        (handle) => bridge.on('recording.changed', handle),
        this.handleRecording,
      ),
      follow(
        () => bridge['preferences.get'](),
        (handle) => bridge.on('preferences.changed', handle),
        (preferences) => this.controller.handlePreferences(preferences),
      ),
      store.subscribe(({ silenced }) => this.remoteAudio.setSilenced(silenced)),
      bridge.on('mesh.carry', (carry) => this.meeting?.handleCarry(carry)),
      bridge.on('mesh.signal', (signal) => this.meeting?.handleSignal(signal)),
      bridge.on('network.changed', () => this.meeting?.handleNetworkChange()),
      bridge.on('session.muteRequested', () => void this.controller.setMicrophone(false)),
    ];
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    this.meeting?.dispose();
    this.meeting = null;
    this.controller.dispose();
    this.remoteAudio.dispose();
    this.speaker.dispose();
    this.declinerWatch.dispose();
  }

  private readonly handleSession = (state: SessionState): void => {
    const stage = mediaStage(state);
    if (stage !== this.stage) {
      this.stage = stage;
      this.meeting?.dispose();
      this.meeting = null;
      this.controller.reset();
      if (state.phase === 'meeting') this.begin(state.meeting);
    }
    this.participantIds = state.phase === 'meeting' ? state.meeting.participants.map(({ id }) => id) : [];
    this.refreshMeters();
    if (state.phase === 'meeting') {
      this.controller.handlePeers(state.meeting.connections.length);
      this.meeting?.handleMeeting(state.meeting);
    }
  };

  private begin(meeting: Extract<SessionState, { phase: 'meeting' }>['meeting']): void {
    this.selfId = meeting.selfId;
    this.store.setState({ facts: {}, relayTrouble: null });
    this.meeting = new MeetingMedia(
      {
        bridge: this.bridge,
        audio: this.audio,
        onRemote: (remote) => this.handleRemote(remote),
        onFacts: (peerId, facts) => this.handleFacts(peerId, facts),
        onQuality: (quality) => this.store.setState({ quality }),
        onRelayNews: (relayTrouble) => this.store.setState({ relayTrouble }),
      },
      meeting,
    );
    this.meeting.handleRecording(this.recording);
  }

  private readonly handleRecording = (recording: RecordingState | null): void => {
    this.recording = recording;
    this.refreshMeters();
    this.meeting?.handleRecording(recording);
  };

  private handleLocalTracks(tracks: LocalTracks): void {
    this.local = tracks;
    this.meeting?.handleLocalTracks(tracks);
    this.refreshMeters();
  }

  private handleRemote(remote: Readonly<Record<string, RemoteMedia>>): void {
    this.store.setState({ remote });
    this.remote = new Map(
      Object.entries(remote).flatMap(([id, { stream }]) => {
        const track = stream?.getAudioTracks()[0];
        return track === undefined ? [] : [[id, track] as const];
      }),
    );
    this.remoteAudio.handleTracks(this.remote);
    this.refreshMeters();
  }

  private handleFacts(peerId: string, facts: ConnectionFacts): void {
    this.store.setState({ facts: { ...this.store.getState().facts, [peerId]: facts } });
    void this.bridge['contacts.media']({ peerId, reached: facts.reached.slice(0, 32) });
  }

  private refreshMeters(): void {
    const { audio } = this.local;
    const own = audio !== null && audio.enabled ? [[this.selfId, audio] as const] : [];
    const heard = new Map([...this.remote, ...own]);
    this.speaker.handleTracks(heard);
    const decliners = declinersOf(this.recording, this.participantIds);
    this.declinerWatch.handleTracks(new Map([...heard].filter(([id]) => decliners.includes(id))));
  }

  private handleSpeaking({ speaking, ownLevel }: SpeakingUpdate): void {
    const before = this.store.getState();
    const same =
      speaking.length === before.speaking.length && speaking.every((id, index) => id === before.speaking[index]);
    const level = Math.round(ownLevel * 50) / 50;
    if (!same) this.store.setState({ speaking });
    if (level !== before.level) this.store.setState({ level });
  }
}
