import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noteLength } from '../../../../common/privacy/incident';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { useIncidentWords } from './useIncidentWords';
import type { IncidentPartProps } from './WhatHappened';

/** What turns out later, or is handed in to the authority in phases (Art. 33 (4) GDPR). */
export function SupplementsSection({ incident: { supplements }, change }: IncidentPartProps) {
  const { t } = useTranslation();
  const words = useIncidentWords();
  const [text, setText] = useState('');
  function add() {
    change({ supplements: [...supplements, { at: Date.now(), text: text.trim() }] });
    setText('');
  }
  return (
    <CaseSection title={t('incidents.supplements')} text={t('incidents.supplementsText')}>
      {supplements.length > 0 && (
        <ul className="case-supplements">
          {supplements.map((one) => (
            <li key={`${one.at} ${one.text}`}>
              {t('incidents.supplementAt', { at: words.at(one.at), text: one.text })}
            </li>
          ))}
        </ul>
      )}
      <TextField label={t('incidents.supplement')} rows={2} value={text} onChange={setText} maxLength={noteLength} />
      <Button className="ledger-all" isDisabled={text.trim() === '' || supplements.length >= 50} onPress={add}>
        {t('incidents.supplementAdd')}
      </Button>
    </CaseSection>
  );
}
