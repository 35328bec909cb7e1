import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredKinds, refusalOf, type Decisions } from '../../../common/consent/models';
import { limits } from '../../../common/meeting/limits';
import { retentionChoices, retentionRules } from '../../../common/retention';
import { purposeSchema } from '../../../common/meeting/models';
import { useBridge, useLanguage, useLibrary, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import { kindLooks } from './kindLooks';

/** The host says why and for how long, and answers for themself; then everybody is asked. */
export function RecordDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const [purpose, setPurpose] = useState('');
  // What is set under “Retention”, and with that what guests were told before they knocked.
  const preset = useLibrary((state) => state.retention?.kinds.recording.period ?? retentionRules.recording.default);
  const [days, setDays] = useState<string>(String(preset));
  const [own, setOwn] = useState<Decisions>(refusalOf(offeredKinds));
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const purposeError = purposeSchema.safeParse(purpose).success ? null : t('consent.purposeMissing');

  useEffect(() => {
    if (!isOpen) return;
    setPurpose('');
    setDays(String(preset));
    setOwn(refusalOf(offeredKinds));
    setChecked(false);
  }, [isOpen, preset]);

  async function start(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (purposeError !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    setBusy(true);
    const result = await run(
      bridge['recording.start']({
        ...{ purpose, templateId: null, retentionDays: Number(days), kinds: [...offeredKinds] },
        ...{ policy: 'those-who-agree', answerSeconds: limits.answerSeconds.default, clipRetentionDays: null },
        ...{ pauseForDecliners: false, own, language },
      }),
    );
    setBusy(false);
    if (result.ok) onClose();
  }

  return (
    <Dialog
      title={t('consent.recordTitle')}
      isOpen={isOpen}
      onClose={onClose}
      size="l"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="start-recording" look="primary" isPending={busy}>
            {t('consent.askAll')}
          </Button>
        </>
      }
    >
      <p>{t('consent.recordText')}</p>
      <form id="start-recording" className="form" onSubmit={(event) => void start(event)} noValidate>
        <div className="consent-columns">
          <div className="form">
            <TextField
              label={t('consent.purpose')}
              value={purpose}
              onChange={setPurpose}
              maxLength={limits.purposeLength}
              autoFocus
              autoComplete="off"
              rows={2}
              placeholder={t('consent.purposeExample')}
              hint={t('consent.purposeHint')}
              error={checked ? purposeError : null}
            />
            <Select
              label={t('consent.retention')}
              hint={t('consent.retentionHint')}
              options={retentionChoices('recording', preset).map((count) => ({
                id: String(count),
                label: t('notice.days', { count }),
              }))}
              value={days}
              onChange={setDays}
            />
          </div>
          <div role="group" aria-labelledby="own-what" className="consent-choices">
            <h3 id="own-what">{t('consent.ownTitle')}</h3>
            <div className="switch-list">
              {offeredKinds.map((kind) => (
                <Switch
                  key={kind}
                  icon={kindLooks[kind].icon}
                  label={t(kindLooks[kind].own)}
                  states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
                  isSelected={own[kind] === true}
                  onChange={(on) => setOwn({ ...own, [kind]: on })}
                />
              ))}
            </div>
          </div>
        </div>
      </form>
    </Dialog>
  );
}
