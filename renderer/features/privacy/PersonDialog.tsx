import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { legalBases, type HeldItem, type HeldPerson } from '../../../common/privacy/heldData';
import type { MeetingSummary } from '../../../common/meeting/models';
import { useLanguage, useLibrary, useNavigation } from '../../app/AppContext';
import { formatDate, formatList } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { MeetingDialog } from '../start/MeetingDialog';
import { AccessButton } from './AccessButton';
import { EraseDialog } from './EraseDialog';
import { groupByKind, type KindGroup } from './groupByKind';
import { InForce } from './rights/InForce';
import { RightDialog, RightsMenu, type OpenedRight } from './rights/RightsMenu';
import { usePersonStanding } from './rights/usePersonStanding';

const few = 5;

/** What is kept about one person: each kind with its reason and its end, each item a way to it. */
export function PersonDialog({ person, onClose }: { person: HeldPerson | null; onClose: () => void }) {
  const go = useNavigation((state) => state.go);
  const meetings = useLibrary((state) => state.meetings);
  const [erasing, setErasing] = useState<HeldPerson | null>(null);
  const [meeting, setMeeting] = useState<MeetingSummary | null>(null);

  function open({ kind, id }: HeldItem) {
    if (id === null) return;
    if (kind === 'request') {
      onClose();
      go({ page: 'requests' });
    } else if (kind === 'recording' || kind === 'consent') {
      onClose();
      go({ page: 'recording', recordingId: id });
    } else setMeeting(meetings?.find(({ meetingId }) => meetingId === id) ?? null);
  }

  return (
    <Dialog title={person?.name ?? ''} isOpen={person !== null} onClose={onClose}>
      {person !== null && <PersonBody person={person} onOpen={open} onErase={() => setErasing(person)} />}
      <EraseDialog
        key={erasing?.identityKey ?? ''}
        person={erasing}
        onErased={() => {
          setErasing(null);
          onClose();
        }}
        onClose={() => setErasing(null)}
      />
      <MeetingDialog meeting={meeting} onClose={() => setMeeting(null)} />
    </Dialog>
  );
}

interface PersonBodyProps {
  readonly person: HeldPerson;
  readonly onOpen: (item: HeldItem) => void;
  readonly onErase: () => void;
}

/** First what they have asked for and is in force, then what there is, then what can be done. */
function PersonBody({ person, onOpen, onErase }: PersonBodyProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const standing = usePersonStanding(person.identityKey);
  const [opened, setOpened] = useState<OpenedRight>(null);
  return (
    <div className="privacy-ledger">
      {person.otherNames.length > 0 && <p>{t('privacy.alsoAs', { names: formatList(person.otherNames, language) })}</p>}
      {standing !== null && <InForce standing={standing} onLift={() => setOpened('lift')} />}
      {groupByKind(person.items).map((group) => (
        <GroupSection key={group.kind} group={group} onOpen={onOpen} />
      ))}
      <AccessButton person={person} />
      {!person.isSelf && (
        <div className="privacy-rights">
          {standing !== null && <RightsMenu isRestricted={standing.restriction !== null} onOpen={setOpened} />}
          <Button icon={Trash2} onPress={onErase}>
            {t('privacy.erase')}
          </Button>
        </div>
      )}
      <p className="small privacy-key">
        {t('privacy.key')}: <code>{person.identityKey}</code>
      </p>
      {standing !== null && (
        <RightDialog person={person} standing={standing} opened={opened} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}

function GroupSection({ group, onOpen }: { group: KindGroup; onOpen: (item: HeldItem) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [showsAll, setShowsAll] = useState(false);
  const { kind, since, until, items } = group;
  const named = items.filter(({ id }) => id !== null);
  return (
    <section className="privacy-group" aria-label={t(`privacy.kind.${kind}`)}>
      <header>
        <h3>{t(`privacy.kind.${kind}`)}</h3>
        <span className="times small">
          {t('privacy.since', { date: formatDate(since, language) })},{' '}
          {until === null ? t('privacy.untilHeld') : t('privacy.until', { date: formatDate(until, language) })}
        </span>
      </header>
      <p className="small">
        {t(`privacy.what.${kind}`)} {t('privacy.why', { basis: t(`privacy.basis.${legalBases[kind]}`) })}
      </p>
      {named.length > 0 && (
        <ul className="privacy-items">
          {(showsAll ? named : named.slice(0, few)).map((item) => (
            <li key={item.id}>
              {item.kind === 'request' ? (
                <Button look="quiet" onPress={() => onOpen(item)}>
                  {t('requests.one')}
                </Button>
              ) : item.title === null ? (
                <span className="privacy-gone">{t('privacy.untitled')}</span>
              ) : (
                <Button look="quiet" aria-label={t('privacy.open', { title: item.title })} onPress={() => onOpen(item)}>
                  {item.title}
                </Button>
              )}
              <span className="times small">
                {formatDate(item.since, language)}
                {kind !== 'meeting' &&
                  kind !== 'consent' &&
                  kind !== 'request' &&
                  ` · ${t(`privacy.${kind}`, { count: item.count })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {named.length > few && !showsAll && (
        <Button look="quiet" className="ledger-all" onPress={() => setShowsAll(true)}>
          {t('privacy.showAll', { count: named.length })}
        </Button>
      )}
    </section>
  );
}
