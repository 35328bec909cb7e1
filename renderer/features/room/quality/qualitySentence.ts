import type { TFunction } from 'i18next';
import type { PeerQuality } from '../../../stores/mediaStore';

/**
 * What is wrong with the connection to a person, in a sentence or two; null when nothing is. Without a name where it stands beside
 * the person.
 */
export function qualitySentence(
  t: TFunction,
  name: string | null,
  quality: PeerQuality,
  language: string,
): string | null {
  const { level, cause, side } = quality;
  if (level === 'good' || cause === null) return null;
  const what = t(`quality.${cause}`, { percent: percentOf(quality), seconds: secondsOf(quality, language) });
  const sentence =
    name === null
      ? `${t(level === 'bad' ? 'quality.bad' : 'quality.weak')}: ${what}`
      : t(level === 'bad' ? 'quality.badTo' : 'quality.weakTo', { name, what });
  if (side === null) return sentence;
  return `${sentence} ${t(side === 'own' ? 'quality.sideOwn' : 'quality.sideTheirs')}`;
}

function percentOf({ cause, lostHerePercent, lostTherePercent }: PeerQuality): number {
  if (cause === 'hearing') return lostHerePercent;
  return cause === 'sending' ? lostTherePercent : Math.max(lostHerePercent, lostTherePercent);
}

function secondsOf({ roundTripMs }: PeerQuality, language: string): string {
  return (roundTripMs / 1000).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
