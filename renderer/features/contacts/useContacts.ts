import { useEffect, useState } from 'react';
import type { ContactList } from '../../../common/contacts';
import { useBridge } from '../../app/AppContext';

/** The list as main keeps it, anew whenever it changes. It is in no store: it is gone as soon as nobody looks. */
export function useContacts(): ContactList | null {
  const bridge = useBridge();
  const [list, setList] = useState<ContactList | null>(null);
  useEffect(() => {
    let stopped = false;
    const read = () =>
      void bridge['contacts.list']().then((result) => {
        if (!stopped && result.ok) setList(result.value);
      });
    const unsubscribe = bridge.on('contacts.changed', read);
    read();
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [bridge]);
  return list;
}
