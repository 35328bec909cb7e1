import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandRequest } from '../../../common/ipc/commands';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import type { StepProps } from './ExtendDialog';

type Outcome = CommandRequest<'requests.close'>['outcome'];

export interface AnswerDialogProps extends StepProps {
  /** The archive about the person was saved just now. */
  readonly isSaved: boolean;
}

/** Closes a request, with words for the person. */
export function AnswerDialog({ request, isSaved, onDone, onClose }: AnswerDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const { requestId, name, right, told, erasure } = request;
  // Nothing is suggested that has not been done.
  const isDone =
    right === 'erasure' ? erasure !== null : right === 'access' || right === 'portability' ? isSaved : true;
  const draft = isDone ? t(`requests.draft.${right}`) : '';
  const [outcome, setOutcome] = useState<Outcome>('answered');
  const [answer, setAnswer] = useState(draft);
  const [isTried, setIsTried] = useState(false);
  const isMissing = outcome === 'refused' && answer.trim() === '';

  function choose(next: Outcome) {
    setOutcome(next);
    // What was suggested for one outcome is wrong for another; what was written stays.
    if (answer === draft && next !== 'answered') setAnswer('');
    if (answer === '' && next === 'answered') setAnswer(draft);
  }
  async function close() {
    setIsTried(true);
    if (isMissing) return;
    const result = await run(bridge['requests.close']({ requestId, outcome, answer }));
    if (!result.ok) return;
    say(t('requests.answered'), told === null ? t('requests.toldByHand') : t('requests.answeredApp', { name }));
    onDone();
  }
  return (
    <Dialog
      title={t('requests.answerTitle', { name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void close()}>
            {t('requests.answerSend')}
          </Button>
        </>
      }
    >
      <div className="request-detail">
        <Choices
          label={t('requests.outcome')}
          options={[
            {
              id: 'answered',
              title: t('requests.outcomeAnswered'),
              text: t('requests.outcomeAnsweredText'),
            },
            { id: 'refused', title: t('requests.outcomeRefused'), text: t('requests.outcomeRefusedText') },
            { id: 'withdrawn', title: t('requests.outcomeWithdrawn'), text: t('requests.outcomeWithdrawnText') },
          ]}
          value={outcome}
          onChange={choose}
        />
        <TextField
          label={t('requests.answerText')}
          hint={t(told === null ? 'requests.answerHintOwn' : 'requests.answerHint')}
          rows={5}
          maxLength={4_000}
          value={answer}
          error={isTried && isMissing ? t('requests.answerMissing') : null}
          onChange={setAnswer}
        />
        {right === 'erasure' &&
          outcome === 'answered' &&
          (erasure === null ? (
            <Banner tone="warning" title={t('requests.notErased')} />
          ) : (
            <Banner title={t('requests.erasureGoesWith')} />
          ))}
      </div>
    </Dialog>
  );
}
