import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { termsOf, type RecordingState } from '../../../common/consent/models';
import { limits } from '../../../common/meeting/limits';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { Switch } from '../../ui/Switch';
import { consentForm, emptyConsentForm, type ConsentFormEvent } from './consentForm';
import { ConsentFacts } from './ConsentFacts';
import { kindLooks } from './kindLooks';
import { NoticeText } from './NoticeText';

/**
 * The question itself. Until it is answered the person takes part as before and nothing of them is recorded. It lies over
 * the pictures and takes the focus, and leaves the controls below free: nobody has to answer in order to mute. Escape
 * puts it aside.
 */
export function ConsentDialog({ recording, onLater }: { recording: RecordingState; onLater: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const { request, beforehand, answerBy } = recording;
  const { recordingId, controllerName: name } = request;
  const { kinds } = termsOf(request);
  const [form, setForm] = useState(() => emptyConsentForm(kinds, beforehand));
  const panel = useFocusWhileThere();
  const choices = useRef<HTMLDivElement>(null);
  const [titleId, whatId] = [useId(), useId()];

  useEffect(() => {
    const element = panel.current;
    // Not React's own event: that would come from dialogs opened on top of it as well.
    function handleKey(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) onLater();
    }
    element?.addEventListener('keydown', handleKey);
    return () => element?.removeEventListener('keydown', handleKey);
  }, [onLater, panel]);

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

  return (
    <div className="ask">
      <div ref={panel} role="dialog" aria-modal="false" aria-labelledby={titleId} tabIndex={-1} className="ask-panel">
        <header className="ask-head">
          <Avatar id={request.controllerKey} name={name} size={40} />
          <h2 id={titleId}>{t('consent.asks', { name })}</h2>
          <Button look="quiet" onPress={onLater}>
            {t('consent.later')}
          </Button>
        </header>
        <div className="ask-body">
          <div className="consent-columns">
            <ConsentFacts request={request} answerBy={answerBy} />
            <div ref={choices} role="group" aria-labelledby={whatId} className="consent-choices">
              <h3 id={whatId}>{t('consent.what')}</h3>
              {beforehand !== null && <p className="consent-beforehand">{t('consent.beforehand')}</p>}
              <div className="switch-list">
                {kinds.map((kind) => (
                  <Switch
                    key={kind}
                    icon={kindLooks[kind].icon}
                    label={t(kindLooks[kind].own)}
                    hint={t(kindLooks[kind].hint, { name, seconds: limits.clipSeconds })}
                    states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
                    isSelected={form.decisions[kind] === true}
                    onChange={(on) => handle({ type: 'switched', kind, on })}
                  />
                ))}
              </div>
            </div>
          </div>
          <NoticeText recordingId={recordingId} />
        </div>
        <footer className="ask-foot">
          <p className="consent-hint" role="alert">
            {form.needsChoice && t('consent.needsChoice')}
          </p>
          <div className="answers">
            <Button look="answer" size="l" onPress={() => handle({ type: 'no' })}>
              {t('common.no')}
            </Button>
            <Button look="answer" size="l" onPress={() => handle({ type: beforehand === null ? 'yes' : 'confirmed' })}>
              {t(beforehand === null ? 'common.yes' : 'consent.confirm')}
            </Button>
          </div>
          <p className="consent-promise">{t('consent.promise')}</p>
        </footer>
      </div>
    </div>
  );
}

/** Takes the focus when it appears, on the whole and on no answer, and gives it back to where it was. */
function useFocusWhileThere() {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = panel.current;
    const before = document.activeElement;
    element?.focus();
    return () => {
      const lost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return panel;
}
