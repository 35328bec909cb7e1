import { Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { incidentRisks, noteLength } from '../../../../common/privacy/incident';
import { riskHints } from '../../../../common/privacy/incidentRisk';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import type { IncidentPartProps } from './WhatHappened';

/** How grave it is for the people, with what this computer knows for and against (Art. 33 (1), 34 (1), (3) GDPR). */
export function RiskSection({ incident, change, facts }: IncidentPartProps & { readonly facts: PrivacyFacts }) {
  const { t } = useTranslation();
  const hints = riskHints(incident, { protection: facts.protection, hasBackup: facts.backedUpAt !== null });
  const take = (text: string) =>
    change({ riskReason: [incident.riskReason, text].filter(Boolean).join('\n').slice(0, noteLength) });
  return (
    <CaseSection title={t('incidents.risk')}>
      {hints.length > 0 && (
        <div className="case-hints">
          <h3>{t('incidents.hints')}</h3>
          <p className="small">{t('incidents.hintsText')}</p>
          <ul>
            {hints.map(({ point, weighs }) => {
              const text = t(`incidents.hint.${point}`);
              const Icon = weighs === 'less' ? Minus : Plus;
              return (
                <li key={point}>
                  <Icon size={18} strokeWidth={2} aria-hidden />
                  <span>
                    {text} <em>({t(`incidents.weighs.${weighs}`)})</em>
                  </span>
                  <Button
                    look="quiet"
                    aria-label={`${t('incidents.takeHint')}: ${text}`}
                    isDisabled={incident.riskReason.includes(text)}
                    onPress={() => take(text)}
                  >
                    {t('incidents.takeHint')}
                  </Button>
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <Choices
        dense
        label={t('incidents.riskLabel')}
        value={incident.risk}
        onChange={(risk) => change({ risk })}
        options={incidentRisks.map((id) => ({
          ...{ id, title: t(`incidents.riskIs.${id}`), text: t(`incidents.riskIsText.${id}`) },
        }))}
      />
      <TextField
        label={t('incidents.riskReason')}
        hint={t('incidents.riskReasonHint')}
        rows={4}
        value={incident.riskReason}
        onChange={(riskReason) => change({ riskReason })}
        maxLength={noteLength}
      />
      <TextField
        label={t('incidents.consequences')}
        hint={t('incidents.consequencesHint')}
        rows={3}
        value={incident.consequences}
        onChange={(consequences) => change({ consequences })}
        maxLength={noteLength}
      />
      <TextField
        label={t('incidents.remedies')}
        hint={t('incidents.remediesHint')}
        rows={3}
        value={incident.remedies}
        onChange={(remedies) => change({ remedies })}
        maxLength={noteLength}
      />
    </CaseSection>
  );
}
