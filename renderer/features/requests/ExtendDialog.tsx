import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerDue, localDay, noonOf } from '../../../common/privacy/deadline';
import type { LoggedRequest } from '../../../common/privacy/requestLog';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';

export interface StepProps {
  readonly request: LoggedRequest;
  /** It is done: what was asked is another now. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Two more months, with a reason that the person learns (Art. 12 (3) GDPR). */
export function ExtendDialog({ request, onDone, onClose }: StepProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { requestId, receivedAt, told } = request;
  const until = formatDate(noonOf(answerDue(localDay(receivedAt), 3)), language);

  async function extend() {
    if (reason.trim() === '') return setIsMissing(true);
    const result = await run(bridge['requests.extend']({ requestId, reason }));
    if (!result.ok) return;
    say(t('requests.extended', { date: until }));
    onDone();
  }
  return (
    <Dialog
      title={t('requests.extendTitle')}
      isOpen
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void extend()}>
            {t('requests.extendConfirm')}
          </Button>
        </>
      }
    >
      <div className="request-detail">
        <p>
          {t('requests.extendText')} {t(told === null ? 'requests.toldByHand' : 'requests.extendTextApp')}
        </p>
        <p className="times">{t('requests.due', { date: until })}</p>
        <TextField
          label={t('requests.extendReason')}
          hint={t('requests.answerHint')}
          rows={3}
          maxLength={1_000}
          isRequired
          autoFocus
          value={reason}
          error={isMissing && reason.trim() === '' ? t('requests.extendMissing') : null}
          onChange={setReason}
        />
      </div>
    </Dialog>
  );
}
