import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../../common/meeting/models';
import { useMedia } from '../../../app/AppContext';
import { qualitySentence } from './qualitySentence';
import { SignalBars } from './SignalBars';

const words = { good: 'quality.good', weak: 'quality.weak', bad: 'quality.bad' } as const;

/** How the connection to a person does, as a small sign with its words. */
export function QualitySign({ person }: { person: Participant }) {
  const { t } = useTranslation();
  const level = useMedia((state) => state.quality[person.id]?.level);
  if (level === undefined) return null;
  return <SignalBars level={level} size={18} label={t(words[level])} />;
}

/** What is wrong with it, in a sentence; nothing while all is well. */
export function QualitySentence({ person }: { person: Participant }) {
  const { t, i18n } = useTranslation();
  const quality = useMedia((state) => state.quality[person.id]);
  const sentence = quality === undefined ? null : qualitySentence(t, null, quality, i18n.language);
  return sentence === null ? null : <p className="person-quality">{sentence}</p>;
}
