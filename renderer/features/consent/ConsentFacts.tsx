import { CalendarClock, HardDrive, Hourglass, Quote, Undo2, UsersRound, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { termsOf, type ConsentRequest } from '../../../common/consent/models';
import { purposeOf } from '../../../common/consent/purposeTemplates';
import { deleteAfter } from '../../../common/recording/retention';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate, formatTime } from '../../i18n/format';

export interface ConsentFactsProps {
  readonly request: ConsentRequest;
  /** Milliseconds since 1970. */
  readonly answerBy: number | null;
}

/** What one is asked to agree to, in six short lines. */
export function ConsentFacts({ request, answerBy }: ConsentFactsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { policy, clipRetentionDays, pauseForDecliners } = termsOf(request);
  const { controllerName: name, retentionDays: count } = request;
  const until = (days: number) => formatDate(deleteAfter(request.requestedAt, days), language);
  return (
    <ul className="consent-facts">
      <Fact icon={Quote} label={t('consent.why')}>
        {purposeOf(request, language)}
      </Fact>
      <Fact icon={UsersRound} label={t('consent.whoIsRecorded')}>
        {t(policy === 'everybody' ? 'consent.whoEverybody' : 'consent.whoThose')}
        {pauseForDecliners && ` ${t('consent.whoPause')}`}
      </Fact>
      <Fact icon={CalendarClock} label={t('consent.howLong')}>
        {t('consent.howLongText', { count, date: until(count) })}
        {clipRetentionDays !== null &&
          ` ${t('consent.howLongClip', { count: clipRetentionDays, date: until(clipRetentionDays) })}`}
      </Fact>
      <Fact icon={HardDrive} label={t('consent.where')}>
        {t('consent.whereText', { name })}
      </Fact>
      <Fact icon={Undo2} label={t('consent.takeBack')}>
        {t('consent.takeBackText')}
      </Fact>
      {answerBy !== null && <AnswerBy answerBy={answerBy} />}
    </ul>
  );
}

function Fact({ icon: Icon, label, children }: { icon: LucideIcon; label: string; children: ReactNode }) {
  return (
    <li>
      <Icon size={20} strokeWidth={1.7} aria-hidden />
      <p>
        <strong>{label}</strong> {children}
      </p>
    </li>
  );
}

/** Until when, to the minute: nobody is to be hurried by seconds that run. */
function AnswerBy({ answerBy }: { answerBy: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const minutes = Math.ceil((answerBy - useClock(1_000)) / 60_000);
  return (
    <Fact icon={Hourglass} label={t('consent.answerBy')}>
      {t('consent.answerByText', {
        time: formatTime(answerBy, language),
        left: minutes > 1 ? t('consent.minutesLeft', { count: minutes }) : t('consent.lastMinute'),
      })}
    </Fact>
  );
}
