import { FileUp } from 'lucide-react';
import { useEffect, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { maxLetterSize, type AnyLetterOutcome } from '../../../common/consent/letters';
import type { ErrorCode, Result } from '../../../common/errors';
import { useBridge, useLanguage } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { classNames } from '../../ui/classNames';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { RequestLetterResult } from '../requests/RequestLetterResult';
import { LetterResult } from './LetterResult';

type Phase =
  | { readonly phase: 'asking'; readonly failure: ErrorCode | null }
  | { readonly phase: 'done'; readonly outcomes: readonly AnyLetterOutcome[] };

export interface ReadLetterDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Something was carried out, or kept. */
  readonly onRead?: () => void;
}

/** A file or the text of an e-mail in; in plain words out what happened, or why nothing did. */
export function ReadLetterDialog({ isOpen, onClose, onRead }: ReadLetterDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const [state, setState] = useState<Phase>({ phase: 'asking', failure: null });
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    setState({ phase: 'asking', failure: null });
    setText('');
    setOver(false);
  }, [isOpen]);

  async function read(command: Promise<Result<readonly AnyLetterOutcome[] | null>>) {
    if (busy) return;
    setBusy(true);
    const result = await command;
    setBusy(false);
    if (!result.ok) setState({ phase: 'asking', failure: result.error.code });
    else if (result.value !== null) {
      setState({ phase: 'done', outcomes: result.value });
      onRead?.();
    }
  }

  async function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    const dropped = event.dataTransfer.getData('text/plain');
    if (file === undefined) {
      if (dropped !== '') await read(bridge['letters.readText']({ text: dropped }));
    } else if (file.size > maxLetterSize) setState({ phase: 'asking', failure: 'letter/too-large' });
    else await read(bridge['letters.readText']({ text: await file.text() }));
  }

  const done = state.phase === 'done';
  return (
    <Dialog
      title={t('letters.read')}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        done ? (
          <Button look="primary" onPress={onClose}>
            {t('common.done')}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              isDisabled={text.trim() === ''}
              isPending={busy}
              onPress={() => void read(bridge['letters.readText']({ text }))}
            >
              {t('letters.readIn')}
            </Button>
          </>
        )
      }
    >
      {state.phase === 'done' ? (
        state.outcomes.map((outcome) =>
          'requestId' in outcome ? (
            <RequestLetterResult key={`${outcome.requestId} ${outcome.type}`} outcome={outcome} />
          ) : (
            <LetterResult key={`${outcome.recordingId} ${outcome.participantId} ${outcome.type}`} outcome={outcome} />
          ),
        )
      ) : (
        <>
          {state.failure !== null && (
            <Banner tone="danger" role="alert" title={t(`errors.${state.failure}.what`)}>
              {t(`errors.${state.failure}.meaning`)} {t(`errors.${state.failure}.todo`)}
            </Banner>
          )}
          <p>{t('letters.readText')}</p>
          <div
            className={classNames('letter-drop', over && 'letter-drop-over')}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => void drop(event)}
          >
            <Button icon={FileUp} isDisabled={busy} onPress={() => void read(bridge['letters.readFile']({ language }))}>
              {t('letters.chooseFile')}
            </Button>
            <span className="small">{t('letters.dropHint')}</span>
          </div>
          <TextField
            label={t('letters.paste')}
            hint={t('letters.pasteHint')}
            rows={6}
            mono
            value={text}
            onChange={setText}
          />
        </>
      )}
    </Dialog>
  );
}
