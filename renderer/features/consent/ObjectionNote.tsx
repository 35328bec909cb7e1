import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentPolicy } from '../../../common/consent/models';
import type { Participant } from '../../../common/meeting/models';
import { useBridge, useLanguage } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { Banner } from '../../ui/Banner';

export interface ObjectionNoteProps {
  readonly participants: readonly Participant[];
  readonly policy: ConsentPolicy;
}

/** Says before a recording whom it leaves out because they have objected, and that it waits where everybody must agree. */
export function ObjectionNote({ participants, policy }: ObjectionNoteProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const objecting = useObjecting(participants);
  const names = participants.filter(({ id }) => objecting.includes(id)).map(({ name }) => name);
  if (names.length === 0) return null;
  const people = { people: formatList(names, language), count: names.length };
  if (policy === 'everybody') {
    return (
      <Banner tone="warning" title={t('rights.blocks', people)}>
        {t('rights.blocksHow')}
      </Banner>
    );
  }
  return <Banner title={t('rights.notRecorded', people)} />;
}

/** The IDs of those who have objected to being recorded, as main knows them. */
function useObjecting(participants: readonly Participant[]): readonly string[] {
  const bridge = useBridge();
  const [objecting, setObjecting] = useState<readonly string[]>([]);
  const present = participants.map(({ id }) => id).join();
  useEffect(() => {
    // Asked again when somebody comes or goes.
    if (present === '') return undefined;
    let stopped = false;
    void bridge['recording.objecting']().then((result) => {
      if (!stopped && result.ok) setObjecting(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge, present]);
  return objecting;
}
