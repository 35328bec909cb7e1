import { recordingKinds, type ConsentStatus, type Decisions, type RecordingKind } from './models';

/** How each kind of one person stands after an answer and the withdrawals that followed it. A withdrawal is final. */
export function standing(
  decisions: Decisions,
  withdrawn: readonly RecordingKind[],
): Readonly<Record<RecordingKind, ConsentStatus>> {
  const of = (kind: RecordingKind): ConsentStatus => {
    if (!decisions[kind]) return 'no';
    return withdrawn.includes(kind) ? 'withdrawn' : 'yes';
  };
  return { audio: of('audio'), video: of('video'), chat: of('chat') };
}

/** The kinds that were agreed to and not taken back, in the fixed order audio, video, chat. */
export function standingKinds(decisions: Decisions, withdrawn: readonly RecordingKind[]): readonly RecordingKind[] {
  const status = standing(decisions, withdrawn);
  return recordingKinds.filter((kind) => status[kind] === 'yes');
}
