import { useTranslation } from 'react-i18next';
import { breachedGoals, incidentKinds, noteLength, type Incident } from '../../../../common/privacy/incident';
import { problemsInTime } from '../../../../common/privacy/incidentState';
import { useClock } from '../../../app/useClock';
import { Select } from '../../../ui/Select';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { CheckList } from '../case/CheckList';
import { DateTimeField } from './DateTimeField';

export interface IncidentPartProps {
  readonly incident: Incident;
  readonly change: (change: Partial<Incident>) => void;
}

/** Facts of the breach: what kind, when, since when known, what was broken (Art. 33 (3) (a), (5) GDPR). */
export function WhatHappened({ incident, change }: IncidentPartProps) {
  const { t } = useTranslation();
  const problems = problemsInTime(incident, useClock(30_000));
  return (
    <CaseSection title={t('incidents.what')}>
      <Select
        label={t('incidents.kindLabel')}
        options={incidentKinds.map((id) => ({ id, label: t(`incidents.kind.${id}`) }))}
        value={incident.kind}
        onChange={(kind) => change({ kind })}
      />
      <DateTimeField
        label={t('incidents.noticed')}
        hint={t('incidents.noticedHint')}
        value={incident.noticedAt}
        onChange={(at) => {
          if (at !== null) change({ noticedAt: at });
        }}
        error={problems.includes('noticed-ahead') ? t('incidents.problem.noticed-ahead') : null}
      />
      <DateTimeField
        label={t('incidents.happened')}
        hint={t('incidents.happenedHint')}
        value={incident.happenedAt}
        onChange={(happenedAt) => change({ happenedAt })}
        error={problems.includes('happened-after') ? t('incidents.problem.happened-after') : null}
      />
      <TextField
        label={t('incidents.what')}
        hint={t('incidents.whatHint')}
        rows={4}
        value={incident.what}
        onChange={(what) => change({ what })}
        maxLength={noteLength}
        error={incident.what.trim() === '' ? t('incidents.whatMissing') : null}
      />
      <CheckList
        label={t('incidents.goals')}
        options={breachedGoals.map((id) => ({
          ...{ id, title: t(`incidents.goal.${id}`), text: t(`incidents.goalText.${id}`) },
        }))}
        value={incident.goals}
        onChange={(goals) => change({ goals: [...goals] })}
      />
    </CaseSection>
  );
}
