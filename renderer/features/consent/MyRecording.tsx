import { Headphones } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  termsOf,
  type ConsentStatus,
  type RecordingKind,
  type RecordingState,
  type WithdrawalScope,
} from '../../../common/consent/models';
import { purposeOf } from '../../../common/consent/purposeTemplates';
import type { Result } from '../../../common/errors';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { agreeingTo } from './laterAnswer';
import { MyKinds } from './MyKinds';
import { NoticeText } from './NoticeText';
import { consentOf, unrecordedVoices } from './recordedKinds';
import { useKindList } from './useRecordingMark';
import { WhoTable } from './WhoTable';

export interface MyRecordingProps {
  readonly recording: RecordingState;
  readonly meeting: MeetingState;
  /** Back to the question, as long as it is open. */
  readonly onAnswer: () => void;
}

/** What is recorded of oneself, each with the ways back beside it: one click, no question asked (R6). */
export function MyRecording({ recording, meeting, onAnswer }: MyRecordingProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const listKinds = useKindList();
  const [busy, setBusy] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const { request } = recording;
  const { recordingId } = request;
  const { kinds, clipRetentionDays } = termsOf(request);
  const own = consentOf(recording, meeting.selfId);
  const withStatus = (...statuses: readonly ConsentStatus[]) =>
    kinds.filter((kind) => statuses.includes(own?.[kind] ?? 'pending'));
  const stoppable = withStatus('yes').filter((kind) => kind !== 'clip');
  const erasable = withStatus('yes', 'stopped');

  async function carryOut(command: () => Promise<Result<void>>, title: string, text: string) {
    if (busy) return;
    setBusy(true);
    const result = await run(command());
    setBusy(false);
    // The button that was pressed goes away; with the focus nowhere, Escape and the keys would reach nobody.
    panel.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
    if (result.ok) say(title, text);
  }

  function withdraw(taken: readonly RecordingKind[], scope: WithdrawalScope) {
    const everything = scope === 'everything';
    void carryOut(
      () => bridge['consent.withdraw']({ recordingId, kinds: [...taken], scope }),
      t(everything ? 'consent.withdrawn' : 'consent.stoppedOwn'),
      t(everything ? 'consent.withdrawnText' : 'consent.stoppedOwnText', { kinds: listKinds(taken) }),
    );
  }

  function agree(kind: RecordingKind) {
    const decisions = agreeingTo(recording, meeting.selfId, [kind]);
    void carryOut(
      () => bridge['consent.answer']({ recordingId, decisions, language }),
      t('consent.agreed'),
      t('consent.agreedText', { kinds: listKinds([kind]) }),
    );
  }

  return (
    <div ref={panel} className="mine-body">
      {recording.objected.includes(meeting.selfId) && (
        <p>
          <strong>{t('rights.selfTitle')}</strong> {t('rights.selfText', { name: request.controllerName })}
        </p>
      )}
      <MyKinds recording={recording} selfId={meeting.selfId} isDisabled={busy} onWithdraw={withdraw} onAgree={agree} />
      {recording.asked && <Button onPress={onAnswer}>{t('consent.answerNow')}</Button>}
      {erasable.length === 0 && !recording.asked && <p className="small">{t('consent.mineNothing')}</p>}
      {erasable.length > 0 && (
        <div className="mine-all">
          {stoppable.length > 0 && (
            <div>
              <Button wide isDisabled={busy} onPress={() => withdraw(stoppable, 'future')}>
                {t('consent.stopAll')}
              </Button>
              <p className="small">{t('consent.stopEffect')}</p>
            </div>
          )}
          <div>
            <Button wide isDisabled={busy} onPress={() => withdraw(erasable, 'everything')}>
              {t('consent.eraseAll')}
            </Button>
            <p className="small">{t('consent.eraseEffect')}</p>
          </div>
        </div>
      )}
      <WhoTable recording={recording} meeting={meeting} />
      <Voices recording={recording} meeting={meeting} />
      <p className="small">
        {t('consent.mineFacts', { name: request.controllerName, count: request.retentionDays })}
        {clipRetentionDays !== null && ` ${t('consent.mineClip', { count: clipRetentionDays })}`} {t('consent.why')}{' '}
        {purposeOf(request, language)}
      </p>
      <NoticeText recordingId={recordingId} />
    </div>
  );
}

/** Whose voice may be in the recording though it is not recorded, as long as that is so. */
function Voices({ recording, meeting }: { recording: RecordingState; meeting: MeetingState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const voices = unrecordedVoices(recording, meeting.participants);
  if (voices.length === 0) return null;
  const others = voices.filter(({ id }) => id !== meeting.selfId).map(({ name }) => name);
  const { pauseForDecliners } = termsOf(recording.request);
  const words = pauseForDecliners
    ? [t('consent.pauses')]
    : [
        ...(others.length === voices.length ? [] : [t('consent.voiceYours')]),
        ...(others.length === 0 ? [] : [t('consent.loudspeaker', { names: formatList(others, language) })]),
        t('consent.loudspeakerText'),
      ];
  return (
    <p className="mine-voices">
      <Headphones size={18} strokeWidth={1.8} aria-hidden />
      <span>{words.join(' ')}</span>
    </p>
  );
}
