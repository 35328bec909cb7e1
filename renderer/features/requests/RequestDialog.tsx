import { CalendarPlus, MailCheck, Trash2, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../common/privacy/heldData';
import { identityChecks, type IdentityCheck, type LoggedRequest } from '../../../common/privacy/requestLog';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { LetterButtons } from '../letters/LetterButtons';
import { useRequestLetter } from '../letters/useLetterActions';
import { AccessButton } from '../privacy/AccessButton';
import { EraseDialog } from '../privacy/EraseDialog';
import { PersonDialog } from '../privacy/PersonDialog';
import { useKeptData } from '../privacy/useKeptData';
import { AnswerDialog } from './AnswerDialog';
import { ExtendDialog } from './ExtendDialog';
import { RequestFacts } from './RequestFacts';

type Step = 'person' | 'erase' | 'extend' | 'answer';
const checksByHand = identityChecks.filter((one) => one !== 'key');

/** One request: what is known of it, and everything that answering takes. */
export function RequestDialog({ request, onClose }: { request: LoggedRequest | null; onClose: () => void }) {
  const { t } = useTranslation();
  const people = useKeptData(askPeople);
  const [step, setStep] = useState<Step | null>(null);
  const [isSaved, setSaved] = useState(false);
  const person = people?.find(({ identityKey }) => identityKey === request?.identityKey) ?? null;
  const isOpen = request?.state === 'open';
  const back = () => setStep(null);
  const answerWithArchive = () => {
    setSaved(true);
    setStep('answer');
  };

  return (
    <Dialog
      title={request === null ? '' : `${t(`requests.right.${request.right}`)}: ${request.name}`}
      isOpen={request !== null}
      onClose={onClose}
      footer={
        isOpen ? (
          <>
            {request.extendable && (
              <Button icon={CalendarPlus} onPress={() => setStep('extend')}>
                {t('requests.extend')}
              </Button>
            )}
            <Button look="primary" icon={MailCheck} onPress={() => setStep('answer')}>
              {t('requests.answer')}
            </Button>
          </>
        ) : undefined
      }
    >
      {request !== null && (
        <div className="request-detail">
          <RequestFacts request={request} />
          {request.told === false && <Undelivered request={request} />}
          {isOpen && person !== null && (
            <Actions request={request} person={person} onStep={setStep} onAccessSaved={answerWithArchive} />
          )}
          <Notes key={request.requestId} request={request} />
          <PersonDialog person={step === 'person' ? person : null} onClose={back} />
          <EraseDialog
            key={`${request.requestId} ${step === 'erase'}`}
            person={step === 'erase' ? person : null}
            onErased={() => setStep('answer')}
            onClose={back}
          />
          {step === 'extend' && <ExtendDialog request={request} onDone={onClose} onClose={back} />}
          {step === 'answer' && <AnswerDialog request={request} isSaved={isSaved} onDone={onClose} onClose={back} />}
        </div>
      )}
    </Dialog>
  );
}

const askPeople: Parameters<typeof useKeptData<readonly HeldPerson[]>>[0] = (bridge) => bridge['privacy.people']();

/** What was said last, to be sent by hand. */
function Undelivered({ request: { requestId, name } }: { request: LoggedRequest }) {
  return <LetterButtons actions={useRequestLetter(requestId, name)} />;
}

/** What the right that is asked for needs, at hand; everything else is at the person. */
function Actions({
  request: { right },
  person,
  onStep,
  onAccessSaved,
}: {
  request: LoggedRequest;
  person: HeldPerson;
  onStep: (step: Step) => void;
  onAccessSaved: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="request-actions">
      {(right === 'access' || right === 'portability') && <AccessButton person={person} onSaved={onAccessSaved} />}
      {right === 'erasure' && !person.isSelf && (
        <Button icon={Trash2} onPress={() => onStep('erase')}>
          {t('requests.eraseNow')}
        </Button>
      )}
      <Button look="quiet" icon={UserRound} onPress={() => onStep('person')}>
        {t('requests.openPerson')}
      </Button>
    </div>
  );
}

function Notes({ request: { requestId, notes, check, state } }: { request: LoggedRequest }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [text, setText] = useState(notes);
  const [checked, setChecked] = useState<IdentityCheck>(check);
  const isChanged = text.trim() !== notes || checked !== check;

  async function save() {
    const byHand = checked === 'key' ? {} : { check: checked };
    const result = await run(bridge['requests.note']({ requestId, notes: text, ...byHand }));
    if (result.ok) say(t('common.saved'));
  }
  return (
    <form
      className="request-notes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {check !== 'key' && state === 'open' && (
        <Select
          label={t('requests.checkField')}
          options={checksByHand.map((id) => ({ id, label: t(`requests.check.${id}`) }))}
          value={checked === 'key' ? 'not-yet' : checked}
          onChange={setChecked}
        />
      )}
      <TextField
        label={t('requests.notes')}
        hint={t('requests.notesHint')}
        rows={2}
        maxLength={1_500}
        value={text}
        onChange={setText}
      />
      {isChanged && <Button type="submit">{t('requests.save')}</Button>}
    </form>
  );
}
