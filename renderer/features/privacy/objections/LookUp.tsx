import { Search } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../../common/meeting/limits';
import { emailSchema, objectorSchema, type Objection } from '../../../../common/privacy/objections';
import { useBridge, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/TextField';
import './objections.css';

export interface LookUpProps {
  /** What came of it, in words; empty: nothing has been looked up. */
  readonly answer: string;
  /** Null: what is typed has not been looked up. */
  readonly onFound: (found: readonly Objection[] | null) => void;
}

/** Asks the lists whether they know somebody. */
export function LookUp({ answer, onFound }: LookUpProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [text, setText] = useState('');

  async function lookUp(event: FormEvent) {
    event.preventDefault();
    const email = emailSchema.safeParse(text);
    const who = objectorSchema.safeParse(email.success ? { email: email.data } : { name: text });
    if (!who.success) {
      onFound(null);
      return;
    }
    const result = await run(bridge['rights.findObjections'](who.data));
    if (result.ok) onFound(result.value);
  }

  return (
    <div className="ledger-section">
      <form className="objections-look-up" onSubmit={(event) => void lookUp(event)} noValidate>
        <TextField
          label={t('rights.check')}
          hideLabel
          icon={Search}
          type="search"
          value={text}
          onChange={(value) => {
            setText(value);
            onFound(null);
          }}
          maxLength={limits.contactLength}
          autoComplete="off"
          hint={t('rights.checkText')}
        />
        <Button type="submit">{t('rights.checkNow')}</Button>
      </form>
      <p role="status" className="objections-answer">
        {answer}
      </p>
    </div>
  );
}
