import { useCallback, useEffect, useRef, useState } from 'react';
import { emptyAssessment, type Assessment, type AssessmentOverview } from '../../../../common/privacy/assessment';
import { useBridge, useRun } from '../../../app/AppContext';
import { useSaveOnLeaving } from '../case/useSaveOnLeaving';

export interface AssessmentDraft {
  /** Null until read. */
  readonly overview: AssessmentOverview | null;
  readonly assessment: Assessment;
  readonly isDirty: boolean;
  readonly change: (change: Partial<Assessment>) => void;
  /** Whether it is stored now, with what is set now. */
  readonly save: () => Promise<boolean>;
}

/** The newest version to go on with, and what is typed until it is saved. Who goes elsewhere has saved it. */
export function useAssessment(): AssessmentDraft {
  const bridge = useBridge();
  const run = useRun();
  const [overview, setOverview] = useState<AssessmentOverview | null>(null);
  const [assessment, setAssessment] = useState<Assessment>(emptyAssessment);
  const [isDirty, setIsDirty] = useState(false);
  const unsaved = useRef<Assessment | null>(null);

  const read = useCallback(async () => {
    const result = await bridge['assessments.overview']();
    return result.ok ? result.value : null;
  }, [bridge]);

  useEffect(() => {
    let stopped = false;
    void read().then((value) => {
      if (stopped || value === null) return;
      setOverview(value);
      setAssessment(value.versions[0]?.assessment ?? emptyAssessment);
    });
    return () => {
      stopped = true;
    };
  }, [read]);

  const change = useCallback((changed: Partial<Assessment>) => {
    setAssessment((before) => {
      const next = { ...before, ...changed };
      unsaved.current = next;
      return next;
    });
    setIsDirty(true);
  }, []);

  const current = useRef(assessment);
  useEffect(() => {
    current.current = assessment;
  }, [assessment]);

  const save = useCallback(async () => {
    const saving = unsaved.current ?? current.current;
    const result = await run(bridge['assessments.save'](saving));
    if (!result.ok) return false;
    if (unsaved.current === saving || unsaved.current === null) {
      unsaved.current = null;
      setIsDirty(false);
    }
    setOverview(await read());
    return true;
  }, [bridge, read, run]);

  useSaveOnLeaving(() => {
    if (unsaved.current !== null) void save();
  });

  return { overview, assessment, isDirty, change, save };
}
