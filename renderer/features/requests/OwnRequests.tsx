import { MailQuestion } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { AskDialog } from './AskDialog';
import { OwnRequestEntry } from './OwnRequestEntry';
import { askOwn, useRequestData } from './useRequestData';
import './requests.css';

/** What one asked of others about one's own data, and the way to ask. */
export function OwnRequests() {
  const { t } = useTranslation();
  const requests = useRequestData(askOwn);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section className="own-requests" aria-labelledby="own-requests">
      <header>
        <div>
          <h2 id="own-requests">{t('requests.mineTitle')}</h2>
          <p>{t('requests.mineIntro')}</p>
        </div>
        <Button icon={MailQuestion} onPress={() => setIsAsking(true)}>
          {t('requests.ask')}
        </Button>
      </header>
      {requests !== null && requests.length > 0 && (
        <ul className="rows">
          {requests.map((request) => (
            <li key={request.requestId}>
              <OwnRequestEntry request={request} />
            </li>
          ))}
        </ul>
      )}
      <AskDialog host={null} isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </section>
  );
}
