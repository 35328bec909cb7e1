import { finalizeTrack, type FinalizeJob } from './finalize/finalizeTrack';

// The entry of a utility process: one job, one answer. Main kills it afterwards.
process.parentPort.once('message', ({ data }: { data: FinalizeJob }) => {
  void finalizeTrack(data).then((outcome) => process.parentPort.postMessage(outcome));
});
