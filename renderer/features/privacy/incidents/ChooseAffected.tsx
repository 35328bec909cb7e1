import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../../common/privacy/heldData';
import type { IncidentMeasure, IncidentScope } from '../../../../common/privacy/incident';
import { useBridge, useLanguage, useLibrary, useRun } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { CheckList } from '../case/CheckList';

export interface ChooseAffectedProps {
  readonly scope: IncidentScope;
  readonly onTake: (scope: IncidentScope, measure: IncidentMeasure) => void;
  readonly onClose: () => void;
}

/** Chooses what of this vault an incident is about; main counts. */
export function ChooseAffected({ scope, onTake, onClose }: ChooseAffectedProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const meetings = useLibrary((state) => state.meetings) ?? [];
  const recordings = useLibrary((state) => state.recordings) ?? [];
  const [people, setPeople] = useState<readonly HeldPerson[]>([]);
  const [meetingIds, setMeetingIds] = useState<readonly string[]>(scope.meetingIds);
  const [recordingIds, setRecordingIds] = useState<readonly string[]>(scope.recordingIds);
  const [identityKeys, setIdentityKeys] = useState<readonly string[]>([]);

  useEffect(() => {
    let stopped = false;
    void run(bridge['privacy.people']()).then((result) => {
      if (!stopped && result.ok) setPeople(result.value.filter(({ isSelf }) => !isSelf));
    });
    return () => {
      stopped = true;
    };
  }, [bridge, run]);

  async function take() {
    const chosen = { device: false, meetingIds: [...meetingIds], recordingIds: [...recordingIds] };
    const result = await run(bridge['incidents.measure']({ ...chosen, identityKeys: [...identityKeys] }));
    if (!result.ok) return;
    onTake(chosen, result.value);
    onClose();
  }

  return (
    <Dialog
      title={t('incidents.chooseTitle')}
      isOpen
      onClose={onClose}
      size="l"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void take()}>
            {t('incidents.chooseTake')}
          </Button>
        </>
      }
    >
      <p>{t('incidents.chooseText')}</p>
      <CheckList
        label={t('incidents.chooseMeetings')}
        empty={t('incidents.chooseNone')}
        options={meetings.map(({ meetingId: id, title, startedAt }) => ({
          ...{ id, title, text: formatDate(startedAt, language) },
        }))}
        value={meetingIds}
        onChange={setMeetingIds}
      />
      <CheckList
        label={t('incidents.chooseRecordings')}
        empty={t('incidents.chooseNone')}
        options={recordings.map(({ id, title, startedAt }) => ({
          ...{ id, title, text: formatDate(startedAt, language) },
        }))}
        value={recordingIds}
        onChange={setRecordingIds}
      />
      <CheckList
        label={t('incidents.choosePeople')}
        empty={t('incidents.chooseNone')}
        options={people.map(({ identityKey: id, name: title }) => ({ id, title, text: '' }))}
        value={identityKeys}
        onChange={setIdentityKeys}
      />
    </Dialog>
  );
}
