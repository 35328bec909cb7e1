import { FileCheck2, FolderOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import type { RecordingDetail } from '../../../common/recording/models';
import { useBridge, useLanguage, useRun, useServices } from '../../app/AppContext';
import { formatBytes, formatPercent } from '../../i18n/format';
import type { ExportedFile, ExportHandle } from '../../media/ports';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ProgressBar } from '../../ui/ProgressBar';

type Phase =
  | { readonly phase: 'asking' }
  | { readonly phase: 'choosing' }
  | { readonly phase: 'running'; readonly fraction: number }
  | { readonly phase: 'done'; readonly file: ExportedFile }
  | { readonly phase: 'failed'; readonly code: ErrorCode };

/** Makes one film of it, outside the vault: what that means is said first. */
export function ExportDialog({
  detail,
  isOpen,
  onClose,
}: {
  detail: RecordingDetail;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { startExport } = useServices();
  const [state, setState] = useState<Phase>({ phase: 'asking' });
  const handle = useRef<ExportHandle | null>(null);
  const busy = state.phase === 'choosing' || state.phase === 'running';

  useEffect(() => {
    if (isOpen) setState({ phase: 'asking' });
  }, [isOpen]);

  // Who leaves the screen does not want the file any more.
  useEffect(() => () => handle.current?.cancel(), []);

  async function start() {
    setState({ phase: 'choosing' });
    const started = await startExport(detail, {
      language,
      onProgress: (fraction) =>
        setState((now) => (now.phase === 'choosing' || now.phase === 'running' ? { phase: 'running', fraction } : now)),
    });
    if (started === null) {
      setState({ phase: 'asking' });
      return;
    }
    handle.current = started;
    setState((now) => (now.phase === 'running' ? now : { phase: 'running', fraction: 0 }));
    const result = await started.done;
    handle.current = null;
    if (result === null) setState({ phase: 'asking' });
    else setState(result.ok ? { phase: 'done', file: result.value } : { phase: 'failed', code: result.error.code });
  }

  function footer() {
    switch (state.phase) {
      case 'asking':
      case 'failed':
        return (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button look="primary" onPress={() => void start()}>
              {t('recordings.exportStart')}
            </Button>
          </>
        );
      case 'choosing':
      case 'running':
        return <Button onPress={() => handle.current?.cancel()}>{t('recordings.exportCancel')}</Button>;
      case 'done':
        return (
          <>
            <Button
              icon={FolderOpen}
              onPress={() => void run(bridge['export.reveal']({ exportId: state.file.exportId }))}
            >
              {t('recordings.reveal')}
            </Button>
            <Button look="primary" onPress={onClose}>
              {t('common.done')}
            </Button>
          </>
        );
    }
  }

  return (
    <Dialog
      title={t('recordings.exportTitle')}
      isOpen={isOpen}
      isDismissable={!busy}
      hideClose={busy}
      onClose={() => {
        if (!busy) onClose();
      }}
      footer={footer()}
    >
      {state.phase === 'failed' && (
        <Banner tone="danger" role="alert" title={t(`errors.${state.code}.what`)}>
          {t(`errors.${state.code}.todo`)}
        </Banner>
      )}
      {(state.phase === 'asking' || state.phase === 'failed') && (
        <>
          <p>{t('recordings.exportText')}</p>
          <Banner tone="warning" role="region" title={t('recordings.exportWarning')}>
            {t('recordings.exportWarningText')}
          </Banner>
        </>
      )}
      {busy && (
        <>
          <ProgressBar
            label={state.phase === 'choosing' ? t('recordings.exportChoosing') : t('recordings.exportRunning')}
            fraction={state.phase === 'running' ? state.fraction : null}
            format={(fraction) => formatPercent(fraction, language)}
          />
          <p className="small">{t('recordings.exportStay')}</p>
        </>
      )}
      {state.phase === 'done' && (
        <div className="exported" role="status">
          <FileCheck2 size={32} strokeWidth={1.5} aria-hidden />
          <p>
            <strong>{state.file.fileName}</strong>
            <span className="small times">{formatBytes(state.file.bytes, language)}</span>
          </p>
        </div>
      )}
      {state.phase === 'done' && <p className="small">{t('recordings.exportDoneText')}</p>}
    </Dialog>
  );
}
