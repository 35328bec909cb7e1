import { cutTrack, type CutTrackJob } from './finalize/cutTrack';
import { finalizeTrack, type FinalizeJob } from './finalize/finalizeTrack';

const work = (job: FinalizeJob | CutTrackJob) => ('targetPath' in job ? finalizeTrack(job) : cutTrack(job));

// The entry of a utility process: one job, one answer. Main kills it afterwards.
process.parentPort.once('message', ({ data }: { data: FinalizeJob | CutTrackJob }) => {
  void work(data).then((outcome) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    process.parentPort.postMessage(outcome);
  });
});
