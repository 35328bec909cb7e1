import { useCallback, useEffect, useState } from 'react';
import type { RecordingKind } from '../../../common/consent/models';
import type { OwnConsent } from '../../../common/consent/ownConsent';
import { useBridge, useRun } from '../../app/AppContext';

export interface OwnConsents {
  /** Null while they have not been read yet. */
  readonly consents: readonly OwnConsent[] | null;
  /** Reads them again, and resolves to them; null when that failed. */
  readonly read: () => Promise<readonly OwnConsent[] | null>;
  /** Takes back at once, with everything there is: from the meeting that is over nothing more is recorded. Resolves to how the consent stands then, or to null when it failed. */
  readonly withdraw: (consent: OwnConsent, kinds: readonly RecordingKind[]) => Promise<OwnConsent | null>;
}

/** Everything one ever answered. Hosts confirm in meetings, where this is not on screen, or in letters that are read in here. */
export function useOwnConsents(): OwnConsents {
  const bridge = useBridge();
  const run = useRun();
  const [consents, setConsents] = useState<readonly OwnConsent[] | null>(null);

  const read = useCallback(async () => {
    const result = await run(bridge['consents.list']());
    if (!result.ok) return null;
    setConsents(result.value);
    return result.value;
  }, [bridge, run]);

  useEffect(() => void read(), [read]);

  async function withdraw({ recordingId, participantId }: OwnConsent, kinds: readonly RecordingKind[]) {
    const result = await run(bridge['consent.withdraw']({ recordingId, kinds: [...kinds], scope: 'everything' }));
    const now = await read();
    if (!result.ok) return null;
    return now?.find((one) => one.recordingId === recordingId && one.participantId === participantId) ?? null;
  }

  return { consents, read, withdraw };
}
