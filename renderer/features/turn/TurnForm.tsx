import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { hasTurnServer, turnSecretSchema, type IceSettings } from '../../../common/meeting/iceServers';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { readServerLines } from './serverLines';
import { ServerTrials } from './ServerTrials';

const faultTexts = { malformed: 'turn.malformed', tls: 'turn.tls', 'too-many': 'turn.tooMany' } as const;

/** The team's own STUN and TURN servers, for meetings that are hosted here; none unless somebody enters some. */
export function TurnForm() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [stored, setStored] = useState<IceSettings>({ servers: [], hasSecret: false });
  const [text, setText] = useState('');
  /** Null: as it is stored. */
  const [secret, setSecret] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);

  useEffect(() => {
    void bridge['ice.settings']().then((result) => {
      if (!result.ok) return;
      setStored(result.value);
      setText(result.value.servers.join('\n'));
    });
  }, [bridge]);

  const read = readServerLines(text);
  const servers = 'fault' in read ? null : read;
  const serversError = 'fault' in read ? t(faultTexts[read.fault], { line: read.line }) : null;
  const known = secret === null ? stored.hasSecret : secret !== '';
  const isMissing = servers !== null && hasTurnServer(servers) && !known;
  const isOdd = secret !== null && !turnSecretSchema.safeParse(secret).success;
  const secretError = isMissing ? t('turn.secretMissing') : isOdd ? t('turn.secretOdd') : null;
  const isChanged = secret !== null || servers === null || servers.join() !== stored.servers.join();

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (servers === null || secretError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['ice.save']({ servers: [...servers], secret }));
    if (!result.ok) return;
    setStored({ servers, hasSecret: known && hasTurnServer(servers) });
    setText(servers.join('\n'));
    setSecret(null);
    setChecked(false);
    say(t('common.saved'));
  }

  return (
    <form className="settings-fields" onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label={t('turn.servers')}
        value={text}
        onChange={setText}
        rows={3}
        maxLength={1_500}
        autoComplete="off"
        spellCheck="false"
        mono
        placeholder={t('turn.serversExample')}
        hint={t('turn.serversHint')}
        error={checked ? serversError : null}
      />
      <TextField
        label={t('turn.secret')}
        value={secret ?? ''}
        onChange={setSecret}
        maxLength={200}
        autoComplete="off"
        mono
        reveal={{ show: t('turn.showSecret'), hide: t('turn.hideSecret') }}
        placeholder={stored.hasSecret && secret === null ? t('turn.secretStored') : ''}
        hint={t('turn.secretHint')}
        error={checked ? secretError : null}
      />
      <div className="turn-actions">
        <Button type="submit" look="primary" isDisabled={!isChanged}>
          {t('common.save')}
        </Button>
      </div>
      <ServerTrials servers={secretError === null ? servers : null} secret={secret} />
    </form>
  );
}
