import { Copy, Network } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactEntry, ContactList, ContactPurpose } from '../../../common/contacts';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Select } from '../../ui/Select';
import { contactListText, contactTimes } from './contactText';

/** Whom the app has contacted, the latest first, with why. */
export function ContactTable({ list }: { list: ContactList }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const [wanted, setWanted] = useState<ContactPurpose | 'all'>('all');
  const purposes = [...new Set(list.entries.map(({ purpose }) => purpose))];
  // What is filtered for may have been forgotten meanwhile.
  const filter = wanted !== 'all' && purposes.includes(wanted) ? wanted : 'all';
  const shown = filter === 'all' ? list.entries : list.entries.filter(({ purpose }) => purpose === filter);

  async function copy() {
    const text = contactListText(list, t, language);
    if ((await run(bridge['app.copyText']({ text }))).ok) say(t('contacts.copied'));
  }

  if (list.entries.length === 0) return <EmptyState icon={Network}>{t('contacts.empty')}</EmptyState>;
  return (
    <div className="contacts">
      <div className="contacts-tools">
        <Select
          label={t('contacts.filter')}
          options={[
            { id: 'all', label: t('contacts.all', { count: list.entries.length }) },
            ...purposes.map((id) => ({ id, label: t(`contacts.purpose.${id}`) })),
          ]}
          value={filter}
          onChange={setWanted}
        />
        <Button icon={Copy} onPress={() => void copy()}>
          {t('contacts.copy')}
        </Button>
      </div>
      <table className="ledger-table contacts-table" aria-label={t('contacts.title')}>
        <thead>
          <tr>
            <th scope="col">{t('contacts.when')}</th>
            <th scope="col">{t('contacts.address')}</th>
            <th scope="col">{t('contacts.why')}</th>
            <th scope="col">{t('contacts.result')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((entry) => (
            <ContactRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
      {list.forgotten > 0 && <p className="small">{t('contacts.forgotten', { count: list.forgotten })}</p>}
    </div>
  );
}

function ContactRow({ entry }: { entry: ContactEntry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { last, time, since } = contactTimes(entry, language);
  const about = [entry.who, entry.meeting].filter((part) => part !== null).join(' · ');
  return (
    <tr>
      <td className="times">
        {last === null ? time : t('common.dayAtTime', { day: last, time })}
        {since !== null && <span className="ledger-text">{t('contacts.since', { time: since })}</span>}
      </td>
      <td className="contacts-address">{entry.address}</td>
      <td>
        {t(`contacts.purpose.${entry.purpose}`)}
        {about !== '' && <span className="ledger-text">{about}</span>}
      </td>
      <td>
        {t(`contacts.state.${entry.state}`)}
        {entry.count > 1 && <span className="ledger-text">{t('contacts.times', { count: entry.count })}</span>}
      </td>
    </tr>
  );
}
