import { useTranslation } from 'react-i18next';
import type { ErasureProof } from '../../../common/consent/models';
import { useLanguage } from '../../app/AppContext';
import { formatDate, formatList } from '../../i18n/format';
import { useKindList } from '../consent/useRecordingMark';

/** What a host signed, in words: what was destroyed when, how much that was, and what it does not reach. */
export function ProofFacts({ proofs }: { proofs: readonly ErasureProof[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const listKinds = useKindList();
  return (
    <ul className="proof-facts">
      {proofs.map(({ withdrawalHash, scope, kinds, erasedAt, tracks, chatLines }) => {
        const facts = { kinds: listKinds(kinds), date: formatDate(erasedAt, language) };
        const parts = [
          ...(tracks > 0 ? [t('letters.files', { count: tracks })] : []),
          ...(chatLines > 0 ? [t('letters.lines', { count: chatLines })] : []),
        ];
        return (
          <li key={withdrawalHash}>
            {scope === 'future'
              ? t('letters.stopped', facts)
              : parts.length === 0
                ? t('letters.erasedNothing', facts)
                : t('letters.erased', { ...facts, parts: formatList(parts, language) })}
          </li>
        );
      })}
    </ul>
  );
}

/** The days on which copies left the vault, as a sentence would list them; null when none did. */
export function useExportDays(): (proofs: readonly ErasureProof[]) => string | null {
  const language = useLanguage();
  return (proofs) => {
    const days = new Set(proofs.flatMap(({ exports }) => exports.map((at) => formatDate(at, language))));
    return days.size === 0 ? null : formatList([...days], language);
  };
}
