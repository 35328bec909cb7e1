import { CalendarClock, HardDrive, Quote, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { termsOf, type ConsentRequest } from '../../../common/consent/models';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Disclosure } from '../../ui/Disclosure';
import { Switch } from '../../ui/Switch';
import { consentForm, emptyConsentForm, type ConsentFormEvent } from './consentForm';
import { kindLooks } from './kindLooks';

/** The question itself. Until it is answered the person takes part as before and nothing of them is recorded. */
export function ConsentDialog({ request, onLater }: { request: ConsentRequest; onLater: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const { recordingId } = request;
  const { kinds } = termsOf(request);
  const [form, setForm] = useState(() => emptyConsentForm(kinds));
  const [notice, setNotice] = useState<string | null>(null);
  const choices = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let stopped = false;
    void bridge['consent.noticeText']({ recordingId, language }).then((result) => {
      if (!stopped && result.ok) setNotice(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge, language, recordingId]);

  function handle(event: ConsentFormEvent) {
    const step = consentForm(form, event);
    setForm(step.form);
    if (event.type === 'yes' && step.form.needsChoice) choices.current?.querySelector('input')?.focus();
    const { answer } = step;
    if (answer === null) return;
    void run(bridge['consent.answer']({ recordingId, decisions: answer, language })).then((result) => {
      if (!result.ok) setForm((current) => consentForm(current, { type: 'failed' }).form);
      else if (kinds.some((kind) => answer[kind] === true)) say(t('consent.thanksYes'), t('consent.thanksYesText'));
      else say(t('consent.thanksNo'), t('consent.thanksNoText'));
    });
  }

  const until = formatDate(request.requestedAt + request.retentionDays * 86_400_000, language);
  return (
    <Dialog
      isOpen
      isDismissable={false}
      hideClose
      size="l"
      role="alertdialog"
      onClose={onLater}
      lead={<Avatar id={request.controllerKey} name={request.controllerName} size={48} />}
      title={t('consent.asks', { name: request.controllerName })}
      footer={
        <div className="consent-foot">
          <p className="consent-hint" role="alert">
            {form.needsChoice && t('consent.needsChoice')}
          </p>
          <div className="answers">
            <Button look="answer" size="l" onPress={() => handle({ type: 'no' })}>
              {t('common.no')}
            </Button>
            <Button look="answer" size="l" onPress={() => handle({ type: 'yes' })}>
              {t('common.yes')}
            </Button>
          </div>
          <p className="consent-promise">{t('consent.promise')}</p>
        </div>
      }
    >
      <div className="consent-columns">
        <ul className="consent-facts">
          <li>
            <Quote size={20} strokeWidth={1.7} aria-hidden />
            <p>
              <strong>{t('consent.why')}</strong> {request.purpose}
            </p>
          </li>
          <li>
            <CalendarClock size={20} strokeWidth={1.7} aria-hidden />
            <p>
              <strong>{t('consent.howLong')}</strong>{' '}
              {t('consent.howLongText', { count: request.retentionDays, date: until })}
            </p>
          </li>
          <li>
            <HardDrive size={20} strokeWidth={1.7} aria-hidden />
            <p>
              <strong>{t('consent.where')}</strong> {t('consent.whereText', { name: request.controllerName })}
            </p>
          </li>
          <li>
            <Undo2 size={20} strokeWidth={1.7} aria-hidden />
            <p>
              <strong>{t('consent.takeBack')}</strong> {t('consent.takeBackText')}
            </p>
          </li>
        </ul>
        <div ref={choices} role="group" aria-labelledby="consent-what" className="consent-choices">
          <h3 id="consent-what">{t('consent.what')}</h3>
          <div className="switch-list">
            {kinds.map((kind) => (
              <Switch
                key={kind}
                icon={kindLooks[kind].icon}
                label={t(kindLooks[kind].own)}
                hint={t(kindLooks[kind].hint)}
                states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
                isSelected={form.decisions[kind] === true}
                onChange={(on) => handle({ type: 'switched', kind, on })}
              />
            ))}
          </div>
        </div>
      </div>
      <div className="consent-more">
        <Disclosure label={t('consent.fullNotice')}>
          <p className="notice-text">{notice ?? t('consent.noticeLoading')}</p>
        </Disclosure>
        <Button look="quiet" onPress={onLater}>
          {t('consent.later')}
        </Button>
      </div>
    </Dialog>
  );
}
