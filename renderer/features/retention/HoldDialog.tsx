import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { holdReasonLength, holdReasonSchema, type Hold } from '../../../common/hold';
import type { HoldTarget } from '../../../common/retention';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';

/** Something that can be put on hold, and how it stands. */
export interface HoldSubject extends HoldTarget {
  readonly title: string;
  readonly deleteAfter: number;
  readonly hold: Hold | null;
}

export interface HoldDialogProps {
  /** Null: closed. */
  readonly subject: HoldSubject | null;
  readonly onClose: () => void;
}

/** Puts something on hold, or lifts the hold that is on it; says what that does and what it does not. */
export function HoldDialog({ subject, onClose }: HoldDialogProps) {
  if (subject === null) return null;
  return subject.hold === null ? (
    <SetHold subject={subject} onClose={onClose} />
  ) : (
    <LiftHold subject={subject} hold={subject.hold} onClose={onClose} />
  );
}

interface PartProps {
  readonly subject: HoldSubject;
  readonly onClose: () => void;
}

function SetHold({ subject: { kind, id, title, deleteAfter }, onClose }: PartProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const error = holdReasonSchema.safeParse(reason).success ? null : t('retention.reasonMissing');

  async function set(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (error !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['retention.hold']({ kind, id, reason }));
    if (!result.ok) return;
    onClose();
    say(t('retention.holdSet'));
  }

  return (
    <Dialog
      title={t('retention.holdOf', { title })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="set-hold" look="primary">
            {t('retention.hold')}
          </Button>
        </>
      }
    >
      <p>{t('retention.holdText', { title })}</p>
      {kind === 'recording' && <p>{t('retention.holdWithdrawal')}</p>}
      <form id="set-hold" className="form" onSubmit={(event) => void set(event)} noValidate>
        <TextField
          label={t('retention.reason')}
          value={reason}
          onChange={setReason}
          maxLength={holdReasonLength}
          autoFocus
          autoComplete="off"
          placeholder={t('retention.reasonExample')}
          hint={t('retention.reasonHint')}
          error={checked ? error : null}
        />
      </form>
      <p className="small">{t('retention.holdPromise', { date: formatDate(deleteAfter, language) })}</p>
    </Dialog>
  );
}

function LiftHold({ subject, hold, onClose }: PartProps & { readonly hold: Hold }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();
  const { kind, id, title, deleteAfter } = subject;
  const over = deleteAfter <= useClock(60_000);

  async function lift() {
    const result = await run(bridge['retention.lift']({ kind, id }));
    if (result.ok) say(t('retention.holdLifted'));
  }

  return (
    <ConfirmDialog
      title={t('retention.liftTitle', { title })}
      isOpen
      confirm={t('retention.lift')}
      danger={over}
      onConfirm={() => void lift()}
      onClose={onClose}
    >
      <p>{t('retention.liftReason', { date: formatDate(hold.since, language), reason: hold.reason })}</p>
      <p>{t('retention.liftBlocks')}</p>
      <p>{t(over ? 'retention.liftOver' : 'retention.liftUntil', { date: formatDate(deleteAfter, language) })}</p>
    </ConfirmDialog>
  );
}
