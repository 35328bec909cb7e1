import type { ErrorCode } from '../../../common/errors';
import { composeRecording } from './composeRecording';
import { loadExportFont } from './exportFont';
import type { ExportPlan } from './exportPlan';
import type { FromWorker, ToWorker } from './workerMessages';

/** What a dedicated worker has; TypeScript's DOM knows windows only. */
interface WorkerScope {
  readonly fonts: FontFaceSet;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** Entry file of the worker that composes one export and is ended by the one who started it. */
function serve(scope: WorkerScope): void {
  let written: () => void = () => undefined;
  const send = (message: FromWorker, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

  const compose = async (plan: ExportPlan): Promise<void> => {
    try {
      await composeRecording({
        plan,
        font: await loadExportFont(scope.fonts),
        write: ({ data, position }) =>
          new Promise((resolve) => {
            written = resolve;
            const bytes = data.slice();
            send({ type: 'write', position, bytes }, [bytes.buffer]);
          }),
        onProgress: (fraction) => send({ type: 'progress', fraction }),
      });
      send({ type: 'finished' });
    } catch (thrown) {
      send({ type: 'failed', code: failureOf(thrown) });
    }
  };

  scope.addEventListener('message', ({ data }) => {
    if (data.type === 'written') written();
    else void compose(data.plan);
  });
}

/** Reading fails when a track was erased meanwhile or is damaged; the rest should not happen. */
function failureOf(thrown: unknown): ErrorCode {
  const name = thrown instanceof Error ? thrown.name : '';
  return name === 'EncodingError' || name === 'NotSupportedError' ? 'internal/unexpected' : 'recording/damaged';
}

serve(self as unknown as WorkerScope);
