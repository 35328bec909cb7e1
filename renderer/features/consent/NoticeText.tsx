import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useLanguage } from '../../app/AppContext';
import { Disclosure } from '../../ui/Disclosure';

/** The whole text that an answer is about, as main renders it, one step away. */
export function NoticeText({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const [notice, setNotice] = useState<string | null>(null);

  useEffect(() => {
    let stopped = false;
    void bridge['consent.noticeText']({ recordingId, language }).then((result) => {
      if (!stopped && result.ok) setNotice(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge, language, recordingId]);

  return (
    <Disclosure label={t('consent.fullNotice')}>
      <p className="notice-text">{notice ?? t('consent.noticeLoading')}</p>
    </Disclosure>
  );
}
