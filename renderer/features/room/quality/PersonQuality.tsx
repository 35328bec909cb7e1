import { SignalHigh, SignalLow, SignalMedium } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../../common/meeting/models';
import { useMedia } from '../../../app/AppContext';
import { qualitySentence } from './qualitySentence';

const icons = { good: SignalHigh, weak: SignalMedium, bad: SignalLow } as const;
const words = { good: 'quality.good', weak: 'quality.weak', bad: 'quality.bad' } as const;

/** How the connection to a person does, as a small sign with its words. */
export function QualitySign({ person }: { person: Participant }) {
  const { t } = useTranslation();
  const level = useMedia((state) => state.quality[person.id]?.level);
  if (level === undefined) return null;
  const Icon = icons[level];
  return (
    <Icon
      size={18}
      strokeWidth={2.2}
      role="img"
      aria-label={t(words[level])}
      aria-hidden={false}
      className={level === 'good' ? '' : `quality-${level}`}
    />
  );
}

/** What is wrong with it, in a sentence; nothing while all is well. */
export function QualitySentence({ person }: { person: Participant }) {
  const { t, i18n } = useTranslation();
  const quality = useMedia((state) => state.quality[person.id]);
  const sentence = quality === undefined ? null : qualitySentence(t, person.name, quality, i18n.language);
  return sentence === null ? null : <span className="person-quality">{sentence}</span>;
}
