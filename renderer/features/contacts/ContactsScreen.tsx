import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLanguage, useNavigation } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { formatDate, formatTime } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { ContactTable } from './ContactTable';
import { useContacts } from './useContacts';

/** Every address that was contacted since the start, and why: the app's word on whom it talks to. */
export function ContactsScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const heading = useScreenFocus();
  const go = useNavigation((state) => state.go);
  const list = useContacts();
  return (
    <Page>
      <div className="column ledger">
        <header className="page-head">
          <div>
            <Button look="quiet" icon={ArrowLeft} className="contacts-back" onPress={() => go({ page: 'settings' })}>
              {t('settings.title')}
            </Button>
            <h1 ref={heading} tabIndex={-1}>
              {t('contacts.title')}
            </h1>
            {list !== null && (
              <p>
                {t('contacts.intro', {
                  day: formatDate(list.startedAt, language),
                  time: formatTime(list.startedAt, language),
                })}
              </p>
            )}
          </div>
        </header>
        {list !== null && <ContactTable list={list} />}
      </div>
    </Page>
  );
}
