import { useCallback, useRef, useState } from 'react';
import type { Incident, StoredIncident } from '../../../../common/privacy/incident';
import { useBridge, useRun } from '../../../app/AppContext';
import { useSaveOnLeaving } from '../case/useSaveOnLeaving';

export interface IncidentDraft {
  readonly incident: Incident;
  readonly isDirty: boolean;
  readonly change: (change: Partial<Incident>) => void;
  /** Whether it is stored now. */
  readonly save: () => Promise<boolean>;
}

/** What is typed about an incident until it is saved. Who goes elsewhere has saved it: nothing is lost by a click. */
export function useIncidentDraft({ id, incident: stored, closedAt }: StoredIncident): IncidentDraft {
  const bridge = useBridge();
  const run = useRun();
  const [incident, setIncident] = useState(stored);
  const [isDirty, setIsDirty] = useState(false);
  const unsaved = useRef<Incident | null>(null);

  const change = useCallback((changed: Partial<Incident>) => {
    setIncident((before) => {
      const next = { ...before, ...changed };
      unsaved.current = next;
      return next;
    });
    setIsDirty(true);
  }, []);

  const save = useCallback(async () => {
    const saving = unsaved.current;
    if (saving === null) return true;
    const result = await run(bridge['incidents.save']({ incidentId: id, incident: saving }));
    if (!result.ok) return false;
    if (unsaved.current === saving) {
      unsaved.current = null;
      setIsDirty(false);
    }
    return true;
  }, [bridge, id, run]);

  useSaveOnLeaving(() => {
    if (closedAt === null && unsaved.current !== null) void save();
  });

  return { incident, isDirty, change, save };
}
