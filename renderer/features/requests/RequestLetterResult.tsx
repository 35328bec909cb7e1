import { CheckCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RequestLetterOutcome } from '../../../common/consent/letters';
import { noonOf } from '../../../common/privacy/deadline';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { LetterButtons } from '../letters/LetterButtons';
import { useRequestLetter } from '../letters/useLetterActions';

/** What came of a letter about a request: whose, until when, and what to do now. */
export function RequestLetterResult({ outcome }: { outcome: RequestLetterOutcome }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isTaken = outcome.type === 'request-taken';
  const name = isTaken ? outcome.personName : outcome.hostName;
  const actions = useRequestLetter(outcome.requestId, name);
  const { right, state, dueOn, repeated } = outcome;
  const date = formatDate(noonOf(dueOn), language);
  return (
    <section className="letter-result" role="status">
      <div className="letter-result-head">
        <CheckCheck size={28} strokeWidth={1.7} aria-hidden />
        <div>
          <strong>
            {t(isTaken ? 'requests.letterTaken' : 'requests.letterTold', { name, right: t(`requests.right.${right}`) })}
          </strong>
          <p className="small times">
            {state === 'open' ? t('requests.letterDue', { date }) : t(`requests.state.${state}`)}
          </p>
        </div>
      </div>
      {repeated && <p>{t('letters.repeated')}</p>}
      <p>{t(isTaken ? 'requests.letterSendBack' : 'requests.letterKept', { name })}</p>
      {isTaken && <LetterButtons actions={actions} />}
    </section>
  );
}
