import { Check, Minus, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { termsOf, type ConsentStatus, type RecordingKind, type RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { kindLooks } from './kindLooks';
import { consentOf } from './recordedKinds';
import { useKindList } from './useRecordingMark';

const statusWords = {
  pending: 'consent.statusPending',
  yes: 'consent.statusYes',
  no: 'consent.statusNo',
  stopped: 'consent.statusStopped',
  withdrawn: 'consent.statusWithdrawn',
} as const satisfies Record<ConsentStatus, string>;

/** What is recorded of oneself, each with the way back beside it: one click, no question asked (R6). */
export function MyRecording({ recording, meeting }: { recording: RecordingState; meeting: MeetingState }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const listKinds = useKindList();
  const [busy, setBusy] = useState(false);
  const kindList = useRef<HTMLUListElement>(null);
  const own = consentOf(recording, meeting.selfId);
  const { kinds } = termsOf(recording.request);
  const standing = kinds.filter((kind) => own?.[kind] === 'yes');

  async function withdraw(taken: readonly RecordingKind[]) {
    if (busy) return;
    setBusy(true);
    const result = await run(
      bridge['consent.withdraw']({
        recordingId: recording.request.recordingId,
        kinds: [...taken],
        scope: 'everything',
      }),
    );
    setBusy(false);
    // The button that was pressed goes away; with the focus nowhere, Escape and the keys would reach nobody.
    kindList.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
    if (result.ok) say(t('consent.withdrawn'), t('consent.withdrawnText', { kinds: listKinds(taken) }));
  }

  return (
    <>
      <ul ref={kindList} className="mine-kinds">
        {kinds.map((kind) => {
          const { icon: Icon, name } = kindLooks[kind];
          const status = own?.[kind] ?? 'pending';
          return (
            <li key={kind} className={status === 'yes' ? 'mine-kind mine-yes' : 'mine-kind'}>
              <Icon size={20} strokeWidth={1.8} aria-hidden />
              <span className="mine-name">{t(name)}</span>
              <span className="mine-status">{t(statusWords[status])}</span>
              {status === 'yes' && (
                <Button
                  isDisabled={busy}
                  aria-label={t('consent.withdrawKind', { kind: t(name) })}
                  onPress={() => void withdraw([kind])}
                >
                  {t('consent.withdraw')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {standing.length > 0 ? (
        <>
          {standing.length > 1 && (
            <Button icon={Undo2} wide isDisabled={busy} onPress={() => void withdraw(standing)}>
              {t('consent.withdrawAll')}
            </Button>
          )}
          <p className="small">{t('consent.withdrawEffect')}</p>
        </>
      ) : (
        <p className="small">{t('consent.mineNothing')}</p>
      )}
      <table className="who">
        <caption>{t('consent.everybody')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('consent.person')}</span>
            </th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t(kindLooks[kind].name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {meeting.participants.map(({ id, name }) => {
            const consent = consentOf(recording, id);
            return (
              <tr key={id}>
                <th scope="row">{id === meeting.selfId ? t('common.you') : name}</th>
                {kinds.map((kind) => {
                  const status = consent?.[kind] ?? 'pending';
                  return (
                    <td key={kind} className={status === 'yes' ? 'who-yes' : ''}>
                      {status === 'yes' ? (
                        <Check size={16} strokeWidth={2.6} aria-hidden />
                      ) : (
                        <Minus size={16} aria-hidden />
                      )}
                      <span className="visually-hidden">{t(statusWords[status])}</span>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="small">
        {t('consent.mineFacts', {
          name: recording.request.controllerName,
          purpose: recording.request.purpose,
          count: recording.request.retentionDays,
        })}
      </p>
    </>
  );
}
