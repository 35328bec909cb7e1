import { CalendarClock, CalendarOff, MailQuestion, Undo2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingKind } from '../../../common/consent/models';
import {
  askedKinds,
  kindsWith,
  ownStanding,
  type OwnConsent,
  type OwnConsentStatus,
} from '../../../common/consent/ownConsent';
import { useLanguage, useNotify } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate, formatDay, formatTime } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Disclosure } from '../../ui/Disclosure';
import { kindLooks } from '../consent/kindLooks';
import { useKindList } from '../consent/useRecordingMark';
import { AskDialog } from '../requests/AskDialog';
import { ReceiptButton } from './ReceiptButton';
import { WithdrawalDone, WithdrawalWaiting } from './WithdrawalState';

const statusWords = {
  yes: 'consents.statusYes',
  no: 'consents.statusNo',
  stopped: 'consents.statusStopped',
  waiting: 'consents.statusWaiting',
  done: 'consents.statusDone',
} as const satisfies Record<OwnConsentStatus, string>;

export interface ConsentEntryProps {
  readonly consent: OwnConsent;
  /** Resolves to how it stands afterwards, null when it failed. */
  readonly onWithdraw: (kinds: readonly RecordingKind[]) => Promise<OwnConsent | null>;
}

/** One answer: who asked, what for, until when; and of each kind what was said and what became of it. */
export function ConsentEntry({ consent, onWithdraw }: ConsentEntryProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const { say } = useNotify();
  const listKinds = useKindList();
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [busy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { controller, meetingTitle, purpose, answeredAt, noticeText, kept } = consent;
  const { name, self } = controller;
  const standing = ownStanding(consent);
  const asked = askedKinds(consent);
  const declined = kindsWith(standing, 'no').length === asked.length;
  // Of one's own recording that is gone there is nothing left to take back.
  const withdrawable = kept === false ? [] : kindsWith(standing, 'yes', 'stopped');

  async function withdraw(kinds: readonly RecordingKind[]) {
    if (busy) return;
    setBusy(true);
    const after = await onWithdraw(kinds);
    setBusy(false);
    // The button that was pressed goes away.
    title.current?.focus();
    if (after === null) return;
    const open = kinds.some((kind) => ownStanding(after)[kind] === 'waiting');
    say(
      t('consents.withdrawn', { kinds: listKinds(kinds) }),
      open && !self ? t('consents.withdrawnWaiting', { name }) : open ? null : t('consents.withdrawnDone'),
    );
  }

  const heading = self
    ? t('consents.recordedByYou')
    : t(declined ? 'consents.askedBy' : 'consents.recordedBy', { name });
  const where = meetingTitle === null ? t('consents.meetingForgotten') : t('consents.meeting', { title: meetingTitle });
  return (
    <article className="consent-entry" aria-labelledby={titleId}>
      <header className="consent-entry-head">
        <Avatar id={controller.identityKey} name={name} size={40} />
        <div className="row-main">
          <h2 ref={title} id={titleId} tabIndex={-1} className="consent-entry-title">
            {heading} <span className="consent-entry-where">{where}</span>
          </h2>
          <p className="row-sub">{purpose}</p>
        </div>
        <div className="row-side times">
          <span>
            {t('common.dayAtTime', {
              day: formatDay(answeredAt, now, language),
              time: formatTime(answeredAt, language),
            })}
          </span>
          {!declined && <KeptUntil consent={consent} />}
        </div>
      </header>
      {declined ? (
        <p className="consent-entry-note">{t('consents.declinedAll')}</p>
      ) : (
        <ul className="consent-entry-kinds" aria-label={t('consents.kindsOf')}>
          {asked.map((kind) => {
            const { icon: Icon, name: kindName } = kindLooks[kind];
            const status = standing[kind] ?? 'no';
            return (
              <li key={kind} className={`consent-entry-kind consent-kind-${status}`}>
                <Icon size={20} strokeWidth={1.8} aria-hidden />
                <span className="consent-entry-what">
                  <span className="mine-name">{t(kindName)}</span>
                  <span className="consent-entry-status">{t(statusWords[status])}</span>
                </span>
                {withdrawable.includes(kind) && (
                  <Button
                    isDisabled={busy}
                    aria-label={t('consent.withdrawKind', { kind: t(kindName) })}
                    aria-describedby={titleId}
                    onPress={() => void withdraw([kind])}
                  >
                    {t('consent.withdraw')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <WithdrawalWaiting consent={consent} describedBy={titleId} />
      <WithdrawalDone consent={consent} describedBy={titleId} />
      {withdrawable.length > 0 && (
        <div className="consent-entry-foot">
          <p className="small">
            {self
              ? t('consents.effectOwn')
              : t(consent.expired ? 'consents.effectExpired' : 'consents.effect', { name })}
          </p>
          {withdrawable.length > 1 && (
            <Button
              icon={Undo2}
              isDisabled={busy}
              aria-describedby={titleId}
              onPress={() => void withdraw(withdrawable)}
            >
              {t('consent.withdrawAll')}
            </Button>
          )}
        </div>
      )}
      <div className="consent-entry-tools">
        <Disclosure label={t('consents.details')}>
          {controller.contact !== '' && !self && (
            <p className="consent-entry-contact">{t('consents.contact', { contact: controller.contact })}</p>
          )}
          <p className="notice-text">{noticeText}</p>
        </Disclosure>
        {!self && (
          <Button look="quiet" icon={MailQuestion} aria-describedby={titleId} onPress={() => setAsking(true)}>
            {t('requests.askOf', { name })}
          </Button>
        )}
        <ReceiptButton consent={consent} describedBy={titleId} />
      </div>
      <AskDialog host={{ hostKey: controller.identityKey, name }} isOpen={isAsking} onClose={() => setAsking(false)} />
    </article>
  );
}

/** Until when it was to be kept, and whether that has come. */
function KeptUntil({ consent: { kept, expired, deleteAfter } }: { consent: OwnConsent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const over = expired || kept === false;
  const Icon = over ? CalendarOff : CalendarClock;
  const date = formatDate(deleteAfter, language);
  return (
    <span className="retention times">
      <Icon size={15} strokeWidth={2} aria-hidden />
      {kept === false ? t('consents.gone') : t(expired ? 'consents.expired' : 'consents.keptUntil', { date })}
    </span>
  );
}
