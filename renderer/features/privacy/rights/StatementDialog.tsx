import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../../common/meeting/limits';
import { chatTextSchema, type ChatMessage } from '../../../../common/meeting/models';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import { useBridge, useLanguage, useNotify, useRun } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { focusFirstInvalid } from '../../../ui/focusFirstInvalid';
import { Select } from '../../../ui/Select';
import { TextField } from '../../../ui/TextField';

const aboutPerson = 'person';
const shownLength = 60;

/** Adds what a person wants to have said beside what is kept of them (Art. 16, second sentence, GDPR). */
export function StatementDialog({ person, onClose }: { person: HeldPerson; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const lines = useLinesOf(person);
  const [about, setAbout] = useState(aboutPerson);
  const [text, setText] = useState('');
  const [checked, setChecked] = useState(false);
  const parsed = chatTextSchema.safeParse(text);

  async function add(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!parsed.success) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const chatId = about === aboutPerson ? null : about;
    const result = await run(
      bridge['rights.addStatement']({ identityKey: person.identityKey, chatId, text: parsed.data }),
    );
    if (!result.ok) return;
    onClose();
    say(t('rights.statementSaved'));
  }

  return (
    <Dialog
      title={t('rights.statementTitle', { name: person.name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="add-statement" look="primary">
            {t('rights.statementSave')}
          </Button>
        </>
      }
    >
      <p>{t('rights.statementText')}</p>
      <form id="add-statement" className="form" onSubmit={(event) => void add(event)} noValidate>
        {lines.length > 0 && (
          <Select
            label={t('rights.statementAbout')}
            options={[
              { id: aboutPerson, label: t('rights.statementPerson') },
              ...lines.map((line) => ({
                id: line.id,
                label: t('rights.statementLine', {
                  text: line.text.length > shownLength ? `${line.text.slice(0, shownLength)} …` : line.text,
                  date: formatDate(line.sentAt, language),
                }),
              })),
            ]}
            value={about}
            onChange={setAbout}
          />
        )}
        <TextField
          label={t('rights.statementWords')}
          value={text}
          onChange={setText}
          rows={4}
          maxLength={limits.chatLength}
          autoComplete="off"
          error={checked && !parsed.success ? t('rights.statementMissing') : null}
        />
      </form>
    </Dialog>
  );
}

/** What this person wrote, as far as it may be shown; the newest first. */
function useLinesOf({ identityKey, items }: HeldPerson): readonly ChatMessage[] {
  const bridge = useBridge();
  const [lines, setLines] = useState<readonly ChatMessage[]>([]);
  useEffect(() => {
    let stopped = false;
    const meetings = items.flatMap(({ kind, id }) => (kind === 'chat' && id !== null ? [id] : []));
    void Promise.all(meetings.map((meetingId) => bridge['chat.history']({ meetingId }))).then((results) => {
      if (stopped) return;
      const all = results.flatMap((result) => (result.ok ? result.value : []));
      const own = all.filter(({ senderKey, restricted }) => senderKey === identityKey && restricted !== true);
      setLines(own.sort((a, b) => b.sentAt - a.sentAt));
    });
    return () => {
      stopped = true;
    };
  }, [bridge, identityKey, items]);
  return lines;
}
