import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { LoggedRequest } from '../../../common/privacy/requestLog';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { useDueWords } from './useDueWords';

/** What the log says of a request, as a list of facts. */
export function RequestFacts({ request }: { request: LoggedRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const due = useDueWords();
  const date = (at: number) => formatDate(at, language);
  const { name, knownAs, identityKey, right, text, way, check, receivedAt, dueOn, extension } = request;
  const { state, closedAt, answer, erasure, told } = request;
  const { urgency, date: dueDate, left } = due(dueOn);
  const isOpen = state === 'open';
  return (
    <>
      <dl className="request-facts">
        <Fact term={t('requests.factFrom')}>
          {name}
          {knownAs !== null && <strong> {t('requests.knownAs', { name: knownAs })}</strong>}
          {identityKey === null && <span className="small"> ({t('requests.unknownPerson')})</span>}
        </Fact>
        <Fact term={t('requests.factRight')}>{t(`requests.rightText.${right}`)}</Fact>
        <Fact term={t('requests.factCame')}>
          {t('requests.cameOn', { date: date(receivedAt), way: t(`requests.way.${way}`) })}
        </Fact>
        <Fact term={t('requests.factCheck')}>{t(`requests.check.${check}`)}</Fact>
        {isOpen && (
          <Fact term={t('requests.factDue')}>
            {t('requests.due', { date: dueDate })}, <span className={`request-left request-${urgency}`}>{left}</span>
          </Fact>
        )}
        {extension !== null && (
          <Fact term={t('requests.factExtension')}>
            {t('requests.extensionOn', { date: date(extension.at), reason: extension.reason })}
          </Fact>
        )}
        {!isOpen && closedAt !== null && (
          <Fact term={t('requests.factAnswer')}>
            {t('requests.answerOn', { state: t(`requests.state.${state}`), date: date(closedAt) })}
          </Fact>
        )}
        {erasure !== null && (
          <Fact term={t('requests.factErasure')}>
            {date(erasure.proof.erasedAt)}, {t('requests.erasureWith')}
          </Fact>
        )}
        {(!isOpen || extension !== null || told === false) && (
          <Fact term={t('requests.factTold')}>
            {t(told === null ? 'requests.toldByHand' : told ? 'requests.told' : 'requests.notTold')}
          </Fact>
        )}
      </dl>
      {text !== '' && <Quote title={t('requests.words')}>{text}</Quote>}
      {answer !== '' && <Quote title={t('requests.answerText')}>{answer}</Quote>}
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="times">{children}</dd>
    </div>
  );
}

/** What somebody wrote. */
export function Quote({ title, children }: { title: string; children: string }) {
  return (
    <section className="request-quote" aria-label={title}>
      <h3>{title}</h3>
      <blockquote>{children}</blockquote>
    </section>
  );
}
