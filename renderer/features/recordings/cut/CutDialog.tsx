import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../../common/errors';
import type { PreparedCut } from '../../../../common/recording/cuts';
import type { Cut, RecordingDetail } from '../../../../common/recording/models';
import { useBridge, useLanguage, useNotify } from '../../../app/AppContext';
import { formatClock, formatDuration, formatPercent } from '../../../i18n/format';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { ProgressBar } from '../../../ui/ProgressBar';
import { clockText } from './clockText';

type Phase =
  | { readonly phase: 'preparing'; readonly fraction: number | null }
  | { readonly phase: 'asking'; readonly cut: PreparedCut }
  | { readonly phase: 'cutting' }
  | { readonly phase: 'failed'; readonly code: ErrorCode };

export interface CutDialogProps {
  readonly detail: RecordingDetail;
  /** Null: closed. */
  readonly range: Cut | null;
  readonly onClose: () => void;
  readonly onCut: () => void;
}

/** Works out what goes, says exactly that, and only then asks. Up to the answer nothing is destroyed. */
export function CutDialog({ detail, range, onClose, onCut }: CutDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { say } = useNotify();
  const language = useLanguage();
  const [state, setState] = useState<Phase>({ phase: 'preparing', fraction: null });
  const { id } = detail;
  const [fromMs, toMs] = [range?.fromMs ?? null, range?.toMs ?? null];

  useEffect(() => {
    if (fromMs === null || toMs === null) return undefined;
    let closed = false;
    setState({ phase: 'preparing', fraction: null });
    const stop = bridge.on('recordings.cutProgress', ({ recordingId, fraction }) => {
      if (recordingId === id) setState((now) => (now.phase === 'preparing' ? { phase: 'preparing', fraction } : now));
    });
    void bridge['recordings.prepareCut']({ recordingId: id, fromMs, toMs }).then((result) => {
      if (closed) return;
      if (!result.ok) setState({ phase: 'failed', code: result.error.code });
      else if (result.value === null) setState({ phase: 'failed', code: 'recording/changed' });
      else setState({ phase: 'asking', cut: result.value });
    });
    return () => {
      closed = true;
      stop();
      // After a cut there is nothing left to give up.
      void bridge['recordings.abandonCut']({ recordingId: id });
    };
  }, [bridge, id, fromMs, toMs]);

  async function cut({ cutId }: PreparedCut) {
    setState({ phase: 'cutting' });
    const result = await bridge['recordings.cut']({ cutId });
    if (!result.ok) {
      setState({ phase: 'failed', code: result.error.code });
      return;
    }
    say(t('recordings.cutDone'));
    onClose();
    onCut();
  }

  return (
    <Dialog
      title={t('recordings.cutAsk', { from: clockText(fromMs ?? 0), to: clockText(toMs ?? 0) })}
      isOpen={range !== null}
      role="alertdialog"
      isDismissable={state.phase !== 'cutting'}
      hideClose
      onClose={() => {
        if (state.phase !== 'cutting') onClose();
      }}
      footer={
        <>
          <Button autoFocus onPress={onClose} isDisabled={state.phase === 'cutting'}>
            {t(state.phase === 'failed' ? 'common.close' : 'common.cancel')}
          </Button>
          {state.phase !== 'failed' && (
            <Button
              look="danger"
              isDisabled={state.phase !== 'asking'}
              onPress={() => {
                if (state.phase === 'asking') void cut(state.cut);
              }}
            >
              {t('recordings.cutConfirm')}
            </Button>
          )}
        </>
      }
    >
      {state.phase === 'failed' && (
        <Banner tone="danger" role="alert" title={t(`errors.${state.code}.what`)}>
          {t(`errors.${state.code}.meaning`)} {t(`errors.${state.code}.todo`)}
        </Banner>
      )}
      {(state.phase === 'preparing' || state.phase === 'cutting') && (
        <ProgressBar
          label={t(state.phase === 'preparing' ? 'recordings.cutPreparing' : 'recordings.cutRunning')}
          fraction={state.phase === 'preparing' ? state.fraction : null}
          format={(fraction) => formatPercent(fraction, language)}
        />
      )}
      {state.phase === 'asking' && <WhatGoes detail={detail} cut={state.cut} />}
      {state.phase !== 'failed' && (
        <>
          <p>{t('recordings.cutFinal')}</p>
          {detail.exports.length > 0 && (
            <Banner tone="warning" role="region" title={t('recordings.cutExports', { count: detail.exports.length })}>
              {t('recordings.cutExportsText')}
            </Banner>
          )}
          <p className="small">{t('recordings.cutKeeps')}</p>
        </>
      )}
    </Dialog>
  );
}

/** What goes with the range, beyond its length. */
function WhatGoes({ detail: { people }, cut: prepared }: { detail: RecordingDetail; cut: PreparedCut }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const length = formatDuration(prepared.toMs - prepared.fromMs, language);
  const late = prepared.latePictures.map(({ participantId, atMs }) => {
    const name = people.find((person) => person.participantId === participantId)?.name ?? '';
    return {
      participantId,
      text:
        atMs === null
          ? t('recordings.cutLateNever', { name })
          : t('recordings.cutLate', { name, at: formatClock(atMs) }),
    };
  });
  return (
    <>
      <p>
        {t('recordings.cutText', { length })}
        {prepared.chatLines > 0 && ` ${t('recordings.cutChat', { count: prepared.chatLines })}`}
      </p>
      {late.length > 0 && (
        <div className="cut-late">
          <p>{t('recordings.cutLateTitle')}</p>
          <ul>
            {late.map(({ participantId, text }) => (
              <li key={`${participantId} ${text}`}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
