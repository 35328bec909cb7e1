import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactEntry } from '../../../common/contacts';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useMedia } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ContactTable } from './ContactTable';
import { PersonConnection } from './PersonConnection';
import { useContacts } from './useContacts';

/** What is known of the connections of a meeting: per person, for chat and control, and all addresses. */
export function ConnectionDialog({
  meeting,
  isOpen,
  onClose,
}: {
  meeting: MeetingState;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [showsAll, setShowsAll] = useState(false);
  const close = () => {
    setShowsAll(false);
    onClose();
  };
  return (
    <Dialog
      title={showsAll ? t('contacts.title') : t('contacts.connection')}
      isOpen={isOpen}
      onClose={close}
      size={showsAll ? 'xl' : 'm'}
      footer={
        <Button onPress={() => setShowsAll(!showsAll)}>
          {showsAll ? t('contacts.back') : t('contacts.showAddresses')}
        </Button>
      }
    >
      {showsAll ? <AllContacts /> : <Connections meeting={meeting} />}
    </Dialog>
  );
}

function AllContacts() {
  const { t } = useTranslation();
  const list = useContacts();
  return (
    <>
      <p className="contacts-intro">{t('contacts.short')}</p>
      {list !== null && <ContactTable list={list} />}
    </>
  );
}

function Connections({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const facts = useMedia((state) => state.facts);
  const remote = useMedia((state) => state.remote);
  const others = meeting.participants.filter(({ id }) => id !== meeting.selfId);
  return (
    <div className="connections">
      <section aria-labelledby="connections-media">
        <h3 id="connections-media">{t('contacts.media')}</h3>
        {others.length === 0 ? (
          <p className="small">{t('contacts.alone')}</p>
        ) : (
          <ul className="connection-cards">
            {others.map((person) => (
              <PersonConnection
                key={person.id}
                person={person}
                connection={remote[person.id]?.connection ?? 'connecting'}
                facts={facts[person.id] ?? null}
              />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="connections-control">
        <h3 id="connections-control">{t('contacts.control')}</h3>
        <ControlPath isHost={meeting.role === 'host'} />
      </section>
    </div>
  );
}

/** How chat and control go: known from whom main has reached. */
function ControlPath({ isHost }: { isHost: boolean }) {
  const { t } = useTranslation();
  const entries = useContacts()?.entries ?? [];
  const latest = (...purposes: ContactEntry['purpose'][]) =>
    entries.find(({ purpose, state, isCurrent }) => isCurrent && state === 'reached' && purposes.includes(purpose));
  if (isHost) {
    const room = latest('relay-room');
    return (
      <p>
        {room === undefined ? t('contacts.controlHost') : t('contacts.controlHostRelay', { address: room.address })}
      </p>
    );
  }
  const way = latest('host', 'relay-join');
  if (way === undefined) return null;
  return (
    <p>
      {way.purpose === 'host'
        ? t('contacts.controlDirect', { address: way.address })
        : t('contacts.controlRelay', { address: way.address })}
    </p>
  );
}
