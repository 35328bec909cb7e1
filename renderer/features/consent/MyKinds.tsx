import { useTranslation } from 'react-i18next';
import {
  termsOf,
  type ConsentStatus,
  type RecordingKind,
  type RecordingState,
  type WithdrawalScope,
} from '../../../common/consent/models';
import { Button } from '../../ui/Button';
import { kindLooks } from './kindLooks';
import { consentOf, waitingKinds } from './recordedKinds';
import { statusWords } from './statusWords';

export interface MyKindsProps {
  readonly recording: RecordingState;
  readonly selfId: string;
  readonly isDisabled: boolean;
  readonly onWithdraw: (kinds: readonly RecordingKind[], scope: WithdrawalScope) => void;
  readonly onAgree: (kind: RecordingKind) => void;
}

/** How each kind that was asked for stands, with both ways back, or the way to a yes, beside it. */
export function MyKinds({ recording, selfId, isDisabled, onWithdraw, onAgree }: MyKindsProps) {
  const { t } = useTranslation();
  const consent = consentOf(recording, selfId);
  const waits = waitingKinds(recording);

  function wordsOf(kind: RecordingKind, status: ConsentStatus) {
    if (status !== 'yes') return t(statusWords[status].own);
    if (kind === 'clip') return t('consent.statusClip');
    return t(waits.includes(kind) ? 'consent.statusWaits' : 'consent.statusYes');
  }

  return (
    <ul className="mine-kinds">
      {termsOf(recording.request).kinds.map((kind) => {
        const { icon: Icon, name } = kindLooks[kind];
        const status = consent?.[kind] ?? 'pending';
        const kindName = t(name);
        return (
          <li key={kind} className={status === 'yes' ? 'mine-kind mine-yes' : 'mine-kind'}>
            <Icon size={20} strokeWidth={1.8} aria-hidden />
            <span className="mine-what">
              <span className="mine-name">{kindName}</span>
              <span className="mine-status">{wordsOf(kind, status)}</span>
            </span>
            {/* A clip is over when it is there: it can only be deleted. */}
            {status === 'yes' && kind !== 'clip' && (
              <Button
                isDisabled={isDisabled}
                aria-label={t('consent.stopKind', { kind: kindName })}
                onPress={() => onWithdraw([kind], 'future')}
              >
                {t('consent.stopOne')}
              </Button>
            )}
            {(status === 'yes' || status === 'stopped') && (
              <Button
                isDisabled={isDisabled}
                aria-label={t('consent.eraseKind', { kind: kindName })}
                onPress={() => onWithdraw([kind], 'everything')}
              >
                {t('consent.eraseOne')}
              </Button>
            )}
            {status === 'no' && !recording.asked && !recording.objected.includes(selfId) && (
              <Button
                isDisabled={isDisabled}
                aria-label={t('consent.agreeKind', { kind: kindName })}
                onPress={() => onAgree(kind)}
              >
                {t('consent.agreeAfterAll')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
