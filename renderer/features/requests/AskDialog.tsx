import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../common/ipc/bridge';
import { requestRights, type RequestRight } from '../../../common/privacy/personRequests';
import type { RequestableHost } from '../../../common/privacy/requestLog';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { useKeptData } from '../privacy/useKeptData';
import './requests.css';

export interface AskDialogProps {
  /** Of whom something is asked; null: the person chooses. */
  readonly host: RequestableHost | null;
  /** The name of who stands first in the choice. */
  readonly first?: string | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** One's own rights with somebody who hosted: choose one, say it in one's own words, sign. */
export function AskDialog({ host, first = null, isOpen, onClose }: AskDialogProps) {
  const { t } = useTranslation();
  const formId = useId();
  const hosts = useKeptData(askHosts);
  const nobody = host === null && (hosts === null || hosts.length === 0);
  return (
    <Dialog
      title={host === null ? t('requests.askTitle') : t('requests.askTitleOf', { name: host.name })}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={formId} isDisabled={nobody}>
            {t('requests.askSend')}
          </Button>
        </>
      }
    >
      {isOpen && <Form given={host} first={first} id={formId} hosts={hosts} onClose={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  readonly given: RequestableHost | null;
  readonly first: string | null;
  readonly hosts: readonly RequestableHost[] | null;
  readonly id: string;
  readonly onClose: () => void;
}

function Form({ given, first, hosts, id: formId, onClose }: FormProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [chosen, setChosen] = useState<string | null>(null);
  const [right, setRight] = useState<RequestRight>('access');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const host =
    given ??
    hosts?.find(({ hostKey }) => hostKey === chosen) ??
    hosts?.find(({ name }) => name === first) ??
    hosts?.[0] ??
    null;

  async function send() {
    if (host === null || busy) return;
    setBusy(true);
    const result = await run(bridge['requests.make']({ hostKey: host.hostKey, right, text }));
    setBusy(false);
    if (!result.ok) return;
    say(t('requests.asked'), t('requests.askedText', { name: host.name }));
    onClose();
  }
  if (host === null) return hosts === null ? null : <p>{t('requests.askNobody')}</p>;
  return (
    <form
      id={formId}
      className="request-detail"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {given === null && hosts !== null && (
        <Select
          label={t('requests.askWhom')}
          options={hosts.map(({ hostKey, name }) => ({ id: hostKey, label: name }))}
          value={host.hostKey}
          onChange={setChosen}
        />
      )}
      <Choices
        label={t('requests.askWhat')}
        dense
        options={requestRights.map((id) => ({
          id,
          title: t(`requests.right.${id}`),
          text: t(`requests.rightText.${id}`),
        }))}
        value={right}
        onChange={setRight}
      />
      <TextField
        label={t('requests.askWords')}
        hint={t('requests.askWordsHint')}
        rows={3}
        maxLength={1_500}
        value={text}
        onChange={setText}
      />
      <p className="small">{t('requests.askHow', { name: host.name })}</p>
    </form>
  );
}

const askHosts = (bridge: Bridge) => bridge['requests.hosts']();
