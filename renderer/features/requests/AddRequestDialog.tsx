import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerDue, daySchema, localDay, noonOf } from '../../../common/privacy/deadline';
import type { HeldPerson } from '../../../common/privacy/heldData';
import { requestRights, type RequestRight } from '../../../common/privacy/personRequests';
import { identityChecks, type IdentityCheck } from '../../../common/privacy/requestLog';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { useKeptData } from '../privacy/useKeptData';

const ways = ['email', 'word'] as const;
const checks = identityChecks.filter((one) => one !== 'key');
const somebodyElse = 'other';

/** Enters what came by e-mail or by word of mouth. */
export function AddRequestDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  return (
    <Dialog
      title={t('requests.addTitle')}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={formId}>
            {t('requests.addSave')}
          </Button>
        </>
      }
    >
      {isOpen && <Form id={formId} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ id: formId, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const today = localDay(useClock(60_000));
  const people = (useKeptData(askPeople) ?? []).filter(({ isSelf }) => !isSelf);
  const [who, setWho] = useState(somebodyElse);
  const [typed, setTyped] = useState('');
  const [right, setRight] = useState<RequestRight>('access');
  const [way, setWay] = useState<(typeof ways)[number]>('email');
  const [check, setCheck] = useState<Exclude<IdentityCheck, 'key'>>('not-yet');
  const [receivedOn, setReceivedOn] = useState(today);
  const [text, setText] = useState('');
  const [isTried, setIsTried] = useState(false);
  const known = people.find(({ identityKey }) => identityKey === who) ?? null;
  const name = known?.name ?? typed;
  const isDayWrong = !daySchema.safeParse(receivedOn.trim()).success || receivedOn.trim() > today;

  async function add() {
    setIsTried(true);
    if (name.trim() === '' || isDayWrong) return;
    const day = receivedOn.trim();
    const result = await run(
      bridge['requests.add']({
        ...{ identityKey: known?.identityKey ?? null, name, right, text, way, check },
        ...{ receivedOn: day, notes: '' },
      }),
    );
    if (!result.ok) return;
    say(t('requests.added', { date: formatDate(noonOf(answerDue(day, 1)), language) }));
    onClose();
  }
  return (
    <form
      id={formId}
      className="request-detail"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Select
        label={t('requests.who')}
        options={[
          { id: somebodyElse, label: t('requests.whoOther') },
          ...people.map((one) => ({ id: one.identityKey, label: one.name })),
        ]}
        value={who}
        onChange={setWho}
      />
      {known === null && (
        <TextField
          label={t('requests.name')}
          maxLength={60}
          isRequired
          value={typed}
          error={isTried && name.trim() === '' ? t('requests.nameMissing') : null}
          onChange={setTyped}
        />
      )}
      <Select
        label={t('requests.what')}
        options={requestRights.map((id) => ({ id, label: t(`requests.right.${id}`) }))}
        value={right}
        onChange={setRight}
      />
      <Select
        label={t('requests.how')}
        options={ways.map((id) => ({ id, label: t(`requests.way.${id}`) }))}
        value={way}
        onChange={setWay}
      />
      <TextField
        label={t('requests.receivedOn')}
        hint={t('requests.receivedHint')}
        isRequired
        maxLength={10}
        value={receivedOn}
        error={isTried && isDayWrong ? t('requests.receivedWrong', { example: today }) : null}
        onChange={setReceivedOn}
      />
      <Select
        label={t('requests.checkField')}
        options={checks.map((id) => ({ id, label: t(`requests.check.${id}`) }))}
        value={check}
        onChange={setCheck}
      />
      <TextField label={t('requests.words')} rows={3} maxLength={1_500} value={text} onChange={setText} />
    </form>
  );
}

const askPeople: Parameters<typeof useKeptData<readonly HeldPerson[]>>[0] = (bridge) => bridge['privacy.people']();
