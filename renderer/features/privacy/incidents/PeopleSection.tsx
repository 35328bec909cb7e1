import { useTranslation } from 'react-i18next';
import { noteLength, silenceGrounds, type Incident } from '../../../../common/privacy/incident';
import { problemsInTime } from '../../../../common/privacy/incidentState';
import type { Language } from '../../../../common/meeting/models';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { formatDate, formatTime } from '../../../i18n/format';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { TextField } from '../../../ui/TextField';
import type { IncidentLetterProps } from './AuthoritySection';
import { CaseSection } from '../case/CaseSection';
import { DateTimeField } from './DateTimeField';
import { DocumentActions } from '../case/DocumentActions';
import { affectedDocument, plainText } from './incidentDocuments';
import { useIncidentWords } from './useIncidentWords';

const languages = [
  { language: 'de', name: 'incidents.german' },
  { language: 'en', name: 'incidents.english' },
] as const;

/** Whether those concerned are told, why not, when; and what they are told, in both languages (Art. 34 GDPR). */
export function PeopleSection({ stored, change, facts }: IncidentLetterProps) {
  const { t, i18n } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const { at } = useIncidentWords();
  const now = useClock(30_000);
  const { incident } = stored;
  const { people } = incident;
  const set = (changed: Partial<Incident['people']>) => change({ people: { ...people, ...changed } });

  async function copy(language: Language) {
    const words = i18n.getFixedT(language);
    const inWords = (moment: number) =>
      words('common.dayAtTime', { day: formatDate(moment, language), time: formatTime(moment, language) });
    const text = plainText(affectedDocument({ stored, facts, t: words, at: inWords, now: Date.now() }));
    const result = await run(bridge['app.copyText']({ text }));
    if (result.ok) say(t('incidents.copied'));
  }

  return (
    <CaseSection title={t('incidents.people')} text={t('incidents.peopleText')}>
      <Choices
        dense
        label={t('incidents.peopleLabel')}
        value={people.decision}
        onChange={(decision) => set({ decision })}
        options={(['tell', 'no'] as const).map((id) => ({
          ...{ id, title: t(`incidents.peopleIs.${id}`), text: t(`incidents.peopleIsText.${id}`) },
        }))}
      />
      {people.decision === 'no' && (
        <>
          <Choices
            dense
            label={t('incidents.groundLabel')}
            value={people.ground}
            onChange={(ground) => set({ ground })}
            options={silenceGrounds.map((id) => ({ id, title: t(`incidents.ground.${id}`), text: '' }))}
          />
          <TextField
            label={t('incidents.peopleReason')}
            rows={3}
            value={people.reason}
            onChange={(reason) => set({ reason })}
            maxLength={noteLength}
          />
        </>
      )}
      {people.decision === 'tell' && (
        <>
          <DocumentActions
            name={t('incidents.documentAffected')}
            document="affected"
            content={() => affectedDocument({ stored, facts, t, at, now: Date.now() })}
            formats={['pdf', 'html']}
          />
          <div className="case-document">
            {languages.map(({ language, name }) => (
              <Button key={language} onPress={() => void copy(language)}>
                {t('incidents.copyText', { language: t(name) })}
              </Button>
            ))}
          </div>
          <p className="small">{t('incidents.copyOwnWords')}</p>
          <DateTimeField
            label={t('incidents.told')}
            value={people.toldAt}
            onChange={(toldAt) => set({ toldAt })}
            error={problemsInTime(incident, now).includes('told-before') ? t('incidents.problem.told-before') : null}
          />
        </>
      )}
    </CaseSection>
  );
}
