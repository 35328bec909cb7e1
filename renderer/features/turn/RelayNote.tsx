import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useMedia } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { relayFinding } from './relayFinding';

/** What is wrong with the TURN server, what that means for this person, and what can be done. */
export function RelayNote({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const trouble = useMedia((state) => state.relayTrouble);
  const remote = useMedia((state) => state.remote);
  const [seen, setSeen] = useState<string | null>(null);
  const finding = relayFinding(
    meeting,
    trouble,
    Object.values(remote).every(({ connection }) => connection === 'connected'),
  );
  if (finding === null || finding === seen) return null;
  const { relayOnly, notFound } = meeting.ice;
  const isHost = meeting.role === 'host';
  const nothing = isHost ? 'turn.meansNothingHost' : 'turn.meansNothing';
  const meaning = relayOnly ? nothing : 'turn.meansDirect';
  return (
    <Banner
      tone={relayOnly ? 'danger' : 'warning'}
      role={relayOnly ? 'alert' : 'status'}
      title={t(`turn.finding.${finding}`, { name: notFound.join(', ') })}
      actions={relayOnly ? undefined : <Button onPress={() => setSeen(finding)}>{t('turn.understood')}</Button>}
    >
      <p>{t(meaning)}</p>
      {finding !== 'none' && <p>{t(isHost ? `turn.todo.${finding}` : 'turn.todoGuest')}</p>}
    </Banner>
  );
}
