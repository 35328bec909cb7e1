import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personalKinds } from '../../../../common/privacy/heldData';
import { noteLength, type Incident, type IncidentMeasure } from '../../../../common/privacy/incident';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { Disclosure } from '../../../ui/Disclosure';
import { Select } from '../../../ui/Select';
import { Switch } from '../../../ui/Switch';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { ChooseAffected } from './ChooseAffected';
import type { IncidentPartProps } from './WhatHappened';

/** Which data, and how many people: counted from what is chosen of this vault, and to be corrected by hand. */
export function AffectedSection({ incident: { affected }, change }: IncidentPartProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [isChoosing, setIsChoosing] = useState(false);
  const set = (changed: Partial<Incident['affected']>) => change({ affected: { ...affected, ...changed } });

  async function takeDevice(device: boolean) {
    const scope = device ? { meetingIds: [], recordingIds: [] } : affected;
    const result = await run(bridge['incidents.measure']({ ...scope, device, identityKeys: [] }));
    if (!result.ok) return;
    const { people, kinds } = result.value;
    const { meetingIds, recordingIds } = scope;
    set({ device, meetingIds, recordingIds, people, kinds });
  }

  const kinds = personalKinds.flatMap((kind) => {
    const count = affected.kinds[kind] ?? 0;
    return count === 0 ? [] : [t(`privacy.${kind}`, { count })];
  });
  return (
    <CaseSection title={t('incidents.affected')} text={t('incidents.affectedText')}>
      <Switch
        label={t('incidents.device')}
        hint={t('incidents.deviceHint')}
        states={{ on: t('common.yes'), off: t('common.no') }}
        isSelected={affected.device}
        onChange={(device) => void takeDevice(device)}
      />
      {!affected.device && (
        <Button className="ledger-all" onPress={() => setIsChoosing(true)}>
          {t('incidents.choose')}
        </Button>
      )}
      <p>
        <strong>{t('incidents.kindsLabel')}:</strong> {kinds.length === 0 ? t('incidents.noKinds') : kinds.join(' · ')}
      </p>
      <PeopleCount key={`${affected.device} ${affected.people}`} people={affected.people} onChange={set} />
      <WhoIsIt scope={affected} />
      <TextField
        label={t('incidents.other')}
        hint={t('incidents.otherHint')}
        rows={2}
        value={affected.other}
        onChange={(other) => set({ other })}
        maxLength={noteLength}
      />
      <Select
        label={t('incidents.sensitive')}
        hint={t('incidents.sensitiveText')}
        options={[
          { id: 'open', label: t('incidents.unclear') },
          { id: 'no', label: t('common.no') },
          { id: 'yes', label: t('common.yes') },
        ]}
        value={affected.sensitive === null ? 'open' : affected.sensitive ? 'yes' : 'no'}
        onChange={(id) => set({ sensitive: id === 'open' ? null : id === 'yes' })}
      />
      {isChoosing && (
        <ChooseAffected
          scope={affected}
          onTake={(scope, { people, kinds: counted }) => set({ ...scope, people, kinds: counted })}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </CaseSection>
  );
}

function PeopleCount({ people, onChange }: { people: number; onChange: (change: { people: number }) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(String(people));
  const isNumber = /^\d{1,7}$/u.test(text.trim());
  return (
    <TextField
      label={t('incidents.peopleCount')}
      hint={t('incidents.peopleCountHint')}
      inputMode="numeric"
      value={text}
      onChange={setText}
      onBlur={() => {
        if (isNumber && Number(text) !== people) onChange({ people: Number(text) });
      }}
      error={isNumber ? null : t('incidents.countInvalid')}
    />
  );
}

/** The names, asked for when they are wanted: they are not part of the incident. */
function WhoIsIt({ scope: { device, meetingIds, recordingIds } }: { scope: Incident['affected'] }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [measure, setMeasure] = useState<IncidentMeasure | null>(null);
  useEffect(() => {
    let stopped = false;
    void run(bridge['incidents.measure']({ device, meetingIds, recordingIds, identityKeys: [] })).then((result) => {
      if (!stopped && result.ok) setMeasure(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge, device, meetingIds, recordingIds, run]);
  const names = measure?.names ?? [];
  async function copy() {
    const result = await run(bridge['app.copyText']({ text: names.join('\n') }));
    if (result.ok) say(t('incidents.whoCopied'));
  }
  return (
    <Disclosure label={t('incidents.who')} summary={t('incidents.whoText')}>
      <p className="case-names">{names.length === 0 ? t('incidents.whoNone') : names.join(', ')}</p>
      {names.length > 0 && <Button onPress={() => void copy()}>{t('incidents.whoCopy')}</Button>}
    </Disclosure>
  );
}
