import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { lockCodeLength } from '../../../common/lock';
import { useBridge, useNotify } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { useWaitSeconds } from './useWaitSeconds';

export interface LockCodeDialogProps {
  /** Whether there is a code already: it is asked for first. */
  readonly isSet: boolean;
  readonly removes: boolean;
  readonly onClose: () => void;
}

/** Sets, changes or removes the code that opens the locked app where the keychain keeps the key. */
export function LockCodeDialog({ isSet, removes, onClose }: LockCodeDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { say } = useNotify();
  const wait = useWaitSeconds();
  const [current, setCurrent] = useState('');
  const [code, setCode] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const codeError = !removes && [...code].length < lockCodeLength.min ? t('errors.lock/code-weak.todo') : null;
  const repeatedError = !removes && code !== repeated ? t('lock.codeDiffers') : null;
  const reveal = { show: t('lock.showCode'), hide: t('lock.hideCode') };
  const said = failure === null ? null : `${t(`errors.${failure}.what`)} ${t(`errors.${failure}.todo`)}`;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (codeError !== null || repeatedError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy || wait > 0) return;
    setBusy(true);
    const result = await bridge['lock.setCode']({ current: isSet ? current : null, code: removes ? null : code });
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.code);
      return;
    }
    onClose();
    say(removes ? t('lock.codeRemoved') : t('lock.codeSaved'));
  }

  return (
    <Dialog
      title={removes ? t('lock.codeRemoveTitle') : isSet ? t('lock.codeChangeTitle') : t('lock.codeSetTitle')}
      isOpen
      onClose={onClose}
      isDismissable={false}
      size="s"
    >
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <p>{removes ? t('lock.codeRemoveText') : t('lock.codeText')}</p>
        {isSet && (
          <TextField
            label={t('lock.currentCode')}
            value={current}
            onChange={(value) => {
              setCurrent(value);
              setFailure(null);
            }}
            autoFocus
            autoComplete="current-password"
            reveal={reveal}
            error={wait > 0 ? t('lock.wait', { count: wait }) : said}
          />
        )}
        {!removes && (
          <>
            <TextField
              label={t('lock.codeNew')}
              value={code}
              onChange={setCode}
              autoFocus={!isSet}
              autoComplete="new-password"
              maxLength={lockCodeLength.max}
              reveal={reveal}
              hint={t('lock.codeHint', { count: lockCodeLength.min })}
              error={checked ? codeError : null}
            />
            <TextField
              label={t('lock.codeAgain')}
              value={repeated}
              onChange={setRepeated}
              autoComplete="new-password"
              maxLength={lockCodeLength.max}
              reveal={reveal}
              error={checked ? repeatedError : isSet ? null : said}
            />
          </>
        )}
        <div className="lock-buttons lock-buttons-end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look={removes ? 'danger' : 'primary'} isPending={busy} isDisabled={wait > 0}>
            {removes ? t('lock.codeRemoveNow') : t('lock.codeSave')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
