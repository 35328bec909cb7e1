import { finalizeTrack, type FinalizeJob } from './finalize/finalizeTrack';

// The entry of a utility process: one job, one answer. Main kills it afterwards.
process.parentPort.once('message', ({ data }: { data: FinalizeJob }) => {
  void finalizeTrack(data).then((outcome) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    process.parentPort.postMessage(outcome);
  });
});
