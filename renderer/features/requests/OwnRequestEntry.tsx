import { Check } from 'lucide-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { noonOf } from '../../../common/privacy/deadline';
import type { SignedPersonErasure } from '../../../common/privacy/erasure';
import { personalKinds } from '../../../common/privacy/heldData';
import type { OwnRequest } from '../../../common/privacy/requestLog';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { Disclosure } from '../../ui/Disclosure';
import { LetterButtons } from '../letters/LetterButtons';
import { useRequestLetter } from '../letters/useLetterActions';
import { Quote } from './RequestFacts';
import { useDueWords } from './useDueWords';

/** One's own request: how it stands, what the host said, and the way to take it back. */
export function OwnRequestEntry({ request }: { request: OwnRequest }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const titleId = useId();
  const { requestId, hostName: name, right, text, madeAt, withdrawnAt, state, isNews } = request;
  const { answer, erasure, history, undelivered } = request;
  const letter = useRequestLetter(requestId, name);
  const date = (at: number) => formatDate(at, language);
  const last = history.at(-1);

  useEffect(() => {
    if (isNews) void bridge['requests.seen']({ requestId });
  }, [bridge, isNews, requestId]);

  async function withdraw() {
    const result = await run(bridge['requests.withdraw']({ requestId }));
    if (result.ok) say(t('requests.mineWithdrawn'));
  }
  return (
    <article className="own-request" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>
          {t(`requests.right.${right}`)} <span className="privacy-also">{t('requests.mineTo', { name })}</span>
        </h3>
        <span className="row-side times">
          <strong>{t(`requests.state.${state}`)}</strong>
          <span className="row-sub">{t('requests.mineMade', { date: date(madeAt) })}</span>
        </span>
      </header>
      <Standing request={request} />
      {undelivered && (
        <>
          <p className="small">{t('requests.mineFaster', { name })}</p>
          <LetterButtons actions={letter} describedBy={titleId} />
        </>
      )}
      {(state === 'answered' || state === 'refused') && last !== undefined && (
        <Quote title={t('requests.mineAnswer', { name, date: date(last.at) })}>
          {answer === '' ? t('requests.mineNoWords') : answer}
        </Quote>
      )}
      {erasure !== null && <Erased name={name} erasure={erasure} />}
      <div className="own-request-tools">
        <Disclosure label={t('requests.history')}>
          <ol className="request-history times">
            <li>
              {date(madeAt)}: {text === '' ? t('requests.historyMade') : t('requests.historyMadeWords', { text })}
            </li>
            {history.map((one) => {
              const due = date(noonOf(one.dueOn));
              const what =
                one.state !== 'open'
                  ? t(`requests.state.${one.state}`)
                  : one.extension === null
                    ? t('requests.historyReceived', { due })
                    : t('requests.historyExtended', { due, reason: one.extension });
              return (
                <li key={`${one.at} ${one.state} ${one.dueOn}`}>
                  {date(one.at)}: {what}
                </li>
              );
            })}
          </ol>
        </Disclosure>
        {(state === 'waiting' || state === 'open') && withdrawnAt === null && (
          <Button
            look="quiet"
            aria-label={t('requests.mineWithdrawOf', { right: t(`requests.right.${right}`), name })}
            onPress={() => void withdraw()}
          >
            {t('requests.mineWithdraw')}
          </Button>
        )}
      </div>
    </article>
  );
}

/** Where it is, and until when an answer is due. */
function Standing({ request }: { request: OwnRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const dueWords = useDueWords();
  const { hostName: name, state, withdrawnAt, undelivered, receivedAt, dueOn, history } = request;
  const extension = history.at(-1)?.extension ?? null;
  if (withdrawnAt !== null && undelivered) return <p>{t('requests.mineWithdrawing', { name })}</p>;
  if (state === 'waiting') return <p>{t('requests.mineWaiting', { name })}</p>;
  if (state === 'refused') return <p className="small">{t('requests.mineRefused')}</p>;
  if (state !== 'open' || dueOn === null || receivedAt === null) return null;
  const { urgency, date: due } = dueWords(dueOn);
  if (urgency === 'overdue')
    return <p className="request-left request-overdue">{t('requests.mineOverdue', { due })}</p>;
  return (
    <p className="times">
      {extension === null
        ? t('requests.mineOpen', { name, received: formatDate(receivedAt, language), due })
        : t('requests.mineExtended', { name, due, reason: extension })}
    </p>
  );
}

/** What the host says was erased: main has checked the signature before it kept it. */
function Erased({ name, erasure: { proof } }: { name: string; erasure: SignedPersonErasure }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counted = personalKinds.flatMap((kind) => {
    const count = proof.erased[kind];
    return count === undefined ? [] : [t(`privacy.${kind}`, { count })];
  });
  const stays = proof.stays.map(
    ({ kind, count, because }) => `${t(`privacy.${kind}`, { count })} (${t(`privacy.because.${because}`)})`,
  );
  return (
    <div className="own-request-proof" role="group" aria-label={t('requests.factErasure')}>
      <Check size={18} strokeWidth={2.2} aria-hidden />
      <div>
        <strong>{t('requests.mineErased', { name, date: formatDate(proof.erasedAt, language) })}</strong>
        {counted.length > 0 && <p>{t('requests.mineErasedCounts', { kinds: counted.join(' · ') })}</p>}
        {stays.length > 0 && <p>{t('requests.mineErasedStays', { kinds: stays.join(' · ') })}</p>}
        {proof.copies > 0 && <p>{t('requests.mineErasedCopies', { count: proof.copies })}</p>}
      </div>
    </div>
  );
}
