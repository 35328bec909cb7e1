import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentKinds, newIncident, noteLength, type IncidentKind } from '../../../../common/privacy/incident';
import { problemsInTime } from '../../../../common/privacy/incidentState';
import { useBridge, useNavigation, useRun } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { Dialog } from '../../../ui/Dialog';
import { focusFirstInvalid } from '../../../ui/focusFirstInvalid';
import { TextField } from '../../../ui/TextField';
import { DateTimeField } from './DateTimeField';
import { fromDateTimeInput, toDateTimeInput } from './dateTimeInput';

/** The first note of an incident: what, since when known, in a sentence. The rest has time. */
export function RecordIncidentDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('incidents.recordTitle')}
      isOpen={isOpen}
      onClose={onClose}
      size="l"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="record-incident" look="primary">
            {t('incidents.recordConfirm')}
          </Button>
        </>
      }
    >
      <RecordForm onClose={onClose} />
    </Dialog>
  );
}

function RecordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const go = useNavigation((state) => state.go);
  const [kind, setKind] = useState<IncidentKind>('device');
  // To the minute, as the fields know it: what is sent in the same minute is not sent before.
  const [noticedAt, setNoticedAt] = useState<number | null>(() => fromDateTimeInput(toDateTimeInput(Date.now())));
  const [what, setWhat] = useState('');
  const [checked, setChecked] = useState(false);
  const whatError = what.trim() === '' ? t('incidents.whatMissing') : null;
  const now = useClock(30_000);
  const isAhead =
    noticedAt !== null && problemsInTime(newIncident({ kind, noticedAt, what }), now).includes('noticed-ahead');
  const dateError =
    noticedAt === null ? t('incidents.dateMissing') : isAhead ? t('incidents.problem.noticed-ahead') : null;

  async function record(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (whatError !== null || dateError !== null || noticedAt === null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['incidents.record']({ kind, noticedAt, what }));
    if (!result.ok) return;
    onClose();
    go({ page: 'incident', incidentId: result.value.incidentId });
  }

  return (
    <form id="record-incident" className="form" onSubmit={(event) => void record(event)} noValidate>
      <p className="small">{t('incidents.recordHint')}</p>
      <Choices
        dense
        label={t('incidents.kindLabel')}
        value={kind}
        onChange={setKind}
        options={incidentKinds.map((id) => ({
          id,
          title: t(`incidents.kind.${id}`),
          text: t(`incidents.kindText.${id}`),
        }))}
      />
      <DateTimeField
        label={t('incidents.noticed')}
        hint={t('incidents.noticedHint')}
        value={noticedAt}
        onChange={setNoticedAt}
        error={checked ? dateError : null}
      />
      <TextField
        label={t('incidents.what')}
        hint={t('incidents.whatHint')}
        rows={3}
        value={what}
        onChange={setWhat}
        maxLength={noteLength}
        error={checked ? whatError : null}
      />
    </form>
  );
}
