import { useTranslation } from 'react-i18next';
import { currentTemplates } from '../../../common/consent/purposeTemplates';
import { limits } from '../../../common/meeting/limits';
import { useLanguage } from '../../app/AppContext';
import { Choices } from '../../ui/Choices';
import { TextField } from '../../ui/TextField';
import { ownWords, type RecordPlan } from './recordPlan';

export interface PurposeChoiceProps {
  readonly plan: RecordPlan;
  readonly onChange: (change: Partial<RecordPlan>) => void;
  /** Says what is missing, after somebody has tried to begin without it. */
  readonly isMissing: boolean;
}

/** What the recording is for: a text of the library, shown in full, or the host's own words. */
export function PurposeChoice({ plan, onChange, isMissing }: PurposeChoiceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = plan.purpose === ownWords;
  const templates = currentTemplates().map(({ id, texts }) => {
    // Each begins with what it is about in a word or two.
    const [title = '', ...rest] = texts[language].split(': ');
    const text = rest.join(': ');
    return { id, title, text: text.charAt(0).toLocaleUpperCase(language) + text.slice(1) };
  });

  return (
    <div className="form purpose">
      <Choices
        dense
        label={t('consent.purpose')}
        options={[...templates, { id: ownWords, title: t('consent.ownWords'), text: t('consent.ownWordsHint') }]}
        value={plan.purpose}
        onChange={(purpose) => onChange({ purpose })}
        error={isMissing && !own ? t('consent.purposeNotChosen') : null}
      />
      {own && (
        <TextField
          label={t('consent.ownPurpose')}
          value={plan.ownPurpose}
          onChange={(ownPurpose) => onChange({ ownPurpose })}
          maxLength={limits.purposeLength}
          autoComplete="off"
          rows={2}
          placeholder={t('consent.purposeExample')}
          hint={t('consent.purposeHint')}
          error={isMissing ? t('consent.purposeMissing') : null}
        />
      )}
    </div>
  );
}
