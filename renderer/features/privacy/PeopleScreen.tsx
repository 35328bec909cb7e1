import { SearchX, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../common/ipc/bridge';
import { personalKinds, type HeldPerson, type PersonalKind } from '../../../common/privacy/heldData';
import { useLanguage } from '../../app/AppContext';
import { formatDate, formatList, localeOf } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { EmptyState } from '../../ui/EmptyState';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { groupByKind } from './groupByKind';
import { filterPeople } from './peopleFilter';
import { PersonDialog } from './PersonDialog';
import { PrivacyPage } from './PrivacyPage';
import { useKeptData } from './useKeptData';

/** Everybody about whom something is kept, and what (Art. 5 (2), 15 GDPR). */
export function PeopleScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const people = useKeptData(askPeople);
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<PersonalKind | 'all'>('all');
  const [opened, setOpened] = useState<HeldPerson | null>(null);
  // As it is now; one who was just erased stays until the dialog is closed.
  const current = people?.find(({ identityKey }) => identityKey === opened?.identityKey) ?? opened;
  const shown = people === null ? [] : filterPeople(people, { query, kind }, localeOf(language));

  return (
    <PrivacyPage current="people" title={t('privacy.title')} intro={t('privacy.intro')}>
      {people !== null && people.length === 0 && <EmptyState icon={UsersRound}>{t('privacy.empty')}</EmptyState>}
      {people !== null && people.length > 0 && (
        <>
          <div className="privacy-filter">
            <TextField label={t('privacy.search')} type="search" value={query} onChange={setQuery} />
            <Select
              label={t('privacy.filter')}
              options={[
                { id: 'all', label: t('privacy.filterAll') },
                ...personalKinds.map((id) => ({ id, label: t(`privacy.kind.${id}`) })),
              ]}
              value={kind}
              onChange={(id) => setKind(personalKinds.find((one) => one === id) ?? 'all')}
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={SearchX}>{t('privacy.noHits')}</EmptyState>
          ) : (
            <ul className="rows">
              {shown.map((person) => (
                <li key={person.identityKey}>
                  <PersonRow person={person} onOpen={() => setOpened(person)} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <PersonDialog person={current} onClose={() => setOpened(null)} />
    </PrivacyPage>
  );
}

const askPeople = (bridge: Bridge) => bridge['privacy.people']();

function PersonRow({ person, onOpen }: { person: HeldPerson; onOpen: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const groups = groupByKind(person.items);
  const summary = groups.filter(({ kind }) => kind !== 'contact');
  const until = groups.map((group) => group.until);
  const last = until.includes(null) ? null : Math.max(...until.map((end) => end ?? 0));
  return (
    <Button className="row privacy-person" onPress={onOpen}>
      <Avatar id={person.identityKey} name={person.name} />
      <span className="row-main">
        <span className="row-title">
          {person.name}
          {person.isSelf && ` (${t('privacy.you')})`}
          {person.isRestricted && <span className="privacy-restricted">{t('rights.restrictedShort')}</span>}
          {person.otherNames.length > 0 && (
            <span className="privacy-also">
              {t('privacy.alsoAs', { names: formatList(person.otherNames, language) })}
            </span>
          )}
        </span>
        <span className="row-sub">
          {summary.length === 0
            ? t('privacy.contact', { count: 1 })
            : summary.map(({ kind, count }) => t(`privacy.${kind}`, { count })).join(' · ')}
        </span>
      </span>
      <span className="row-side times">
        <span>{t('privacy.since', { date: formatDate(Math.min(...groups.map(({ since }) => since)), language) })}</span>
        <span className="row-sub">
          {last === null ? t('privacy.untilHeld') : t('privacy.until', { date: formatDate(last, language) })}
        </span>
      </span>
    </Button>
  );
}
