import type { ErrorCode, Result } from '../../../common/errors';
import type { Bridge } from '../../../common/ipc/bridge';
import type { Language } from '../../../common/meeting/models';
import type { RecordingDetail } from '../../../common/recording/models';
import type { ExportedFile, ExportHandle } from '../ports';
import { planExport, type ExportPlan } from './exportPlan';
import type { FromWorker, ToWorker } from './workerMessages';

export interface ExportOptions {
  readonly language: Language;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** Asks where to save and begins; null when the person changed their mind. Never rejects. */
export async function startExport(
  bridge: Bridge,
  detail: RecordingDetail,
  { language, onProgress }: ExportOptions,
): Promise<ExportHandle | null> {
  const begun = await bridge['export.begin']({ recordingId: detail.id, language });
  if (!begun.ok) return { done: Promise.resolve(begun), cancel: () => undefined };
  if (begun.value === null) return null;
  return new RunningExport(bridge, begun.value.exportId, planExport(detail, language), onProgress);
}

class RunningExport implements ExportHandle {
  readonly done: Promise<Result<ExportedFile>>;
  private resolve: (result: Result<ExportedFile>) => void = () => undefined;
  private readonly worker: Worker;
  private over = false;

  constructor(
    private readonly bridge: Bridge,
    private readonly exportId: string,
    plan: ExportPlan,
    private readonly onProgress: (fraction: number) => void,
  ) {
    this.done = new Promise((resolve) => (this.resolve = resolve));
    this.worker = new Worker(new URL('./exportRecording.worker.ts', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => void this.handleMessage(data));
    this.worker.addEventListener('error', () => void this.fail('internal/unexpected'));
    this.tell({ type: 'start', plan });
  }

  cancel(): void {
    void this.fail('export/unknown');
  }

  private tell(message: ToWorker): void {
    this.worker.postMessage(message, []);
  }

  private async handleMessage(message: FromWorker): Promise<void> {
    if (this.over) return;
    switch (message.type) {
      case 'write': {
        const { position, bytes } = message;
        const result = await this.bridge['export.write']({ exportId: this.exportId, position, bytes });
        if (this.over) return;
        if (result.ok) this.tell({ type: 'written' });
        else await this.fail(result.error.code);
        return;
      }
      case 'progress':
        this.onProgress(message.fraction);
        return;
      case 'finished':
        await this.finish();
        return;
      case 'failed':
        await this.fail(message.code);
    }
  }

  private async finish(): Promise<void> {
    this.over = true;
    this.worker.terminate();
    const { exportId } = this;
    const result = await this.bridge['export.finish']({ exportId });
    this.resolve(result.ok ? { ok: true, value: { exportId, ...result.value } } : result);
  }

  private async fail(code: ErrorCode): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.worker.terminate();
    // That nothing is left on the disk is part of having failed.
    await this.bridge['export.cancel']({ exportId: this.exportId });
    this.resolve({ ok: false, error: { code } });
  }
}
