import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useLanguage, useRun } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { MeetingNotice } from '../join/MeetingNotice';
import { NoticeChanges } from './NoticeChanges';

/** In a meeting: that people are told something else now, and who has not read it yet. Nothing waits for the answer. */
export function NoticeBanner({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const [reading, setReading] = useState(false);
  const [hiddenFor, setHiddenFor] = useState<string | null>(null);
  const { notice } = meeting;
  const name = meeting.participants.find(({ role }) => role === 'host')?.name ?? '';
  const missing = meeting.participants.filter(({ id }) => notice.missing.includes(id));

  if (meeting.role === 'host') {
    if (missing.length === 0 || hiddenFor === notice.hash) return null;
    return (
      <Banner
        title={t('notices.hostChanged', { number: notice.version.number })}
        actions={
          <Button look="quiet" onPress={() => setHiddenFor(notice.hash)}>
            {t('common.dismiss')}
          </Button>
        }
      >
        <p>
          {t('notices.hostMissing', {
            names: formatList(
              missing.map((one) => one.name),
              language,
            ),
          })}
        </p>
      </Banner>
    );
  }
  if (notice.acknowledged) return null;
  return (
    <>
      <Banner
        tone="warning"
        title={t('notices.changedInMeeting', { name })}
        actions={
          <>
            <Button look="quiet" onPress={() => setReading(true)}>
              {t('notices.readWhole')}
            </Button>
            <Button onPress={() => void run(bridge['session.acknowledgeNotice']({ notice: notice.hash }))}>
              {t('notices.acknowledge')}
            </Button>
          </>
        }
      >
        {notice.before === null ? (
          <p>{t('notices.firstInMeeting')}</p>
        ) : (
          <NoticeChanges before={notice.before.facts} after={notice.facts} />
        )}
      </Banner>
      <Dialog title={t('notice.title')} isOpen={reading} onClose={() => setReading(false)} size="l">
        <MeetingNotice facts={notice.facts} version={notice.version} />
      </Dialog>
    </>
  );
}
