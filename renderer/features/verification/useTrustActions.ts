import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import type { MenuEntry } from '../../ui/Menu';
import { useTrust } from './useTrust';

/** What can be done about a person's key: compare, and take the comparison back. */
export function useTrustActions({ id, name }: Participant, onCompare: () => void): readonly MenuEntry[] {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const trust = useTrust(id);

  async function revoke() {
    const result = await run(bridge['verification.revoke']({ participantId: id }));
    if (result.ok) say(t('verification.revoked', { name }));
  }

  const compare = { id: 'compare', label: t('verification.compare'), icon: ShieldCheck, onAction: onCompare };
  const takeBack = {
    ...{ id: 'revoke', label: t('verification.revoke'), icon: ShieldOff },
    onAction: () => void revoke(),
  };
  if (trust === undefined) return [];
  return [...(trust.isBroken ? [] : [compare]), ...(trust.verifiedAt === null ? [] : [takeBack])];
}
